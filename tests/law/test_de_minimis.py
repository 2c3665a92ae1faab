"""How much de-minimis aid an undertaking may still get: to the day, to the cent, over the registers together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from grants.law.de_minimis import Aid, NoCeilingError, ceiling_on, first_day_of_window, refusal, report_by, room_on
from grants.law.errors import LawError

DAY = date(2027, 6, 15)


def d(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("granted_on", "left"),
    [
        (date(2024, 6, 14), "300000.00"),  # a day more than three years ago
        (date(2024, 6, 15), "200000.00"),  # the same date three years ago: still counts
        (date(2024, 6, 16), "200000.00"),
        (date(2027, 6, 14), "200000.00"),
        (date(2027, 6, 15), "200000.00"),  # the day itself
        (date(2027, 6, 16), "300000.00"),  # not yet
    ],
)
def test_three_years_roll_with_the_day_of_the_grant(granted_on, left):
    assert room_on([Aid(granted_on, d("100000"))], DAY).left == d(left)


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2027, 1, 1), date(2024, 1, 1)), (date(2028, 2, 29), date(2025, 2, 28)), (date(2027, 2, 28), date(2024, 2, 28)), (date(2027, 3, 1), date(2024, 3, 1))],
)
def test_the_first_day_that_counts(day, first):
    assert first_day_of_window(day) == first


@pytest.mark.parametrize(
    ("before", "asked", "fits"),
    [
        ("0", "300000.00", True), ("0", "300000.01", False), ("299999.99", "0.01", True), ("299999.99", "0.02", False),
        ("300000.00", "0.00", True), ("300000.00", "0.01", False), ("300000.01", "0.00", True),
    ],
)
def test_the_ceiling_holds_to_the_cent(before, asked, fits):
    room = room_on([Aid(date(2026, 1, 1), d(before))], DAY)
    assert (refusal(d(asked), room) is None) is fits


def test_the_refusal_says_how_much_room_is_left():
    room = room_on([Aid(date(2026, 1, 1), d("299999.99"))], DAY)
    said = str(refusal(d("0.02"), room)).replace("\u00a0", " ")
    assert "nog ruimte voor € 0,01" in said and "€ 0,02 is te veel" in said
    assert "Sinds 15 juni 2024 kreeg zij € 299.999,99" in said and "€ 300.000,00 in drie jaar" in said


@pytest.mark.parametrize(
    ("kind", "day", "amount", "regulation"),
    [
        ("general", date(2023, 12, 31), 200_000, "Verordening (EU) nr. 1407/2013"),
        ("general", date(2024, 1, 1), 300_000, "Verordening (EU) 2023/2831"),
        ("general", date(2030, 12, 31), 300_000, "Verordening (EU) 2023/2831"),
        ("sgei", date(2023, 12, 31), 500_000, "Verordening (EU) nr. 360/2012"),
        ("sgei", date(2024, 1, 1), 750_000, "Verordening (EU) 2023/2832"),
    ],
)
def test_the_ceiling_is_that_of_the_day_of_the_grant(kind, day, amount, regulation):
    found = ceiling_on(kind, day)
    assert (found.amount, found.regulation) == (amount, regulation)


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2031, 1, 1)])
def test_outside_the_regulations_there_is_no_ceiling_to_guess(day):
    with pytest.raises(NoCeilingError, match="geen plafond"):
        room_on([], day)


@pytest.mark.parametrize(
    ("others", "general", "sgei"),
    [
        ([("agriculture", "20000"), ("fishery", "10000")], "270000.00", "720000.00"),
        ([("sgei", "400000")], "300000.00", "350000.00"),  # beside each other
        ([("sgei", "500000")], "250000.00", "250000.00"),  # together never over 750.000
        ([("sgei", "750000")], "0.00", "0.00"),
        ([("general", "300000"), ("sgei", "450000")], "0.00", "0.00"),
    ],
)
def test_aid_of_other_regulations_counts_along(others, general, sgei):
    aid = [Aid(date(2026, 1, 1), d(amount), kind) for kind, amount in others]
    assert room_on(aid, DAY).left == d(general)
    assert room_on(aid, DAY, "sgei").left == d(sgei)


def test_aid_of_another_member_state_has_a_ceiling_of_its_own():
    assert room_on([Aid(date(2026, 1, 1), d("100000"), "general", "DE")], DAY).left == d("300000.00")


def test_a_correction_gives_back_room_on_the_days_of_the_grant_it_corrects():
    aid = [Aid(date(2024, 6, 15), d("1000.50")), Aid(date(2024, 6, 15), d("-400.25"))]
    assert room_on(aid, DAY).counted == d("600.25")
    assert room_on(aid, date(2027, 6, 16)).counted == 0


def test_more_than_the_ceiling_leaves_nothing_and_not_less():
    room = room_on([Aid(date(2026, 1, 1), d("300000.01"))], DAY)
    assert (room.left, room.counted) == (0, d("300000.01"))


def test_a_part_of_a_cent_is_no_aid():
    with pytest.raises(LawError):
        room_on([Aid(date(2026, 1, 1), d("0.001"))], DAY)
    with pytest.raises(LawError):
        refusal(d("0.001"), room_on([], DAY))


@pytest.mark.parametrize(
    ("granted_on", "last_day"),
    [
        (date(2025, 12, 31), None),  # the register starts on 1 January 2026
        (date(2026, 1, 1), date(2026, 1, 30)),  # New Year, and 2 January by decree
        (date(2026, 3, 2), date(2026, 3, 30)),
        (date(2026, 3, 20), date(2026, 4, 21)),  # Good Friday and Easter Monday
    ],
)
def test_aid_is_in_the_register_within_twenty_working_days(granted_on, last_day):
    assert report_by(granted_on) == last_day
