"""Reading a definition file: everything that is wrong is told at once, with its place and what is wanted."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.schemes.decoding import DefinitionErrors
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_reader import read_definition, read_file
from tests.schemes.helpers import FILES, definition, text_of


def errors_in(text: str) -> DefinitionErrors:
    with pytest.raises(DefinitionErrors) as caught:
        read_definition(text)
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_a_stored_definition_is_the_one_that_was_read(name: str) -> None:
    stored = json.loads(json.dumps(definition(name).to_dict()))

    assert SchemeDefinition.from_dict(stored) == definition(name)
    assert SchemeDefinition.from_dict(stored).digest() == definition(name).digest()


def test_layout_and_comments_do_not_change_the_digest() -> None:
    text = text_of()
    other = "# een opmerking\n" + text.replace("amount = 500000", "amount   =  500_000.00").replace("\n\n", "\n\n\n")

    assert read_definition(other).digest() == definition().digest()


def test_another_amount_changes_the_digest() -> None:
    other = text_of().replace("smallest_share = 2500", "smallest_share = 2500.01")

    assert read_definition(other).digest() != definition().digest()


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_definition("\ufeff" + text_of()) == definition()


def test_amounts_are_exact_decimals_with_two_places() -> None:
    read = read_definition(text_of().replace("smallest_share = 2500", "smallest_share = 2500.1"))

    assert str(read.distribution.smallest_share) == "2500.10"


def test_an_unknown_key_is_named_with_its_line_and_a_likely_other() -> None:
    text = text_of().replace('kind = "municipality"', 'kinds = "municipality"')
    line = text.splitlines().index('kinds = "municipality"') + 1

    errors = errors_in(text).errors

    assert [(error.path, error.line) for error in errors] == [("questions[4].kind", line - 3), ("questions[4].kinds", line)]
    assert '"kinds" bestaat hier niet. Bedoelt u "kind"?' in errors[1].message


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        text_of()
        .replace("opens_on = 2024-10-28", 'opens_on = "28 oktober"')
        .replace('method = "order_of_receipt"', 'method = "order_of_reciept"')
        .replace("decision_weeks = 8", "decision_weeks = -8")
        .replace('kind = "amount"', 'kind = "bedrag"')
        .replace("required = false", 'required = "nee"', 1)
    )

    errors = errors_in(text).errors

    assert [error.path for error in errors] == [
        "opens_on",
        "distribution.method",
        "terms.decision_weeks",
        "questions[6].required",
        "questions[12].kind",
    ]
    assert [error.line for error in errors] == sorted(error.line or 0 for error in errors)
    assert 'Bedoelt u "order_of_receipt"?' in errors[1].message
    assert all(error.message.endswith((".", "?")) for error in errors)


def test_a_missing_key_says_what_to_fill_in() -> None:
    (error,) = errors_in(text_of().replace("closes_on = 2026-12-31\n", "")).errors

    assert error.path == "closes_on"
    assert error.message == '"closes_on" ontbreekt. Vul hier een datum als 2026-12-31 in.'


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("maximum = 5000", "maximum = 5000.001", "amount.maximum"),
        ("maximum = 5000", "maximum = -1", "amount.maximum"),
        ("maximum = 5000", "maximum = true", "amount.maximum"),
        ("maximum = 5000", 'maximum = "veel"', "amount.maximum"),
        ("maximum = 5000", "maximum = nan", "amount.maximum"),
        ("maximum = 5000", "maximum = 1e30", "amount.maximum"),
        ("opens_on = 2024-10-28", "opens_on = 2024-10-28T10:00:00", "opens_on"),
        ("opens_on = 2024-10-28", 'opens_on = "2024-02-30"', "opens_on"),
        ("decision_weeks = 8", "decision_weeks = 8.5", "terms.decision_weeks"),
        ("decision_weeks = 8", "decision_weeks = true", "terms.decision_weeks"),
        ("reviewer_may_sign = false", 'reviewer_may_sign = "nee"', "reviewer_may_sign"),
        ('code = "LB-INW"\n', 'code = "  "\n', "code"),
        ('code = "LB-INW"\n', "code = 12\n", "code"),
        ("needs_least = 1", "needs_least = [1]", "needs_least"),
        ('applicants = ["natuurlijk_persoon", "bewonersinitiatief"]', "applicants = []", "applicants"),
        ('applicants = ["natuurlijk_persoon", "bewonersinitiatief"]', 'applicants = "natuurlijk_persoon"', "applicants"),
        ('applicants = ["natuurlijk_persoon", "bewonersinitiatief"]', 'applicants = ["burger"]', "applicants[0]"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_own_key(before: str, after: str, path: str) -> None:
    assert before in text_of()

    assert [error.path for error in errors_in(text_of().replace(before, after, 1)).errors] == [path]


def test_a_file_of_a_newer_release_is_not_guessed_at() -> None:
    (error,) = errors_in(text_of().replace("format = 1", "format = 2") + "\n[something_new]\n").errors

    assert error.path == "format"
    assert "nieuwere versie van het programma" in error.message


def test_broken_toml_names_the_line() -> None:
    text = text_of().replace('bundle = "LEEFB"', 'bundle = "LEEFB')
    line = text.splitlines().index('bundle = "LEEFB') + 1

    (error,) = errors_in(text).errors

    assert error.line == line
    assert "geen geldige TOML" in error.message


@pytest.mark.parametrize("text", ["", "# leeg", "a" * 1_000_001, "x = " + "[" * 100_000])
def test_a_file_that_is_no_definition_is_refused_with_a_sentence(text: str) -> None:
    assert errors_in(text).errors


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_a_format_number_too_long_to_print_is_refused_with_a_sentence(number: str) -> None:
    assert len(str(errors_in(f"format = {number}"))) < 300


@pytest.mark.parametrize("number", ["1e99999999999999999999", "0x" + "f" * 5000, "10000000001"])
def test_an_amount_beyond_all_measure_is_refused_at_its_own_key(number: str) -> None:
    errors = errors_in(text_of().replace("maximum = 5000", f"maximum = {number}", 1)).errors

    assert [error.path for error in errors] == ["amount.maximum"]
    assert len(errors[0].message) < 300


def test_a_term_too_long_to_store_is_refused_at_its_own_key() -> None:
    errors = errors_in(text_of().replace("decision_weeks = 8", "decision_weeks = 0x" + "f" * 5000)).errors

    assert [error.path for error in errors] == ["terms.decision_weeks"]


@pytest.mark.parametrize("escape", [r"\u0000", r"\u001b", r"\u007f"])
def test_a_control_character_in_a_text_is_refused_and_not_printed(escape: str) -> None:
    """PostgreSQL cannot store the first, and a terminal obeys the second."""
    errors = errors_in(text_of().replace('title = "', f'title = "{escape}', 1))

    assert [error.path for error in errors.errors] == ["title"]
    assert str(errors).isprintable()


def test_a_file_in_another_encoding_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "regeling.toml"
    path.write_bytes('title = "coöperaties"'.encode("latin-1"))

    with pytest.raises(DefinitionErrors, match="UTF-8"):
        read_file(path)


def test_a_fault_prints_as_line_key_and_sentence() -> None:
    printed = str(errors_in(text_of().replace("decision_weeks = 8", "decision_weeks = 0")))

    assert printed.startswith("regel ")
    assert "terms.decision_weeks: Een termijn is minstens een week." in printed


def test_the_mark_on_a_whole_holds_for_its_parts() -> None:
    read = definition()

    assert read.mark_of("terms.decision_weeks").status == "demo"  # type: ignore[union-attr]
    assert read.mark_of("ceilings[LB-INW-2025].amount").status == "demo"  # type: ignore[union-attr]
    assert read.mark_of("goals[F1]").status == "demo"  # type: ignore[union-attr]
    assert read.mark_of("goals[S1]") is None
    assert read.mark_of("amount.maximum") is None


def test_questions_and_letter_texts_are_found_by_name() -> None:
    assert definition().question("bedrag").maps_to == "requested_amount"
    assert set(definition().letter_texts("L09")) == {"accounting", "motivation"}
    with pytest.raises(KeyError):
        definition().question("bestaat_niet")


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.text(max_size=20),
    st.dates(),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=8), st.text(max_size=5), max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), junk=JUNK)
def test_whatever_stands_in_a_place_it_is_read_or_refused(data: st.DataObject, junk: object) -> None:
    plain = json.loads(json.dumps(definition().to_dict()))
    place: dict | list = plain
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], (dict, list)) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = junk

    try:
        SchemeDefinition.from_dict(plain)
    except DefinitionErrors as refused:
        assert refused.errors


def test_ceilings_and_dates_come_out_as_written() -> None:
    ceiling = definition().ceilings[1]

    assert (ceiling.code, ceiling.amount) == ("LB-INW-2025", Decimal("500000.00"))
    assert (ceiling.period_start, ceiling.period_end) == (date(2025, 1, 1), date(2025, 12, 31))
