"""One file for the printer: a sheet with the address before each letter, and the letters themselves, in order.

The letters stay what they are, PDF/A and PDF/UA; this file is for paper only and claims neither. Equal input gives equal bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from grants.law.formats import long_date
from letters.pdf.conformance import Metadata, make_conformant
from letters.pdf.sheet import ADDRESS, LABEL, LEFT, MM, PAGE, RIGHT, Composer
from letters.pdf.tagging import Tag

if TYPE_CHECKING:
    import pikepdf

_WINDOW_TOP = PAGE[1] - 50 * MM
_ADDRESS_WIDTH = 90 * MM


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter of the pile: what its sheet says, and its bytes."""

    number: int
    case: str
    kind: str
    name: str
    addressee: tuple[str, ...]
    again: bool
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Pile:
    """The file, the pages of each letter without its sheet, and the list (CSV) that goes with it."""

    pdf: bytes
    pages: tuple[int, ...]
    total_pages: int
    manifest: str


def make_pile(reference: str, day: date, entries: Sequence[Entry], *, duplex: bool, sender: str) -> Pile:
    """Put the letters together. On both sides of the paper, each sheet and each letter begins on a leaf of its own."""
    import pikepdf  # only who makes a pile needs it

    sheets = pikepdf.open(BytesIO(_address_sheets(reference, day, entries, sender)))
    out = pikepdf.new()
    pages, starts, keep = [], [], [sheets]  # pikepdf copies a page when the file is written: its source must live until then
    for entry, sheet in zip(entries, sheets.pages, strict=True):
        letter = pikepdf.open(BytesIO(entry.pdf))
        keep.append(letter)
        starts.append(len(out.pages) + 1)
        out.pages.append(sheet)
        _fill(out, duplex)
        out.pages.extend(letter.pages)
        _fill(out, duplex)
        pages.append(len(letter.pages))
    for page in out.pages:
        for name in ("/StructParents", "/Tabs"):
            if name in page:
                del page[name]
    with out.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(f"{e.number} {e.case} {e.kind}", start - 1) for e, start in zip(entries, starts, strict=True))
    out.docinfo["/Title"] = f"{reference}, {long_date(day)}"
    data = BytesIO()
    out.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Pile(data.getvalue(), tuple(pages), len(out.pages), _manifest(entries, pages, starts))


def _fill(out: pikepdf.Pdf, duplex: bool) -> None:
    if duplex and len(out.pages) % 2:
        out.add_blank_page(page_size=PAGE)


def _address_sheets(reference: str, day: date, entries: Sequence[Entry], sender: str) -> bytes:
    """A page per letter: the address in the window, and at the foot which letter follows."""
    composer = Composer("nl-NL")
    canvas = composer.canvas
    for place, entry in enumerate(entries):
        if place:
            composer.new_page()
        top = _WINDOW_TOP
        for line in entry.addressee:
            lines = composer.break_text(line, ADDRESS, _ADDRESS_WIDTH)
            composer.set_lines(lines, Tag("P", canvas.root), ADDRESS, LEFT, top)
            top -= len(lines) * ADDRESS.leading
        canvas.begin_artifact()
        follows = f"{entry.case} {entry.kind} {entry.name}{' (tweede verzending)' if entry.again else ''}"
        for words, height in ((f"{reference}, brief {entry.number} van {len(entries)}", 2), (follows, 1)):
            composer.set_lines(composer.break_text(words, LABEL, RIGHT - LEFT)[:1], None, LABEL, LEFT, 17 * MM + height * LABEL.leading)
        canvas.end()
    canvas.finish(composer.fonts.embed)
    metadata = Metadata(title=reference, author=sender, subject="Adresbladen", language="nl-NL", day=day)
    make_conformant(canvas.document, metadata, "\f".join("\n".join(sheet.code) for sheet in canvas.sheets).encode())
    data: bytes = canvas.document.GetPDFData(canvas)
    return data


HEADER = ("Nummer", "Zaaknummer", "Soort", "Brief", "Geadresseerde", "Adres", "Bladzijden", "Begint op bladzijde", "Tweede verzending")


def _manifest(entries: Sequence[Entry], pages: Sequence[int], starts: Sequence[int]) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for entry, count, start in zip(entries, pages, starts, strict=True):
        name, *address = entry.addressee or ("",)
        row = (entry.number, entry.case, entry.kind, entry.name, name, ", ".join(address), count, start, "ja" if entry.again else "nee")
        writer.writerow(_plain(cell) for cell in row)
    return out.getvalue()


def _plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
