"""What in a text may point to a person."""

from __future__ import annotations

import pytest

from grants.control.learning.anonymising import hits, marked


def kinds(text, *names):
    return [(hit.kind, text[hit.start : hit.end]) for hit in hits(text, names)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Mail naar bo.bewoner@example.org dan.", "email", "bo.bewoner@example.org"),
        ("mail bo (at) example.org", "email", "bo (at) example.org"),
        ("Bel 045 123 45 67 voor hulp", "phone", "045 123 45 67"),
        ("Bel 06-12345678.", "phone", "06-12345678"),
        ("Bel +31 6 1234 5678", "phone", "+31 6 1234 5678"),
        ("op NL91 ABNA 0417 1643 00 graag", "iban", "NL91 ABNA 0417 1643 00"),
        ("op nl91abna0417164300", "iban", "nl91abna0417164300"),
        ("Wij zitten op 6411 AA 12.", "address", "6411 AA 12"),
        ("Wij zitten in 6411AA", "address", "6411AA"),
        ("kom naar Dorpsstraat 12", "address", "Dorpsstraat 12"),
        ("van nummer 12 kwam ook", "address", "nummer 12"),
        ("mijn BSN is 123456782 dus", "number", "123456782"),
        ("zie www.buurt-x.nl/wij", "link", "www.buurt-x.nl/wij"),
        ("volg @buurtx daar", "link", "@buurtx"),
        ("en mevrouw de Vries hielp", "name", "mevrouw de Vries"),
        ("toen kwam Jan van den Berg langs", "name", "Jan van den Berg"),
    ],
)
def test_a_hint_names_its_kind_and_place(text, kind, found):
    assert (kind, found) in kinds(text)


@pytest.mark.parametrize(
    "text",
    ["Wij kookten in 2025 voor 120 mensen, 3 keer per week.", "Het kostte 12.500 euro.", "De jongeren ruimen op. Daarna is het schoon.", "", "Van 200 brieven kwamen er 2 mensen."],
)
def test_an_ordinary_sentence_gives_no_hint(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wij van de proeftuin doen dit", "Bewonersgroep De Proeftuin (verzonnen)"),
        ("DE JANSSENS DEDEN MEE, en renée ook", "Renée Janssens"),
        ("dat regelde pip bij ons", "Pip Penning (verzonnen)"),
    ],
)
def test_a_known_name_is_found_whatever_its_capitals_and_accents(text, name):
    assert [kind for kind, _ in kinds(text, name)] and all(kind == "name" for kind, _ in kinds(text, name))


def test_general_words_of_a_name_say_nothing():
    assert kinds("de vereniging van het buurthuis in de wijk", "Vereniging Buurthuis Voorbeeld (verzonnen)") == []


def test_a_known_and_a_guessed_name_look_the_same():
    known, guessed = kinds("dat deed Piet Puk", "Piet Puk"), kinds("dat deed Piet Puk")
    assert known == guessed == [("name", "Piet Puk")]


def test_hints_do_not_overlap_and_the_pieces_are_the_text():
    text = "Mail jan.jansen@example.org of bel Jan Jansen op 06 12 34 56 78, Dorpsstraat 1, 6411 AA Heerlen"
    found = hits(text, ["Jan Jansen"])
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert "".join(piece for piece, _ in marked(text, found)) == text


def test_a_long_text_is_read_in_one_go():
    assert len(hits("Jan Jansen belt 06 12345678. " * 200, ["Jan Jansen"])) >= 400
    assert hits("a" * 6000 + "@" * 500 + "1" * 5000) is not None
