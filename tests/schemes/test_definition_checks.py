"""What does not fit together in a definition. Each case breaks one thing in a good definition."""

from __future__ import annotations

import re
from typing import Any

import pytest

from grants.schemes.definition_checks import check
from tests.schemes.helpers import FILES, Plain, definition, faults_after, item


@pytest.mark.parametrize("name", FILES)
def test_the_definitions_that_come_with_the_program_are_sound(name: str) -> None:
    assert check(definition(name)) == []


def put(path: str, value: Any) -> Any:
    """A change that sets the value at a dotted path; numbers are places in a list."""

    def change(plain: Plain) -> None:
        *parts, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = plain
        for part in parts:
            place = place[part]
        place[last] = value

    return change


def drop(path: str) -> Any:
    def change(plain: Plain) -> None:
        *parts, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = plain
        for part in parts:
            place = place[part]
        del place[last]

    return change


def add(path: str, value: Any) -> Any:
    return lambda plain: plain.setdefault(path, []).append(value)


def question(key: str, /, **values: Any) -> Any:
    return lambda plain: item(plain["questions"], key).update(values)


QUESTION = {"key": "nieuw", "section": "afronden", "kind": "text", "label": "Nieuw?", "purpose": "Omdat."}


@pytest.mark.parametrize(
    ("change", "path", "part_of_message"),
    [
        (put("code", "lb inw"), "code", "Gebruik hoofdletters"),
        (put("bundle", "leefb"), "bundle", "Gebruik hoofdletters"),
        (put("time_zone", "Europe/Maastricht"), "time_zone", "bestaat niet"),
        (put("title_4_2", "by_analogy"), "title_4_2", "geldt titel 4.2 van de Awb vanzelf"),
        (put("applicants", ["gemeente"]), "title_4_2", "artikel 4:21, derde lid"),
        (put("applicants", ["bewonersinitiatief"] * 2), "applicants", "twee keer"),
        (put("legal_basis", [{"kind": "awb", "text": "Awb"}]), "legal_basis", "artikel 4:23"),
        (put("closes_on", "2024-10-27"), "closes_on", "voor de opening"),
        (put("valid_to", "2024-10-27"), "valid_to", "voor de ingang"),
        (put("ceilings.1.period_start", "2024-12-31"), "ceilings[1].period_start", "overlappen"),
        (put("ceilings.0.period_end", "2024-10-27"), "ceilings[0].period_end", "eindigt voordat het begint"),
        (put("ceilings.2.period_start", "2027-01-01"), "ceilings[2].period_end", "eindigt voordat het begint"),
        (put("ceilings.1.amount", "0"), "ceilings[1].amount", "nul euro"),
        (put("ceilings.1.code", "LB-INW-2024"), "ceilings", "twee keer"),
        (drop("distribution.same_day_rule"), "distribution.same_day_rule", "pro_rata_same_day"),
        (put("distribution.method", "tender"), "distribution.tender_closes_on", "sluitingsdatum"),
        (put("distribution.method", "tender"), "criteria", "rangschikt op punten"),
        (put("distribution.tender_assessors", 0), "distribution.tender_assessors", "1 tot en met 9"),
        (put("distribution.tender_assessors", 10), "distribution.tender_assessors", "1 tot en met 9"),
        (put("distribution.tender_closes_on", "2025-01-01"), "distribution", "Alleen een tender"),
        (put("distribution.smallest_share", "5000.01"), "distribution.smallest_share", "hoger dan het maximum"),
        (put("terms.starts_from", "closing_date"), "terms.starts_from", "alleen bij een tender"),
        (put("format", 0), "format", "begint bij 1"),
        (put("ceilings.0.period_end", "2027-01-01"), "ceilings[2].period_start", "overlappen"),
        (put("terms.recovery_weeks", 0), "terms.recovery_weeks", "minstens een week"),
        (put("terms.decision_weeks", 521), "terms.decision_weeks", "520 weken"),
        (put("terms.extension_weeks", 521), "terms.extension_weeks", "520 weken"),
        (put("retention.granted_years", 101), "retention.granted_years", "100 jaar"),
        (put("retention.refused_years", 0), "retention.refused_years", "minstens een jaar"),
        (drop("terms.basis.decision_weeks"), "terms.basis.decision_weeks", "ontbreekt"),
        (put("terms.basis.view_weeks", " "), "terms.basis.view_weeks", "leeg"),
        (drop("distribution"), "distribution", "ontbreekt"),
        (put("amount.minimum", "5000.01"), "amount.minimum", "hoger dan het maximum"),
        (put("amount.cap", "2499.99"), "amount.cap", "Dan krijgt niemand iets"),
        (put("amount.percentage", "0"), "amount.percentage", "boven 0"),
        (put("amount.percentage", "100.01"), "amount.percentage", "ten hoogste 100"),
        (put("amount.own_contribution", "0.01"), "amount.own_contribution", "meer dan 100%"),
        (put("arrangements.0.amount_from", "2500.01"), "arrangements", "geen arrangement"),
        (put("arrangements.0.amount_below", "5000"), "arrangements", "geen arrangement"),
        (put("arrangements.0.path", "grant"), "arrangements[0].path", "1a"),
        (put("arrangements.0.settlement_method", "actual_costs"), "arrangements[0]", "stelt direct vast"),
        (put("arrangements.0.settlement_method", "per_unit"), "amount.unit_amount", "per eenheid"),
        (put("arrangements.0.advances", [{"percentage": "10"}]), "arrangements[0]", "stelt direct vast"),
        (put("arrangements.0.ex_officio_weeks", 13), "arrangements[0].ex_officio_weeks", "1b"),
        (put("arrangements.0.report_required", True), "arrangements[0].report_weeks", "hoeveel weken"),
        (put("arrangements.0.sample_percentage", "101"), "arrangements[0].sample_percentage", "ten hoogste 100%"),
        (put("goals", ["S1", "S9", "F1", "F2", "S2", "S3", "S4", "S5"]), "goals[1]", "bestaat niet"),
        (put("areas", ["geleen-zud"]), "areas[0]", 'Bedoelt u "geleen-zuid"'),
        (put("needs_least", 7), "needs_least", "Zo voldoet geen aanvraag"),
        (put("criteria.4.need", "wonen"), "criteria[4].need", "staat niet bij needs"),
        (put("criteria.0.weight", 0), "criteria[0].weight", "minder dan 1"),
        (put("criteria.0.scale", "score"), "criteria[0].most", "hoeveel punten"),
        (put("criteria.0.most", 3), "criteria[0]", "heeft geen punten"),
        (put("criteria.1.key", "inwoners"), "criteria", "twee keer"),
        (question("doel", options=[{"value": "S1", "label": "a"}, {"value": "S7", "label": "b"}]), "questions[8].options", "S7"),
        (put("sections.0.key", "plannen"), "questions[0].section", 'Bedoelt u "plannen"'),
        (add("sections", {"key": "leeg", "title": "Leeg"}), "sections[5]", "heeft geen vragen"),
        (question("iban", section="plan"), "questions[15].section", "volgorde van de secties"),
        (question("titel", key="Mijn titel"), "questions[0].key", "kan geen sleutel zijn"),
        (question("titel", key="bedrag"), "questions", "twee keer"),
        (add("documents", {"key": "titel", "label": "x", "purpose": "y"}), "questions", "twee keer"),
        (question("titel", minimum="1"), "questions[0]", "minimum of maximum"),
        (question("bedrag", minimum="2", maximum="1"), "questions[12].minimum", "hoger dan het maximum"),
        (question("bedrag", maximum="7500"), "questions[12].maximum", "ander maximum"),
        (question("bedrag", longest=5), "questions[12].longest", "aantal tekens"),
        (question("titel", earliest="2025-01-01"), "questions[0]", "Alleen een datum"),
        (question("einddatum", earliest="2025-01-02", latest="2025-01-01"), "questions[3].earliest", "ligt na"),
        (question("titel", options=[{"value": "a", "label": "b"}]), "questions[0].options", "geen opties"),
        (question("toestemming", options=[{"value": "ja", "label": "b"}]), "questions[7].options", "minstens twee"),
        (question("toestemming", options=[{"value": "ja", "label": "b"}] * 2), "questions[7].options", "twee keer"),
        (question("titel", maps_to="iban"), "questions[0].maps_to", 'kan "iban" niet vullen'),
        (question("locatie", maps_to="title"), "questions[5].maps_to", "al gevuld"),
        (question("bedrag", required=False), "questions[12]", "Maak hem verplicht"),
        (question("gemeente", condition={"question": "titel", "equals": "x"}), "questions[4]", "haal de voorwaarde weg"),
        (lambda plain: item(plain["questions"], "bedrag").pop("maps_to"), "questions", 'maps_to = "requested_amount"'),
        (lambda plain: item(plain["questions"], "einddatum").pop("maps_to"), "questions", 'maps_to = "activity_end"'),
        (lambda plain: item(plain["questions"], "gemeente").pop("maps_to"), "questions", 'maps_to = "municipality"'),
        (lambda plain: item(plain["questions"], "iban").pop("purpose"), "questions[15].purpose", "ontbreekt"),
        (lambda plain: item(plain["obligations"], "melden").pop("is_notification_duty"), "obligations", "meldingsplicht"),
        (put("obligations.0.arrangements", ["2"]), "obligations[0].arrangements", "heeft deze regeling niet"),
        (put("obligations.1.key", "uitvoeren"), "obligations", "twee keer"),
        (put("refusal_grounds.1.article", "artikel 4:35, eerste lid, onder a, Awb"), "refusal_grounds[1].paths", "4:43"),
        (put("refusal_grounds.1.code", "CEILING"), "refusal_grounds", "twee keer"),
        (put("letters.0.kind", "L99"), "letters[0].kind", "bestaat niet"),
        (put("letters.1.element", "acounting"), "letters[1].element", 'Bedoelt u "accounting"'),
        (put("letters.2.element", "accounting"), "letters", "twee keer"),
        (put("marks.0.path", "contract"), "marks[0].path", "wijst niets aan"),
        (put("marks.0.path", "ceilings[LB-INW-2030].amount"), "marks[0].path", "wijst niets aan"),
        (put("marks.0.path", "contact..name"), "marks[0].path", "wijst niets aan"),
        (put("quick_check.1.key", "aanvrager"), "quick_check", "twee keer"),
        (put("quick_check.1.expected", "misschien"), "quick_check[1].expected", "kan hier niet"),
        (put("quick_check.1.otherwise", ""), "quick_check[1].otherwise", "waarom het anders niet past"),
        (put("quick_check.1.key", "Plek!"), "quick_check[1].key", "geen sleutel"),
        (put("quick_check.0.expected", "ja"), "quick_check[0]", "bij de opties"),
        (put("quick_check.0.options.1.otherwise", ""), "quick_check[0].options[1].otherwise", "waarom niet"),
        (put("quick_check.0.options.0.otherwise", "Nee."), "quick_check[0].options[0]", "past"),
        (put("quick_check.0.options.1.value", "inwoners"), "quick_check[0].options", "eigen value"),
        (put("quick_check.0.options.1.schemes", ["LB-INW"]), "quick_check[0].options[1].schemes", "geen andere regeling"),
        (put("quick_check.0.options.0.fits", False), "quick_check[0].options", "minstens een optie past"),
        (put("quick_check.0.options.0.value", "Inwoners"), "quick_check[0].options[0].value", "geen waarde"),
        (put("quick_check.1.schemes", ["lb svc"]), "quick_check[1].schemes", "geen andere regeling"),
        (put("costs.categories.1.key", "materiaal"), "costs.categories", "twee keer"),
        (put("report.questions.1.condition.in", ["half"]), "report.questions[1].condition", "nooit het antwoord"),
        (put("report.questions.1.section", "slot"), "report.questions[1].section", "bestaat niet"),
    ],
)
def test_a_fault_is_told_at_its_place(change: Any, path: str, part_of_message: str) -> None:
    faults = faults_after(change)

    assert any(fault.path == path and part_of_message in fault.message for fault in faults), faults


@pytest.mark.parametrize(
    ("condition", "part_of_message"),
    [
        ({"question": "iban", "equals": "x"}, "komt pas later"),
        ({"question": "ander_geld", "equals": "misschien"}, "nooit het antwoord"),
        ({"question": "ander_gled", "equals": "ja"}, 'Bedoelt u "ander_geld"'),
        ({"question": "titel", "equals": "x"}, 'van soort "text"'),
        ({"question": "financiering", "equals": "ja"}, "kijkt naar zichzelf"),
        ({"question": "ander_geld"}, "precies een"),
        ({"question": "ander_geld", "equals": "ja", "not": "nee"}, "precies een"),
        ({"question": "behoeften", "in": ["natuur", "wonen"]}, '"wonen"'),
    ],
)
def test_a_condition_must_look_back_at_an_answer_that_can_be_given(condition: Plain, part_of_message: str) -> None:
    faults = faults_after(question("financiering", condition=condition))

    assert [fault.path for fault in faults] == ["questions[14].condition"]
    assert part_of_message in faults[0].message


def test_a_condition_of_a_document_may_look_at_every_question() -> None:
    def change(plain: Plain) -> None:
        item(plain["documents"], "schets")["condition"] = {"question": "verklaring", "equals": "ja"}

    assert faults_after(change) == []


BANDS = "lbk-verenigingen.toml"


@pytest.mark.parametrize(
    ("below_first", "from_second", "part_of_message"),
    [("24999.99", "25000", "geen arrangement"), ("25000.01", "25000", "gelden beide"), ("25000", "24999.99", "gelden beide")],
)
def test_bands_leave_no_gap_and_no_overlap(below_first: str, from_second: str, part_of_message: str) -> None:
    def change(plain: Plain) -> None:
        plain["arrangements"][0]["amount_below"] = below_first
        plain["arrangements"][1]["amount_from"] = from_second

    faults = faults_after(change, BANDS)

    assert [fault.path for fault in faults] == ["arrangements[1].amount_from"]
    assert part_of_message in faults[0].message


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (put("arrangements.0.amount_below", "0"), "arrangements[0].amount_below"),
        (drop("arrangements.0.amount_below"), "arrangements[1].amount_from"),
        (put("arrangements.1.amount_below", "120000"), "arrangements"),
        (put("arrangements.1.report_required", False), "arrangements[1].report_required"),
        (put("arrangements.1.code", "3"), "arrangements[1].financial_account"),
        (put("arrangements.1.code", "1b"), "arrangements"),
        (put("arrangements.1.advances", [{"percentage": "60"}, {"percentage": "40.01"}]), "arrangements[1].advances"),
        (drop("arrangements.0.ex_officio_weeks"), "arrangements[0].ex_officio_weeks"),
        (lambda plain: plain["report"].update(questions=[], sections=[]), "report"),
    ],
)
def test_an_arrangement_must_be_whole(change: Any, path: str) -> None:
    assert path in [fault.path for fault in faults_after(change, BANDS)]


@pytest.mark.parametrize("text", ["", "  ", "ASV 2023, artikel nog in te vullen [CFG]", "Nog in te vullen", "artikel ??? ASV", "[CFG]"])
@pytest.mark.parametrize(
    "path", ["refusal_grounds.4.article", "obligations.0.source", "obligations.0.text", "legal_basis.1.text", "letters.0.text", "report.questions.0.label"]
)
def test_a_scheme_with_something_to_fill_in_that_a_letter_prints_is_refused(path: str, text: str) -> None:
    faults = faults_after(put(path, text))
    assert faults and all(fault.path == re.sub(r"\.(\d+)", r"[\1]", path) for fault in faults)
    assert text.strip() == "" or "komt in brieven" in str(faults[0])


def test_a_clause_about_a_transfer_that_is_not_filled_in_is_refused() -> None:
    assert [fault.path for fault in faults_after(put("transfer_basis", "ASV, artikel nog in te vullen"))] == ["transfer_basis"]


def test_a_scheme_by_analogy_names_the_clause() -> None:
    assert [fault.path for fault in faults_after(drop("title_4_2_basis"), "lbk-gebieden.toml")] == ["title_4_2_basis"]


def test_a_scheme_with_sixty_questions_and_twelve_conditions_is_checked() -> None:
    def change(plain: Plain) -> None:
        for number in range(42):
            extra = {**QUESTION, "key": f"extra_{number}"}
            if number % 4 == 0:
                extra["condition"] = {"question": "ander_geld", "not": "nee"}
            plain["questions"].append(extra)

    assert faults_after(change) == []
