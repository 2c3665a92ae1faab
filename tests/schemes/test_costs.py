"""Rows of costs and of others' money, and their totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from grants.schemes.costs import cost_totals, financing_totals, read_costs, read_financing
from tests.schemes.helpers import definition

D = Decimal


def totals(name: str, *rows: dict[str, Any]) -> tuple[str, ...]:
    lines, faults = read_costs(list(rows))
    assert not faults
    total = cost_totals(lines, definition(name))
    return tuple(str(value) for value in (total.amount, total.vat, total.hours, total.total, total.eligible))


def test_eligible_costs_leave_out_what_the_scheme_does_not_count() -> None:
    assert totals(
        "lbk-verenigingen.toml",
        {"category": "materiaal", "description": "planten", "amount": "1.000,00", "vat": "210,00"},
        {"category": "vaste_lasten", "description": "huur kantoor", "amount": "500"},
        {"category": "verzonnen", "amount": "40"},
        {"category": "", "amount": "0,10"},
    ) == ("1540.10", "210.00", "0.00", "1750.10", "1210.10")


def test_hours_of_volunteers_count_at_the_rate_of_the_scheme() -> None:
    assert totals("dorpskernen-cultuur-demo.toml", {"category": "vrijwilligers", "hours": "12,5"}) == (
        "0.00",
        "0.00",
        "125.00",
        "125.00",
        "125.00",
    )
    assert totals("lbk-inwoners.toml", {"category": "overig", "hours": "12,5"})[4] == "0.00"


def test_vat_counts_only_where_the_scheme_says_so() -> None:
    row = {"category": "programma", "amount": "100", "vat": "21"}

    assert totals("dorpskernen-cultuur-demo.toml", row)[3:] == ("121.00", "100.00")


def test_empty_rows_do_not_count_and_others_keep_their_number() -> None:
    lines, faults = read_costs([{}, {"category": "overig", "amount": ""}, {"amount": "x"}, {"amount": "5"}])

    assert [line.amount for line in lines] == [D("5.00")]
    assert [fault[:7] for fault in faults] == ["Regel 2", "Regel 3"]


@pytest.mark.parametrize("answer", ["tekst", ["tekst"], [[{"amount": "1"}]], {"amount": "x"}, 5, [{"amount": ["1"]}]])
def test_something_else_than_a_table_gives_a_sentence(answer: Any) -> None:
    for read in (read_costs, read_financing):
        lines, faults = read(answer)
        assert lines == ()
        assert faults


@pytest.mark.parametrize("answer", [None, "", [], [{}], {}])
def test_no_table_is_no_fault(answer: Any) -> None:
    assert read_costs(answer) == read_financing(answer) == ((), ())


def test_money_of_others_is_added_up_by_how_sure_it_is() -> None:
    lines, faults = read_financing(
        [
            {"financier": "Wij", "amount": "100", "status": "own"},
            {"financier": "Gemeente", "amount": "200", "status": "granted"},
            {"financier": "Fonds", "amount": "300", "status": ""},
            {"financier": "Bank", "amount": "400", "status": "refused"},
        ]
    )
    total = financing_totals(lines)

    assert not faults
    assert (total.own, total.granted, total.asked, total.counted) == (D("100.00"), D("200.00"), D("300.00"), D("600.00"))


def test_an_unknown_status_and_a_missing_amount_give_a_sentence() -> None:
    lines, faults = read_financing([{"financier": "A", "amount": "1", "status": "misschien"}, {"financier": "B"}])

    assert lines == ()
    assert faults == (
        "Regel 1: kies hoe zeker dit geld is: aangevraagd, toegezegd, geweigerd, eigen geld.",
        "Regel 2: vul een bedrag in.",
    )
