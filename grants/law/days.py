"""Which days count: general holidays (Algemene termijnenwet, article 3), working days, and the bank days of
TARGET.

Three calendars that differ: a legal term moves over the holidays of the Atw; staff works on the same days;
money moves on bank days, which know 1 May but neither Koningsdag nor Ascension Day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from dateutil.easter import easter

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
FIRST_KINGS_DAY: Final = 2014

# Days put on a par with a general holiday by royal decree (Atw 3(3)). There is no formula: each decree lists
# its days, so callers hand in their own table when a new decree appears.
PUT_ON_A_PAR: Final[frozenset[date]] = frozenset(
    {
        date(2023, 4, 28), date(2023, 5, 19),
        date(2024, 5, 10), date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2), date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28), date(2028, 5, 26),
    }
)  # fmt: skip


@lru_cache(maxsize=64)
def general_holidays(year: int) -> Mapping[date, str]:
    """The general holidays of one year with their Dutch names (Atw 3(1), and Good Friday by 3(2)).

    5 May is one every year. Two may fall on one day (Ascension Day on 5 May 2016): then one name is shown.
    """
    sunday = easter(year)
    names = {
        date(year, 1, 1): "Nieuwjaarsdag",
        sunday - 2 * ONE_DAY: "Goede Vrijdag",
        sunday + ONE_DAY: "tweede paasdag",
        kings_day(year): "Koningsdag" if year >= FIRST_KINGS_DAY else "Koninginnedag",
        date(year, 5, 5): "Bevrijdingsdag",
        sunday + 39 * ONE_DAY: "Hemelvaartsdag",
        sunday + 50 * ONE_DAY: "tweede pinksterdag",
        date(year, 12, 25): "eerste kerstdag",
        date(year, 12, 26): "tweede kerstdag",
    }
    return MappingProxyType(names)


def kings_day(year: int) -> date:
    """27 April, or the day before when that is a Sunday; until 2013 it was 30 April, moved likewise."""
    day = date(year, 4, 27) if year >= FIRST_KINGS_DAY else date(year, 4, 30)
    return day - ONE_DAY if day.weekday() > SATURDAY else day


def free_day_name(day: date, put_on_a_par: Collection[date] = PUT_ON_A_PAR) -> str | None:
    """Why this day is no working day, in Dutch words ("Goede Vrijdag", "een zaterdag"); None for a working
    day.
    """
    holiday = general_holidays(day.year).get(day)
    if holiday is not None:
        return holiday
    if day in put_on_a_par:
        return "een dag die bij koninklijk besluit gelijkstaat met een feestdag"
    if day.weekday() >= SATURDAY:
        return "een zaterdag" if day.weekday() == SATURDAY else "een zondag"
    return None


def is_free_day(day: date, put_on_a_par: Collection[date] = PUT_ON_A_PAR) -> bool:
    """A Saturday, Sunday, general holiday, or a day put on a par with one (Atw 1(1) and 3)."""
    return free_day_name(day, put_on_a_par) is not None


def next_working_day(day: date, put_on_a_par: Collection[date] = PUT_ON_A_PAR) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while is_free_day(day, put_on_a_par):
        day += ONE_DAY
    return day


def previous_working_day(day: date, put_on_a_par: Collection[date] = PUT_ON_A_PAR) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while is_free_day(day, put_on_a_par):
        day -= ONE_DAY
    return day


def is_bank_day(day: date) -> bool:
    """A day on which TARGET settles. Closed: weekends, 1 January, Good Friday, Easter Monday, 1 May, 25 and
    26 December.
    """
    sunday = easter(day.year)
    closed = {
        date(day.year, 1, 1),
        sunday - 2 * ONE_DAY,
        sunday + ONE_DAY,
        date(day.year, 5, 1),
        date(day.year, 12, 25),
        date(day.year, 12, 26),
    }
    return day.weekday() < SATURDAY and day not in closed


def previous_bank_day(day: date) -> date:
    """The last bank day before this day, never the day itself.

    A sum is paid when the creditor's account is credited (Awb 4:89), so the order leaves a bank day earlier.
    """
    day -= ONE_DAY
    while not is_bank_day(day):
        day -= ONE_DAY
    return day
