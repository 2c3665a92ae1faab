"""One file for the printer: a sheet with the address before each letter, and the letters themselves, in order.

The letters stay what they are, PDF/A and PDF/UA; this file is for paper only and claims neither. Equal input gives equal bytes.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from grants.law.formats import long_date
from letters.pdf import unprintable
from letters.pdf.conformance import Metadata, make_conformant
from letters.pdf.sheet import ADDRESS, LABEL, LEFT, MM, PAGE, RIGHT, Composer
from letters.pdf.tagging import Tag

if TYPE_CHECKING:
    import pikepdf

_WINDOW_TOP = PAGE[1] - 50 * MM
_ADDRESS_WIDTH = 90 * MM
PART = 50
"""So many letters are put together at a time: the memory that a pile takes hardly grows with the pile."""


class LetterUnreadable(Exception):
    """The file of one letter cannot be read, or is not what was made; `str()` is a sentence for the post room."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter of the pile: what its sheet says, and how its bytes are read, once. `read` may raise LetterUnreadable."""

    number: int
    case: str
    kind: str
    name: str
    addressee: tuple[str, ...]
    again: bool
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Placed:
    """A letter as it lies in the pile: its own pages without the sheet, and the page of the file on which its sheet stands."""

    entry: Entry
    pages: int
    start: int


@dataclass(slots=True)
class Pile:
    """The file, on disk, with its SHA-256; the letters in it, those left out with the reason, and the list (CSV) that goes with it."""

    file: BinaryIO
    sha256: str = ""
    total_pages: int = 0
    placed: list[Placed] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    manifest: str = ""


def make_pile(reference: str, day: date, entries: Sequence[Entry], *, duplex: bool, sender: str) -> Pile:
    """Put the letters together. On both sides of the paper, each sheet and each letter begins on a leaf of its own.

    A letter that cannot be read or printed is left out, with the reason; the others keep their numbers.
    """
    import pikepdf  # only who makes a pile needs it

    pile = Pile(cast(BinaryIO, tempfile.TemporaryFile()))  # noqa: SIM115 - it lives as long as the pile
    with tempfile.TemporaryDirectory(prefix="stapel-") as folder, ExitStack() as keep:
        out = pikepdf.new()
        for first in range(0, len(entries), PART):
            path = Path(folder) / f"{first}.pdf"
            if _make_part(path, reference, day, entries[first : first + PART], len(entries), pile, duplex=duplex, sender=sender):
                # pikepdf copies a page when the file is written: its source must live until then
                part = keep.enter_context(pikepdf.open(path, access_mode=pikepdf.AccessMode.stream))
                out.pages.extend(part.pages)
        if pile.placed:
            with out.open_outline() as outline:
                outline.root.extend(pikepdf.OutlineItem(f"{p.entry.number} {p.entry.case} {p.entry.kind}", p.start - 1) for p in pile.placed)
            out.docinfo["/Title"] = f"{reference}, {long_date(day)}"
            out.save(pile.file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    pile.file.seek(0)
    pile.sha256 = hashlib.file_digest(pile.file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file on disk can be read into a buffer
    pile.file.seek(0)
    pile.manifest = _manifest(pile.placed)
    return pile


def _make_part(path: Path, reference: str, day: date, entries: Iterable[Entry], total: int, pile: Pile, *, duplex: bool, sender: str) -> bool:
    """Some letters with their sheets in a file of their own; says whether there is one. What is left out is noted on the pile."""
    import pikepdf

    with ExitStack() as keep:
        found = [(entry, keep.enter_context(letter)) for entry, letter in _readable(entries, pile)]
        if not found:
            return False
        sheets = keep.enter_context(pikepdf.open(BytesIO(_address_sheets(reference, day, [entry for entry, _letter in found], total, sender))))
        out = pikepdf.new()
        for (entry, letter), sheet in zip(found, sheets.pages, strict=True):
            pile.placed.append(Placed(entry, len(letter.pages), pile.total_pages + len(out.pages) + 1))
            out.pages.append(sheet)
            _fill(out, duplex)
            out.pages.extend(letter.pages)
            _fill(out, duplex)
        for page in out.pages:
            for name in ("/StructParents", "/Tabs"):
                if name in page:
                    del page[name]
        pile.total_pages += len(out.pages)
        out.save(path, deterministic_id=True)
    return True


def _readable(entries: Iterable[Entry], pile: Pile) -> Iterator[tuple[Entry, pikepdf.Pdf]]:
    import pikepdf

    for entry in entries:
        if wrong := unprintable(entry.addressee):
            pile.left_out[entry.number] = f"Het teken «{wrong}» in het adres kan niet worden afgedrukt. Verbeter eerst het adres."
            continue
        try:
            yield entry, pikepdf.open(BytesIO(entry.read()))
        except LetterUnreadable as error:
            pile.left_out[entry.number] = str(error)
        except pikepdf.PdfError:
            pile.left_out[entry.number] = "Het bestand van deze brief is stuk. Meld dit bij de beheerder."


def _fill(out: pikepdf.Pdf, duplex: bool) -> None:
    if duplex and len(out.pages) % 2:
        out.add_blank_page(page_size=PAGE)


def _address_sheets(reference: str, day: date, entries: Sequence[Entry], total: int, sender: str) -> bytes:
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
        for words, height in ((f"{reference}, brief {entry.number} van {total}", 2), (follows, 1)):
            composer.set_lines(composer.break_text(words, LABEL, RIGHT - LEFT)[:1], None, LABEL, LEFT, 17 * MM + height * LABEL.leading)
        canvas.end()
    canvas.finish(composer.fonts.embed)
    metadata = Metadata(title=reference, author=sender, subject="Adresbladen", language="nl-NL", day=day)
    make_conformant(canvas.document, metadata, "\f".join("\n".join(sheet.code) for sheet in canvas.sheets).encode())
    data: bytes = canvas.document.GetPDFData(canvas)
    return data


HEADER = ("Nummer", "Zaaknummer", "Soort", "Brief", "Geadresseerde", "Adres", "Bladzijden", "Begint op bladzijde", "Tweede verzending")


def _manifest(placed: Sequence[Placed]) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in placed:
        entry = one.entry
        name, *address = entry.addressee or ("",)
        row = (entry.number, entry.case, entry.kind, entry.name, name, ", ".join(address), one.pages, one.start, "ja" if entry.again else "nee")
        writer.writerow(_plain(cell) for cell in row)
    return out.getvalue()


def _plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
