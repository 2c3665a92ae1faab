"""An OpenDocument spreadsheet, streamed: a zip with one XML part that is written line by line (OpenDocument 1.3, part 3)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from grants.control.exporting.about import About
from grants.control.exporting.datasets import Cut, Dataset
from grants.control.exporting.source import Seen, rows, seen

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>'
    '<number:number-style style:name="N1"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" '
    'number:grouping="true"/></number:number-style>'
    '<number:date-style style:name="N2"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<number:date-style style:name="N3"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/><number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/></number:date-style>'
    '<style:style style:name="money" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="N3"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ILLEGAL = {code: None for code in (*range(9), 11, 12, *range(14, 32))}
"""Control characters that XML cannot hold."""


def write_ods(dataset: Dataset, cut: Cut, out: IO[bytes]) -> About:
    by = Seen()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        with package.open("content.xml", "w", force_zip64=True) as content:
            content.write(_HEAD.encode())
            content.write(_start(dataset.title).encode())
            content.write(_row((column.name for column in dataset.columns), "head").encode())
            for row in seen(rows(dataset, cut), by):
                content.write(_row(row).encode())
            content.write(b"</table:table>")
            about = About.of(dataset, cut, by.count, by.digest)
            content.write(_start("Toelichting").encode())
            for line in (*about.lines(), (), ("Kolom", "Soort", "Betekenis"), *about.dictionary()):
                content.write(_row(line).encode())
            content.write(f"</table:table>{_TAIL}".encode())
    return about


def _start(name: str) -> str:
    return f"<table:table table:name={quoteattr(name)}>"


def _row(values: Iterable[Any], style: str = "") -> str:
    return f"<table:table-row>{''.join(_cell(value, style) for value in values)}</table:table-row>\n"


def _cell(value: Any, style: str) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, Decimal):
        return f'<table:table-cell table:style-name="money" office:value-type="float" office:value="{value:.2f}"><text:p>{value:.2f}</text:p></table:table-cell>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, datetime):
        text = value.strftime("%Y-%m-%dT%H:%M:%S")
        return f'<table:table-cell table:style-name="moment" office:value-type="date" office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'
    if isinstance(value, date):
        text = value.isoformat()
        return f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'
    named = f' table:style-name="{style}"' if style else ""
    paragraphs = "".join(f"<text:p>{escape(part.translate(_ILLEGAL))}</text:p>" for part in str(value).split("\n"))
    return f'<table:table-cell{named} office:value-type="string">{paragraphs}</table:table-cell>'
