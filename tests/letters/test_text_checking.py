"""What stops a text: unknown names, what cannot be printed, a fact outside its condition, a must-element that is missing somewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.content import MAX_PARTS, MAX_TEXT
from letters.kinds import KINDS
from letters.texts.checking import gaps, slips
from letters.texts.differences import differences
from letters.texts.readability import hints
from letters.texts.shipped import shipped
from letters.texts.template import Form, Part, Template


def changed(kind, name, /, **values):
    """The shipped text of the kind with one part changed."""
    template = shipped(kind).template
    assert template.part(name), name
    return Template(kind=kind, parts=tuple(replace(part, **values) if part.name == name else part for part in template.parts))


def without(kind, *names):
    template = shipped(kind).template
    assert all(template.part(name) for name in names)
    return Template(kind=kind, parts=tuple(part for part in template.parts if part.name not in names))


def told(check, template):
    return [(problem.part, problem.text) for problem in check(template, shipped(template.kind).vocabulary)]


@pytest.mark.parametrize(("values", "words"), [
    ({"text": "U krijgt {amout}."}, "Het gegeven {amout} bestaat niet in deze brief. Bedoelt u amount?"),
    ({"text": "U krijgt {zzqxj}."}, "{zzqxj} bestaat niet in deze brief. Kies een naam uit de lijst."),
    ({"when": ("is_party",)}, "De voorwaarde is_party bestaat niet in deze brief. Bedoelt u is_partly?"),
    ({"text": "{blok:calculatie}", "form": Form.BLOCK}, "Het blok calculatie bestaat niet in deze brief. Bedoelt u calculation?"),
    ({"text": "Zie {blok:calculation}."}, "moet alleen staan"),
    ({"text": "U krijgt {amount."}, "losse accolade"),
    ({"elements": ("decisions",)}, "Het verplichte onderdeel decisions bestaat niet. Bedoelt u decision?"),
    ({"text": "U krijgt dit ka\U0001e8ff."}, "Het teken «\U0001e8ff» (U+1E8FF) kan niet worden afgedrukt"),
    ({"text": "a" * (MAX_TEXT + 1)}, "te lang: 20001 tekens"),
    ({"name": "Besluit!"}, "begint met een kleine letter"),
    ({"name": "basis"}, "staat er twee keer"),
])
def test_what_cannot_be_kept_is_told_with_its_part_and_what_to_do(values, words):
    template = changed("L08", "decision", **values)
    found = told(slips, template)
    assert len(found) == 1 and words in found[0][1], found
    assert found[0][0] == values.get("name", "decision") and told(gaps, template) == found


def test_a_text_of_the_longest_size_is_kept():
    assert told(slips, changed("L08", "decision", text="a" * MAX_TEXT)) == []


def test_a_text_with_more_parts_than_a_letter_holds_is_refused():
    extra = tuple(Part(name=f"a{number}", text="Ja.") for number in range(MAX_PARTS))
    template = Template(kind="L01", parts=(*shipped("L01").template.parts, *extra))
    assert "Voeg alinea's samen" in told(slips, template)[0][1]


@pytest.mark.parametrize(("kind", "name", "element"), [
    ("L01", "withdraw", "hoe de aanvraag kan worden ingetrokken"), ("L08", "decision", "besluit in de eerste alinea"),
    ("L08", "notification_duty", "meldingsplicht"), ("L22", "penalty_days", "berekening"), ("L29", "repayment", "terug te betalen bedrag"),
])
def test_a_text_without_a_must_element_cannot_be_published(kind, name, element):
    assert told(gaps, shipped(kind).template) == []
    template = without(kind, name)
    assert told(slips, template) == []
    assert any(f"In deze brief ontbreekt: {element}" in text for _part, text in told(gaps, template))


@pytest.mark.parametrize(("kind", "name", "words"), [
    ("L01", "no_documents", "welke stukken"), ("L01", "decision_day_unknown", "beslistermijn"), ("L08", "advances_none", "bevoorschotting"),
    ("L08", "accounting_none", "verantwoording"), ("L28", "waived", "zienswijze"), ("L06", "status_notice", "formele verlenging"),
    ("L10", "publication_person", ""), ("L20", "decision_withdrawn", "besluit in de eerste alinea"),
])
def test_a_must_element_that_is_missing_in_one_situation_only_is_found_and_the_situation_is_told(kind, name, words):
    found = told(gaps, without(kind, name))
    if words:
        assert 1 <= len(found) <= 2 and words in found[0][1] and "Dat is zo als dit geldt:" in found[0][1], found
    else:
        assert found == []  # of a refusal the law asks no word on publication


def test_the_situation_is_told_in_words():
    assert "niet: Er zijn bestanden meegestuurd" in told(gaps, without("L01", "no_documents"))[0][1]


def test_the_decision_may_not_come_second():
    template = shipped("L08").template
    first = Part(name="welkom", text="Bedankt voor uw aanvraag.")
    found = told(gaps, Template(kind="L08", parts=(first, *template.parts)))
    assert len(found) == 1 and "besluit in de eerste alinea" in found[0][1]
    sometimes = told(gaps, Template(kind="L08", parts=(replace(first, when=("has_deviation",)), *template.parts)))
    assert len(sometimes) == 1 and "Het bedrag wijkt af" in sometimes[0][1]


def test_a_clause_about_the_wrong_remedy_does_not_count():
    template = Template(kind="L08", parts=tuple(
        replace(part, text="U kunt in beroep gaan.", form=Form.PARAGRAPH) if "remedy" in part.elements else part for part in shipped("L08").template.parts
    ))
    assert any("rechtsmiddelenclausule" in text for _part, text in told(gaps, template))


def test_a_fact_outside_its_condition_is_refused_before_a_letter_can_fail():
    found = told(gaps, changed("L01", "decision_day", when=()))
    assert len(found) == 1 and found[0][0] == "decision_day"
    assert "{decision_due_on} is er alleen onder de voorwaarde «has_decision_day»" in found[0][1]
    assert told(gaps, changed("L08", "advances_parts", when=("advances_once",)))
    # a rule ties the conditions: without a new end the term stands still, so the fact of that is there
    assert told(gaps, shipped("L06").template) == [] and shipped("L06").template.part("new_end_unknown").when == ("not has_new_end",)


def test_a_letter_without_a_subject_cannot_be_published():
    assert told(gaps, without("L01", "subject")) == [("", "Het onderwerp van de brief ontbreekt.")]


@pytest.mark.parametrize(("text", "words"), [
    ("Wij " + "schrijven " * 20 + "u.", "Deze zin heeft 22 woorden"),
    ("Indien u dat wilt, belt u ons.", "«indien» is voor veel mensen moeilijk. Schrijf liever: als."),
    ("Wij betalen ten behoeve van u.", "«ten behoeve van»"),
])
def test_long_sentences_and_hard_words_get_a_hint(text, words):
    found = hints(Template(kind="L01", parts=(Part(name="a", text=text),)))
    assert len(found) == 1 and words in found[0].text and found[0].part == "a"


@pytest.mark.parametrize("text", ["Wij " + "schrijven " * 18 + "u.", "Wij " + "a " * 15 + "(" + "b " * 20 + ").", "Een kort woord. " * 12, "De indiening telt."])
def test_what_reads_easily_gets_no_hint(text):
    assert hints(Template(kind="L01", parts=(Part(name="a", text=text),))) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_texts_that_come_along_read_easily(kind):
    assert hints(shipped(kind).template) == ()


def test_differences_are_told_part_by_part_and_word_by_word():
    old = Template(kind="L01", parts=tuple(Part(name=name, text=text) for name, text in (("a", "U krijgt geld."), ("b", "Zelfde."), ("c", "Weg."), ("d", "Vast."))))
    new = Template(kind="L01", parts=(
        Part(name="d", text="Vast."), Part(name="a", text="U krijgt subsidie nu."), Part(name="n", text="Nieuw."), Part(name="b", text="Zelfde.", when=("is_x",)),
    ))
    found = {difference.name: difference for difference in differences(old, new)}
    assert {name: difference.sort for name, difference in found.items()} == {"a": "changed", "n": "added", "b": "changed", "d": "moved", "c": "removed"}
    assert [(piece.sort, piece.text) for piece in found["a"].pieces] == [("kept", "U krijgt "), ("removed", "geld."), ("added", "subsidie nu.")]
    assert found["b"].settings == ("voorwaarde: geen werd is_x",)
    assert differences(old, old) == ()
