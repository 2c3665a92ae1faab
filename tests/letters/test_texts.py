"""The text model: the notation it is written in, how it is filled, and how a scheme's own parts go into it."""

from __future__ import annotations

import pytest

from letters.content import Heading, Items, Paragraph
from letters.texts.filling import NotFilled, fill
from letters.texts.notation import NotationError, parse
from letters.texts.template import Form, Part, Template, merged, overrides
from letters.texts.values import Gathering, Values, WrongValues
from letters.texts.vocabulary import Condition, Fact, Rule, Vocabulary

TEXT = """
[subject]
= Uw zaak {number}
[opening : decision amount]
U krijgt {amount}.
[more | is_partly]
+ Niet alles.
[head]
# Waarom?
[why : motivation | not is_partly, is_known]
Omdat het
mag.
[items : obligations]
- een {amount}
- twee
[table]
{blok:rows}
"""


def template(text=TEXT):
    return Template(kind="L08", parts=parse(text))


def filled(*true, text=TEXT, blocks=None):
    facts = {"number": "7", "amount": "€ 5,00"}
    return fill(template(text), Values(facts, frozenset(true), blocks if blocks is not None else {"rows": (Items(("rij",), element="calculation"),)}))


def test_the_notation_says_form_elements_and_conditions():
    parts = {part.name: part for part in template().parts}
    assert [part.form for part in template().parts] == [
        Form.SUBJECT, Form.PARAGRAPH, Form.CONTINUES, Form.HEADING, Form.PARAGRAPH, Form.LIST, Form.BLOCK,
    ]
    assert parts["opening"].elements == ("decision", "amount") and parts["why"].when == ("not is_partly", "is_known")
    assert parts["why"].text == "Omdat het mag." and parts["items"].text == "een {amount}\ntwee"
    assert parts["table"].block == "rows" and parts["items"].facts == ("amount",)


def test_a_text_is_filled_in_order_and_a_part_whose_condition_fails_stands_nowhere():
    subject, body = filled("is_known")
    assert subject == "Uw zaak 7"
    assert body == (
        Paragraph("U krijgt € 5,00.", element="decision amount"), Heading("Waarom?"), Paragraph("Omdat het mag.", element="motivation"),
        Items(("een € 5,00", "twee"), element="obligations"), Items(("rij",), element="calculation"),
    )


def test_a_part_that_goes_on_stands_in_the_paragraph_before_it_and_keeps_its_element():
    _, body = filled("is_partly", text="[a : decision]\nU krijgt iets.\n[b : amount | is_partly]\n+ Niet alles.")
    assert body == (Paragraph("U krijgt iets. Niet alles.", element="decision amount"),)


def test_a_part_that_goes_on_after_a_heading_starts_its_own_paragraph():
    _, body = filled(text="[a]\nEen.\n[h]\n# Kop\n[b]\n+ Twee.")
    assert body == (Paragraph("Een."), Heading("Kop"), Paragraph("Twee."))


def test_a_heading_with_nothing_below_it_is_left_out():
    _, body = filled(text="[h]\n# Leeg\n[t]\n{blok:rows}\n[k]\n# Ook leeg", blocks={"rows": ()})
    assert body == ()


@pytest.mark.parametrize("text", ["[a]\nU krijgt {onbekend}.", "[a]\n{blok:onbekend}"])
def test_a_fact_that_is_not_there_stops_the_letter_with_a_sentence(text):
    with pytest.raises(NotFilled, match="brief L08.*«a».*onbekend.*De brief wacht"):
        filled(text=text)


def test_braces_in_a_value_stay_as_they_are():
    _, body = fill(template("[a]\nU schreef: {text}"), Values({"text": "{amount} {blok:rows}"}))
    assert body == (Paragraph("U schreef: {amount} {blok:rows}"),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("zomaar", "regel 1"), ("[a]\n[b]\nTekst", "a heeft geen tekst"), ("[a]\nx\n[a]\ny", "twee keer: a"), ("@weg", "weg"), ("[a | Is Fout]\nx", "geen voorwaarde")],
)
def test_a_text_that_cannot_be_read_is_refused(text, problem):
    with pytest.raises(NotationError, match=problem):
        parse(text, {})


def test_shared_parts_take_over_the_condition_of_their_place():
    shared = {"twee": parse("[x | a]\nX\n[y]\nY")}
    assert [part.when for part in parse("@twee | not b", shared)] == [("not b", "a"), ("not b",)]


def test_text_and_values_survive_their_plain_form():
    assert Template.from_dict(template().to_dict()) == template()
    values = Values({"a": "1"}, frozenset({"c"}), {"b": (Paragraph("x", element="view"), Items(("y",), ordered=True))})
    assert Values.from_dict(values.to_dict()) == values


def house(*names):
    return Template(kind="L08", parts=tuple(Part(name=name, text=name.upper()) for name in names))


@pytest.mark.parametrize("whole", [
    house("a", "b", "c"),
    Template(kind="L08", parts=(Part(name="a", text="anders"), *house("b", "c").parts)),
    house("a", "c"),
    Template(kind="L08", parts=(*house("a").parts, Part(name="n", text="nieuw", after="a"), Part(name="m", text="ook", after="n"), *house("b", "c").parts)),
    Template(kind="L08", parts=(*house("a", "b").parts, Part(name="c", text="C", when=("x",)))),
])
def test_a_scheme_keeps_only_what_differs_and_it_comes_back_whole(whole):
    own = overrides(house("a", "b", "c"), whole)
    assert merged(house("a", "b", "c"), own) == whole
    assert len(own.parts) <= 2


def test_what_the_house_changes_later_reaches_the_scheme_too():
    own = overrides(house("a", "b"), Template(kind="L08", parts=(Part(name="a", text="eigen"), *house("b").parts)))
    assert [part.text for part in merged(house("a", "b", "c"), own).parts] == ["eigen", "B", "C"]


VOCABULARY = Vocabulary(
    facts={"always": Fact("always", "x", "x"), "sometimes": Fact("sometimes", "x", "x", "is_known")},
    conditions={name: Condition(name, "x", False) for name in ("is_known", "one", "two", "is_free")},
    rules=(Rule("exactly_one", ("one", "two")), Rule("needs", ("one", "is_known")), Rule("needs", ("not is_known", "two"))),
)


def test_situations_follow_the_rules():
    assert set(VOCABULARY.situations(["one"])) == {frozenset({"one", "is_known"}), frozenset({"two", "is_known"}), frozenset({"two"})}
    assert len(list(VOCABULARY.situations(["one", "is_free"]))) == 6
    assert VOCABULARY.always(("one",), "is_known") and not VOCABULARY.always(("two",), "is_known")
    assert VOCABULARY.always(("not is_known",), "not one")


def test_values_must_be_what_the_vocabulary_promises():
    def gathered(**more):
        to = Gathering()
        to.fact(**{"always": "ja"} | more)
        to.when(is_known=1, one=True, two=0, is_free=None)
        return to.values(VOCABULARY)

    assert gathered(sometimes="soms").conditions == {"is_known", "one"}
    with pytest.raises(WrongValues, match="sometimes ontbreekt"):
        gathered()
    with pytest.raises(WrongValues, match="extra is onbekend"):
        gathered(sometimes="soms", extra="x")
