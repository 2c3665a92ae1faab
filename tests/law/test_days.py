"""General holidays, working days and bank days."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.days import (
    PUT_ON_A_PAR,
    general_holidays,
    is_bank_day,
    is_free_day,
    next_working_day,
    previous_bank_day,
    previous_working_day,
)

DAYS = st.dates(min_value=date(2014, 1, 1), max_value=date(2060, 12, 31))

PRINTED_HOLIDAYS = {
    2025: "01-01 18-04 21-04 26-04 05-05 29-05 09-06 25-12 26-12",
    2026: "01-01 03-04 06-04 27-04 05-05 14-05 25-05 25-12 26-12",
    2027: "01-01 26-03 29-03 27-04 05-05 06-05 17-05 25-12 26-12",
    2028: "01-01 14-04 17-04 27-04 05-05 25-05 05-06 25-12 26-12",
}


@pytest.mark.parametrize("year", PRINTED_HOLIDAYS)
def test_the_holidays_of_a_year_are_those_of_the_act(year: int) -> None:
    assert " ".join(f"{day:%d-%m}" for day in sorted(general_holidays(year))) == PRINTED_HOLIDAYS[year]


@pytest.mark.parametrize("year", range(2014, 2061))
def test_an_independent_calendar_agrees(year: int) -> None:
    known = holidays.country_holidays(  # type: ignore[attr-defined]
        "NL", years=year, categories=("public", "optional"), language="nl"
    )
    sundays = {"Eerste paasdag", "Eerste pinksterdag"}
    expected = {day for day, name in known.items() if name not in sundays}

    assert set(general_holidays(year)) == expected


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2026, 5, 1), False),
        (date(2026, 5, 13), False),
        (date(2026, 5, 14), True),
        (date(2026, 5, 15), True),
        (date(2026, 5, 16), True),
        (date(2026, 5, 17), True),
        (date(2026, 5, 18), False),
        (date(2027, 4, 26), False),
        (date(2025, 12, 24), False),
        (date(2025, 12, 31), False),
        (date(2026, 2, 16), False),
    ],
)
def test_a_day_is_free_only_when_the_act_or_a_decree_says_so(day: date, free: bool) -> None:
    assert is_free_day(day) is free


def test_callers_bring_their_own_decree() -> None:
    assert not is_free_day(date(2026, 1, 2), put_on_a_par=())
    assert is_free_day(date(2029, 5, 11), put_on_a_par=PUT_ON_A_PAR | {date(2029, 5, 11)})


def test_the_next_and_previous_working_day_may_be_the_day_itself() -> None:
    assert next_working_day(date(2025, 4, 17)) == date(2025, 4, 17)
    assert next_working_day(date(2025, 4, 18)) == date(2025, 4, 22)
    assert previous_working_day(date(2025, 4, 21)) == date(2025, 4, 17)
    assert previous_working_day(date(2025, 4, 22)) == date(2025, 4, 22)


@given(DAYS)
def test_nothing_between_a_day_and_its_working_day_was_workable(day: date) -> None:
    after = next_working_day(day)

    assert not is_free_day(after)
    assert all(is_free_day(day + timedelta(days=n)) for n in range((after - day).days))


@pytest.mark.parametrize(
    ("day", "open_for_banks"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 4, 3), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 27), True),
        (date(2026, 5, 1), False),
        (date(2026, 5, 5), True),
        (date(2026, 5, 14), True),
        (date(2026, 5, 25), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 28), True),
    ],
)
def test_banks_keep_another_calendar(day: date, open_for_banks: bool) -> None:
    assert is_bank_day(day) is open_for_banks


@pytest.mark.parametrize("year", range(2014, 2061))
def test_an_independent_calendar_of_the_banks_agrees(year: int) -> None:
    closed = set(holidays.financial_holidays("XECB", years=year))  # type: ignore[attr-defined]
    weekdays = (day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).year == year and day.weekday() < 5)

    assert {day for day in weekdays if not is_bank_day(day)} == {day for day in closed if day.weekday() < 5}


@pytest.mark.parametrize("day", sorted(PUT_ON_A_PAR))
def test_days_put_on_a_par_are_weekdays_that_no_calendar_holds_by_itself(day: date) -> None:
    assert day.weekday() < 5
    assert day not in general_holidays(day.year)
    assert is_free_day(day)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 4, 7), date(2026, 4, 2)),
        (date(2026, 4, 8), date(2026, 4, 7)),
        (date(2026, 1, 2), date(2025, 12, 31)),
    ],
)
def test_the_payment_order_leaves_a_bank_day_earlier(day: date, before: date) -> None:
    assert previous_bank_day(day) == before
