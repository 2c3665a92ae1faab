"""What an application says, and what we notice about it. Nothing that somebody types may stop it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.schemes.reading import Remark, form_remarks, remarks, typed_values
from tests.schemes.helpers import FILES, changed, definition, item

TODAY = date(2026, 3, 2)
GOOD: dict[str, Any] = {
    "titel": "Bankjes op het plein",
    "samenvatting": "Wij zetten twee bankjes neer.",
    "startdatum": "2026-05-01",
    "einddatum": "30-06-2026",
    "gemeente": "GM0917",
    "locatie": "Het plein",
    "gebied": "heerlen-noord",
    "toestemming": "niet_nodig",
    "doel": "S5",
    "behoeften": ["veiligheid", "relaties"],
    "toelichting": "Mensen zitten er samen.",
    "kosten": [{"category": "materiaal", "description": "bankjes", "amount": "3.000", "vat": "630"}],
    "bedrag": "3.630",
    "ander_geld": "nee",
    "iban": "NL91 ABNA 0417 1643 00",
    "rekeninghouder": "B. Bewoner (verzonnen)",
    "verklaring": "ja",
}
EXTRA: dict[str, dict[str, Any]] = {
    "lbk-inwoners.toml": {},
    "lbk-verenigingen.toml": {},
    "lbk-gebieden.toml": {
        "bedrag": "1.500",
        "eigen_bijdrage": "1.500",
        "akkoord_datum": "2026-01-15",
        "akkoord_bedrag": "500.000",
        "behoeften": ["veiligheid", "relaties", "natuur"],
        "kosten": [{"category": "inrichting", "description": "pad", "amount": "3.000", "vat": "630"}],
    },
}


def noticed(answers: dict[str, Any], *, name: str = "lbk-inwoners.toml", **about: Any) -> list[Remark]:
    return list(remarks(definition(name), {**GOOD, **EXTRA[name], **answers}, **{"today": TODAY, **about}))


def keys(found: list[Remark]) -> list[tuple[str, str]]:
    return [(remark.key, remark.severity) for remark in found]


def test_a_good_application_gets_no_remark() -> None:
    assert noticed({}) == []


def test_the_typed_values_are_read_from_the_answers() -> None:
    values = typed_values(definition(), GOOD)

    assert values.title == "Bankjes op het plein"
    assert values.requested_amount == Decimal("3630.00")
    assert (values.activity_start, values.activity_end) == (date(2026, 5, 1), date(2026, 6, 30))
    assert (values.municipality, values.area, values.main_goal) == ("GM0917", "heerlen-noord", "S5")
    assert values.needs == ("veiligheid", "relaties")
    assert values.costs[0].vat == Decimal("630.00")
    assert values.iban == "NL91ABNA0417164300"
    assert values.unreadable == ()


def test_an_answer_that_cannot_be_read_is_empty_and_explained() -> None:
    values = typed_values(definition(), {**GOOD, "bedrag": "heel veel", "startdatum": "30 februari 2026"})

    assert values.requested_amount is None
    assert values.activity_start is None
    assert [remark.key for remark in values.unreadable] == ["startdatum", "bedrag"]


def test_the_answer_to_a_hidden_question_is_not_used() -> None:
    money = [{"financier": "Fonds", "amount": "100", "status": "granted"}]

    assert typed_values(definition(), {**GOOD, "ander_geld": "nee", "financiering": money}).financing == ()
    assert len(typed_values(definition(), {**GOOD, "ander_geld": "ja", "financiering": money}).financing) == 1


def test_no_area_is_an_answer_too() -> None:
    assert typed_values(definition(), {**GOOD, "gebied": "geen"}).area is None
    assert noticed({"gebied": "geen"}) == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"bedrag": "5.000"}, [("bedrag", "warning")]),  # more than the costs
        ({"bedrag": "2.499,99"}, [("bedrag", "warning")]),
        ({"bedrag": "2.500"}, []),
        ({"bedrag": ""}, [("bedrag", "missing")]),
        ({"bedrag": "heel veel"}, [("bedrag", "warning")]),
        ({"startdatum": "2026-03-01"}, [("startdatum", "warning")]),
        ({"startdatum": "2026-03-02"}, []),
        ({"startdatum": "2026-07-01"}, [("einddatum", "warning")]),
        ({"startdatum": "2026-02-01", "einddatum": "2026-03-01"}, [("startdatum", "warning"), ("einddatum", "warning")]),
        ({"gemeente": "GM9999", "gebied": ""}, [("gemeente", "warning")]),
        ({"gemeente": "GM0928"}, [("gebied", "warning")]),
        ({"gebied": ""}, []),
        ({"behoeften": []}, [("behoeften", "missing")]),
        ({"behoeften": ["veiligheid", "rijkdom"]}, [("behoeften", "warning")]),
        ({"toestemming": "ja"}, [("toestemming_bewijs", "missing")]),
        ({"verklaring": ""}, [("verklaring", "missing")]),
        ({"iban": "NL91 ABNA 0417 1643 01"}, [("iban", "warning")]),
        ({"titel": "x" * 121}, [("titel", "warning")]),
        ({"ander_geld": "ja"}, [("financiering", "missing")]),
        ({"ander_geld": "ja", "financiering": [{"financier": "Fonds", "amount": "1"}]}, [("financiering", "warning")]),
        ({"kosten": [{"category": "materiaal", "amount": "x"}]}, [("kosten", "warning")]),
    ],
)
def test_a_remark_stands_at_its_question(answers: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert keys(noticed(answers)) == expected


def test_an_amount_over_the_maximum_says_both_amounts() -> None:
    costs = [{"category": "materiaal", "amount": "9.000"}]

    (remark,) = noticed({"bedrag": "5.000,01", "kosten": costs})

    assert "U vraagt €\u00a05.000,01. Deze regeling geeft hoogstens €\u00a05.000,00." in remark.text


def test_a_file_that_came_in_is_not_missing() -> None:
    assert noticed({"toestemming": "ja"}, documents=frozenset({"toestemming_bewijs"})) == []


@pytest.mark.parametrize(
    ("today", "part"),
    [
        (date(2024, 10, 27), "vanaf 28 oktober 2024"),
        (date(2027, 1, 1), "tot en met 31 december 2026"),
    ],
)
def test_a_scheme_that_is_not_open_gives_a_warning_for_the_whole(today: date, part: str) -> None:
    about_the_whole = [remark for remark in noticed({}, today=today) if remark.key == ""]

    assert [remark.severity for remark in about_the_whole] == ["warning"]
    assert part in about_the_whole[0].text


@pytest.mark.parametrize("today", [date(2024, 10, 28), date(2026, 12, 31)])
def test_the_first_and_the_last_day_are_in_time(today: date) -> None:
    assert [remark for remark in noticed({}, today=today) if remark.key == ""] == []


def test_an_applicant_of_another_kind_is_warned() -> None:
    assert keys(noticed({}, applicant_type="stichting")) == [("", "warning")]
    assert noticed({}, applicant_type="bewonersinitiatief") == []


def test_the_main_goal_must_be_among_the_goals() -> None:
    answers = {"doelen": ["S1"], "hoofddoel": "S3"}
    found = noticed(answers, name="lbk-verenigingen.toml")

    assert ("hoofddoel", "warning") in keys(found)


@pytest.mark.parametrize(("asked", "own", "warned"), [("1.500", "1.500", False), ("1.500", "1.499,99", True)])
def test_a_municipality_gets_no_more_than_it_pays_itself(asked: str, own: str, warned: bool) -> None:
    found = noticed({"bedrag": asked, "eigen_bijdrage": own}, name="lbk-gebieden.toml")

    assert any("nooit hoger dan wat u zelf betaalt" in remark.text for remark in found) is warned


@pytest.mark.parametrize(("asked", "warned"), [("1.815", False), ("1.815,01", True)])
def test_half_of_the_eligible_costs_is_the_most(asked: str, warned: bool) -> None:
    found = noticed({"bedrag": asked, "eigen_bijdrage": "1.815,01"}, name="lbk-gebieden.toml")

    assert any("50,0% van de kosten die meetellen is €\u00a01.815,00" in remark.text for remark in found) is warned


def test_three_needs_where_the_scheme_asks_three() -> None:
    assert any(remark.key == "behoeften" for remark in noticed({"behoeften": ["kansen", "natuur"]}, name="lbk-gebieden.toml"))
    assert not any(remark.key == "behoeften" for remark in noticed({}, name="lbk-gebieden.toml"))


def test_the_last_day_of_signing_the_accord() -> None:
    def at(day: str) -> list[Remark]:
        return [r for r in noticed({"akkoord_datum": day}, name="lbk-gebieden.toml") if r.key == "akkoord_datum"]

    assert at("31-10-2026") == []
    assert "Deze dag ligt na 31 oktober 2026." in at("1-11-2026")[0].text


def test_bounds_of_a_number_are_told_in_words() -> None:
    (remark,) = form_remarks(
        changed(
            lambda p: (
                item(p["questions"], "titel").update(kind="number", minimum="1", maximum="9", longest=None)
                or item(p["questions"], "titel").pop("maps_to")
            )
        ),
        {**GOOD, "titel": "10"},
    )

    assert "Het hoogste is 9" in remark.text


def test_the_account_of_the_activity_is_looked_at_in_the_same_way() -> None:
    report = definition("lbk-verenigingen.toml").report
    answers = {"uitgevoerd": "deels", "prestaties": "Alles op een na.", "bereik": "40", "verplichtingen": "ja"}

    assert keys(list(form_remarks(report, answers))) == [("afwijking", "missing"), ("fotos", "missing")]
    assert form_remarks(report, {**answers, "uitgevoerd": "helemaal"}, documents=frozenset({"fotos"})) == ()


def test_every_remark_is_a_sentence_without_a_key_in_it() -> None:
    for remark in noticed({key: "?" for key in GOOD}, today=date(2027, 2, 1)):
        assert remark.text[0].isupper()
        assert remark.text.rstrip().endswith((".", "?"))
        assert not remark.key or f'"{remark.key}"' not in remark.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["amount", "vat", "hours", "status", "x"]), inner, max_size=4),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(name=st.sampled_from(FILES), data=st.data(), today=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_whatever_is_typed_it_is_read_without_an_error(name: str, data: st.DataObject, today: date) -> None:
    keys_of_form = [question.key for question in definition(name).questions]
    typed = data.draw(st.dictionaries(st.sampled_from(keys_of_form), JSON | st.sampled_from(["ja", "nee", "2.500", "1-1-2026", "S1"]), max_size=12))

    for remark in remarks(definition(name), typed, today=today):
        assert remark.text
