"""A concept of a letter cannot pass for a letter that was sent."""

from __future__ import annotations

import io

import pikepdf

from letters.pdf import render_pdf
from letters.pdf.concept import NOTICE


def pages(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def test_every_page_of_a_concept_has_the_mark_below_its_text_and_a_letter_has_none(long_letter):
    concept = pages(render_pdf(long_letter, concept=True))
    assert len(concept) > 1
    assert all(page.lstrip().startswith(b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC") for page in concept)
    assert not any(b"Watermark" in page for page in pages(render_pdf(long_letter)))


def test_a_concept_says_so_in_its_title_and_in_its_first_words(letter):
    with pikepdf.open(io.BytesIO(render_pdf(letter, concept=True))) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Concept: ")
        first = pdf.Root.StructTreeRoot.K
        first = first[0] if isinstance(first, pikepdf.Array) else first
        assert str(first.K[0].S) == "/P"
    assert NOTICE.startswith("Concept.")


def test_the_mark_changes_nothing_in_the_letter_itself(letter):
    plain = render_pdf(letter)
    render_pdf(letter, concept=True)
    assert render_pdf(letter) == plain
