"""What a scheme says itself stands in its letters: own paragraphs, the analogy of title 4.2, the advances in parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grants.applications.letterhead import with_scheme_texts
from grants.kernel import outbox
from letters.content import Heading, Paragraph
from letters.models import Letter

pytestmark = pytest.mark.django_db
MUNICIPALITY = {"scheme": "LB-GPI", "applicant": "Gemeente Voorbeeldstad (verzonnen)"}


def text_of(life, kind):
    outbox.run_open()
    return Letter.objects.get(chain=life.case.chain, kind=kind).text


def own_text(life, kind, element):
    return life.case.version.definition.letter_texts(kind)[element]


@pytest.mark.parametrize(("state", "kind", "element"), [("vastgesteld_direct", "L09", "accounting"), ("rejected", "L10", "motivation"), ("received", "L01", "next_steps")])
def test_the_paragraph_of_the_scheme_stands_in_its_letter(live, state, kind, element):
    life = live(state)
    assert own_text(life, kind, element) in text_of(life, kind).replace("\n", " ")


def test_it_comes_after_its_element_and_never_before_the_decision(live):
    case = live("verleend").case
    body = (Paragraph("Besluit.", element="decision amount"), Heading("Waarom?"), Paragraph("Omdat.", element="motivation"), Paragraph("Slot."))
    texts = [getattr(block, "text", "") for block in with_scheme_texts(case, "L08", body)]
    assert texts[0] == "Besluit." and texts.index("Omdat.") + 1 == texts.index(case.version.definition.letter_texts("L08")["motivation"])


def test_a_paragraph_without_its_element_comes_at_the_end(live):
    case = live("verleend").case
    assert with_scheme_texts(case, "L08", (Paragraph("Besluit.", element="decision"),))[-1].element == "motivation"


def test_a_scheme_by_analogy_names_the_clause_and_the_advances_come_in_parts(live):
    life = live("assessed", amount="200000", **MUNICIPALITY)
    life.decide("grant", Decimal(200000))
    text = text_of(life, "L08").replace("\n", " ")
    assert "naar analogie, op grond van: Algemene Subsidieverordening" in text
    assert "in 2 delen" in text and text.count("80.000,00") == 2 and "vanaf 26 weken" in text
