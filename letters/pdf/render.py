"""From a letter to the bytes of its file."""

from __future__ import annotations

from letters.content import Letter
from letters.kinds import KINDS
from letters.pdf.conformance import Metadata, make_conformant
from letters.pdf.layout import LetterLayout, check_characters
from letters.rendering.order import reading_order


def render_pdf(letter: Letter, *, concept: bool = False) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1. Equal letters give equal bytes: no clock, no chance, no setting is
    read. A `concept` says on every page, in its title and in its first line that it is no letter that was sent.

    Raises `MissingGlyph` for a character that no font has, and `DoesNotFit` for an address or a reference
    that is longer than its place on the page.
    """
    parts = reading_order(letter)
    check_characters(parts)
    layout = LetterLayout(letter, parts, concept=concept)
    layout.set()
    canvas, fonts = layout.composer.canvas, layout.composer.fonts
    canvas.finish(fonts.embed)
    kind = KINDS.get(letter.kind)
    metadata = Metadata(
        title=("Concept: " if concept else "") + (letter.subject or (kind.name if kind else letter.kind)),
        author=letter.sender.name,
        subject=kind.name if kind else letter.kind,
        language=letter.language,
        day=letter.date,
    )
    pages = "\f".join("\n".join(sheet.code) for sheet in canvas.sheets).encode()
    make_conformant(canvas.document, metadata, pages)
    data: bytes = canvas.document.GetPDFData(canvas)
    return data
