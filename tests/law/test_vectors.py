"""Every worked case of the domain reference (3.4), each a test by its own number."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from grants.law.objection import objection_timeliness
from grants.law.penalty import penalty_amount, penalty_timeline
from grants.law.terms import compute, legal_days_last_day
from tests.law.test_terms import CASES

HERE = Path(__file__).resolve()
ROWS = json.loads((HERE.parents[1] / "data" / "domain_rows.json").read_text())["3.4"]
REFERENCE = HERE.parents[3] / "shared" / "domain.md"


def worked(case: tuple) -> Callable[[], None]:  # type: ignore[type-arg]
    _, start, rule, suspensions, days, raw_end, last_day = case

    def holds() -> None:
        term = compute(rule, date.fromisoformat(start), suspensions=suspensions)
        assert (term.suspended_days, term.raw_end.isoformat(), term.last_day.isoformat()) == (days, raw_end, last_day)

    return holds


def v38() -> None:
    line = penalty_timeline(date(2026, 6, 1), term_last_day=date(2026, 5, 29))
    assert (line.two_weeks_end, line.first_day, line.last_day, line.decide_by) == (date(2026, 6, 15), date(2026, 6, 16), date(2026, 7, 27), date(2026, 8, 10))


def v40() -> None:
    days = (0, 1, 14, 15, 28, 29, 42, 43)
    assert [penalty_amount(n, notice_received_on=date(2026, 6, 1)) for n in days] == [0, 23, 322, 357, 812, 857, 1442, 1442]


def short_term(start: date, last_day: date) -> Callable[[], None]:
    def holds() -> None:
        assert legal_days_last_day(start, 3) == last_day

    return holds


def objection(received: date, in_time: bool) -> Callable[[], None]:
    def holds() -> None:
        found = objection_timeliness(made_known_on=date(2025, 3, 7), posted_on=date(2025, 4, 22), received_on=received)
        assert found.in_time is in_time and ("6:11" in found.article) is not in_time

    return holds


VECTORS: dict[str, Callable[[], None]] = {
    **{case[0]: worked(case) for case in CASES},
    "V38": v38,
    "V40": v40,
    "V41": short_term(date(2026, 5, 13), date(2026, 5, 19)),
    "V42": short_term(date(2025, 4, 17), date(2025, 4, 23)),
    "V45": objection(date(2025, 4, 29), True),
    "V46": objection(date(2025, 4, 30), False),
}


@pytest.mark.parametrize("number", VECTORS)
def test_the_worked_case_comes_out(number: str) -> None:
    VECTORS[number]()


@pytest.mark.parametrize("number", [case[0] for case in CASES if not case[3] and not case[2].endswith("Y")])
def test_the_day_before_and_the_day_after_start_end_one_day_away_at_the_raw_end(number: str) -> None:
    """The vector is no accident: the raw end moves along with the day of the event. Suspended terms and years do not, day for day."""
    _, start, rule, _suspensions, _days, raw_end, _ = next(case for case in CASES if case[0] == number)
    for step in (-1, 1):
        moved = compute(rule, date.fromisoformat(start) + timedelta(days=step))
        assert moved.raw_end == date.fromisoformat(raw_end) + timedelta(days=step)


def test_every_row_of_the_table_is_a_test() -> None:
    assert set(VECTORS) == set(ROWS)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the domain reference is not beside this clone")
def test_the_copied_list_of_rows_is_that_of_the_reference() -> None:
    section = REFERENCE.read_text().split("### 3.4", 1)[1].split("\n---", 1)[0]
    assert re.findall(r"^\| (V\d+) \|", section, re.MULTILINE) == ROWS
