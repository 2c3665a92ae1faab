"""Which letters there are, and what each must say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.content import DATE, OUR_REFERENCE, SENT, Heading, Paragraph
from letters.kinds import ELEMENTS, KINDS, missing_elements

ALL = (
    "L01 L01b L01c L01d L02 L03 L03b L04 L05 L06 L07 L08 L09 L10 L11 L12 L13 L14 L15 L16 L16e L17 "
    "L18 L19 L20 L21 L22 L23 L24 L25 L26 L27 L28 L29 L30 L31 L32 LBESLUIT"
).split()

DECISIONS = "L04 L08 L09 L10 L11 L13 L14 L16 L16e L17 L18 L19 L20 L22 L28 L29 LBESLUIT".split()


def complete(kind, make_letter):
    """A letter of the kind with every must-element, each in a block of its own; the decision first."""
    must = KINDS[kind].must
    ordered = sorted(must, key=lambda element: element != "decision")
    text = f"Tekst over {KINDS[kind].remedy}."
    return make_letter(kind=kind, body=tuple(Paragraph(text, element=element) for element in ordered))


def test_every_kind_of_the_list_is_there():
    assert list(KINDS) == ALL


def test_only_decisions_have_a_remedy_clause():
    assert [kind for kind in KINDS if KINDS[kind].is_decision] == DECISIONS
    for kind in KINDS.values():
        assert bool(kind.remedy) == kind.is_decision == ("remedy" in kind.must)


def test_only_the_decision_on_bezwaar_leads_to_beroep():
    assert [kind.id for kind in KINDS.values() if kind.remedy == "beroep"] == ["L28"]


def test_every_element_has_a_dutch_name_and_stands_once_per_kind():
    for kind in KINDS.values():
        elements = kind.must + kind.may
        assert set(elements) <= set(ELEMENTS)
        assert len(elements) == len(set(elements)), kind.id


@pytest.mark.parametrize("kind", ALL)
def test_a_complete_letter_misses_nothing(kind, make_letter):
    assert missing_elements(complete(kind, make_letter)) == ()


@pytest.mark.parametrize("kind", ALL)
def test_a_letter_without_one_body_element_misses_exactly_that(kind, make_letter):
    letter = complete(kind, make_letter)
    for block in letter.body:
        if block.element in FRAME:
            continue
        rest = tuple(other for other in letter.body if other is not block)

        assert missing_elements(replace(letter, body=rest)) == (ELEMENTS[block.element],), (
            kind,
            block.element,
        )


FRAME = (
    "sender addressee date sent_date our_reference case_number subject salutation "
    "signature mandate attachments"
).split()


@pytest.mark.parametrize(
    ("change", "element"),
    [
        (lambda x: replace(x, sender=replace(x.sender, contact_phone="")), "sender"),
        (lambda x: replace(x, sender=replace(x.sender, visiting_address=" ")), "sender"),
        (lambda x: replace(x, addressee=("Alleen een naam",)), "addressee"),
        (lambda x: replace(x, addressee=()), "addressee"),
        (lambda x: replace(x, reference=tuple(r for r in x.reference if r.label != DATE)), "date"),
        (lambda x: replace(x, reference=tuple(r for r in x.reference if r.label != SENT)), "sent_date"),
        (
            lambda x: replace(x, reference=tuple(r for r in x.reference if r.label != OUR_REFERENCE)),
            "our_reference",
        ),
        (lambda x: replace(x, subject=""), "subject"),
        (lambda x: replace(x, salutation=""), "salutation"),
        (lambda x: replace(x, closing=replace(x.closing, function="")), "signature"),
        (lambda x: replace(x, closing=replace(x.closing, mandate="")), "mandate"),
    ],
)
def test_a_gap_in_the_frame_is_named(letter, change, element):
    assert missing_elements(change(letter)) == (ELEMENTS[element],)


def test_the_demo_grant_letter_is_complete(letter):
    assert missing_elements(letter) == ()


def test_a_decision_further_down_does_not_count(letter):
    letter = replace(letter, body=(Paragraph("Eerst een inleiding."), *letter.body))

    assert missing_elements(letter) == (ELEMENTS["decision"],)


def test_a_heading_above_the_decision_is_allowed(letter):
    assert missing_elements(replace(letter, body=(Heading("Wat hebben wij besloten?"), *letter.body))) == ()


def test_a_heading_or_an_empty_block_fulfils_nothing(letter):
    without = tuple(block for block in letter.body if "remedy" not in block.element)
    for empty in (Heading("Bezwaar", element="remedy"), Paragraph("", element="remedy")):
        assert missing_elements(replace(letter, body=(*without, empty))) == (ELEMENTS["remedy"],)


def test_a_clause_about_the_wrong_remedy_does_not_count(make_letter):
    appeal = complete("L28", make_letter)
    body = tuple(
        Paragraph("U kunt bezwaar maken.", element="remedy") if block.element == "remedy" else block
        for block in appeal.body
    )

    assert missing_elements(replace(appeal, body=body)) == (ELEMENTS["remedy"],)


def test_a_plain_letter_needs_no_mandate(make_letter):
    letter = complete("L01", make_letter)

    assert missing_elements(replace(letter, closing=replace(letter.closing, mandate=""))) == ()


def test_an_unknown_kind_is_refused(make_letter):
    with pytest.raises(KeyError):
        missing_elements(make_letter(kind="L99"))
