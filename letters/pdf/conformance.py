"""What makes the file archival and accessible by name: metadata, colour profile, identity, and the content
digest.

PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) are claimed in one file. The claim is tested with veraPDF.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from letters.pdf.icc import srgb_profile
from letters.pdf.objects import RawObject, stream, text_string

_CREATOR = "Verleend"
_PRODUCER = "ReportLab PDF Library"
_PROFILE = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself. `day` is the letter's date: no clock is read, so the bytes stay the
    same."""

    title: str
    author: str
    subject: str
    language: str
    day: date


class NotALetterFile(ValueError):
    """The bytes are not a PDF that this module can read."""


def make_conformant(document: pdfdoc.PDFDocument, metadata: Metadata, pages: bytes) -> None:
    """Add what both standards ask of the document as a whole. `pages` is what its pages draw, for its
    identity."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.ViewerPreferences = RawObject(b"<</DisplayDocTitle true>>")
    profile = document.Reference(stream("/N 3", srgb_profile()))
    catalog.OutputIntents = pdfdoc.PDFArray(
        [
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("OutputIntent"),
                    "S": pdfdoc.PDFName("GTS_PDFA1"),
                    "OutputConditionIdentifier": pdfdoc.PDFString(_PROFILE),
                    "Info": pdfdoc.PDFString(_PROFILE),
                    "DestOutputProfile": profile,
                }
            )
        ]
    )
    packet = xmp_packet(metadata)
    catalog.Metadata = stream("/Type/Metadata/Subtype/XML", packet, plain=True)
    document.info = _Info(metadata)
    identity = hashlib.sha256(packet + pages).hexdigest()[:32].encode()
    document._ID = b"[<" + identity + b"><" + identity + b">]"


class _Info(RawObject):
    """The information dictionary; ReportLab's own would hold the time of writing."""

    invariant = 1

    def __init__(self, metadata: Metadata) -> None:
        moment = f"(D:{metadata.day:%Y%m%d}000000Z)"
        entries = {
            "Title": text_string(metadata.title),
            "Author": text_string(metadata.author),
            "Subject": text_string(metadata.subject),
            "Creator": text_string(_CREATOR),
            "Producer": text_string(_PRODUCER),
            "CreationDate": moment,
            "ModDate": moment,
        }
        super().__init__(f"<<{''.join(f'/{name}{value}' for name, value in entries.items())}>>".encode())

    def digest(self, _signature: object) -> None:
        """ReportLab asks for this to make an identity of its own, which is not used."""


_PDFUA_SCHEMA = """\
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>"""


def xmp_packet(metadata: Metadata) -> bytes:
    """The XMP metadata. PDF/A knows no `pdfuaid` of itself, so the schema of that one property is described
    too."""
    moment = f"{metadata.day.isoformat()}T00:00:00Z"
    return f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.title)}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{escape(metadata.author)}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li
   xml:lang="x-default">{escape(metadata.subject)}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{escape(metadata.language)}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{_CREATOR}</xmp:CreatorTool> <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate> <pdf:Producer>{_PRODUCER}</pdf:Producer>
   <pdfaid:part>2</pdfaid:part> <pdfaid:conformance>A</pdfaid:conformance> <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
{_PDFUA_SCHEMA}
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()


_START = re.compile(rb"startxref\s{1,9}(\d{1,9})\s{1,9}%%EOF")
_TABLE = re.compile(rb"xref\s{1,9}0 (\d{1,9})\s{1,9}")
_LENGTH = re.compile(rb"/Length (\d+)")
_COMPRESSED = b"/Filter/FlateDecode"
MOST_CONTENT = 64 * 1024 * 1024
"""More than a hundred times what a letter holds, uncompressed. The file can come from anybody, and be made to grow without end."""


def content_digest(pdf: bytes) -> str:
    """SHA-256 (hexadecimal) over every object of the letter with its streams uncompressed.

    The bytes of the file depend on the release of zlib; this digest does not, so it can be kept for years.
    What was added after the letter (a seal) does not count: the digest of a sealed letter is that of the
    letter. Raises `NotALetterFile` for anything that `render_pdf` did not make.
    """
    digest = hashlib.sha256()
    room = MOST_CONTENT
    try:
        for number, data in enumerate(_objects(pdf), 1):
            head, content = _uncompressed(data, room)
            room -= len(content)
            digest.update(b"%d %d %d\n" % (number, len(head), len(content)))
            digest.update(head)
            digest.update(content)
    except (IndexError, ValueError, zlib.error) as error:
        raise NotALetterFile("Dit bestand is geen brief die door dit programma is gemaakt.") from error
    return digest.hexdigest()


def _objects(pdf: bytes) -> list[bytes]:
    """The body of each object of the first version of the file, by the places that its table names."""
    start = _first_table(pdf)
    table = _TABLE.match(pdf, start)
    if table is None:
        raise ValueError("no cross-reference table")
    count, rows = int(table[1]), table.end()
    if rows + 20 * count > len(pdf):
        raise ValueError("a table longer than the file")
    places = [int(pdf[rows + 20 * row : rows + 20 * row + 10]) for row in range(1, count)]
    if len(set(places)) < len(places):
        raise ValueError("two objects in one place")
    bodies: dict[int, bytes] = {}
    ends = {place: end for place, end in zip(sorted(places), [*sorted(places)[1:], start], strict=True)}
    for place in places:
        text = pdf[place : ends[place]]
        bodies[place] = text[text.index(b" obj\n") + 5 : text.rindex(b"endobj")]
    return [bodies[place] for place in places]


def _first_table(pdf: bytes) -> int:
    for match in _START.finditer(pdf):
        start = int(match[1])
        if start < match.start() and _TABLE.match(pdf, start):
            return start
    raise ValueError("no cross-reference table")


def _uncompressed(data: bytes, room: int) -> tuple[bytes, bytes]:
    """The dictionary without its compressed length, and the content of the stream: at most `room` bytes."""
    head, mark, rest = data.partition(b">>\nstream\n")
    if not mark:
        return data, b""
    found = _LENGTH.search(head)
    if found is None:
        raise ValueError("a stream without a length")
    content = rest[: int(found[1])]
    head = head[: found.start()] + head[found.end() :]
    if _COMPRESSED in head:
        reader = zlib.decompressobj()
        content = reader.decompress(content, room + 1)
        if not reader.eof or len(content) > room:
            raise ValueError("a stream that was cut off, or is too long")
    return head, content
