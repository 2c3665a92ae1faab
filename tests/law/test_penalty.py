"""The penalty for deciding too late."""

from datetime import date
from decimal import Decimal

import pytest

from grants.law.errors import LawError, PenaltyRateError
from grants.law.penalty import equal_shares, grounds_article, penalty_amount, penalty_days, penalty_timeline, premature_notice

TERM_END = date(2026, 5, 29)
NOTICE = date(2026, 6, 1)


def test_v38_from_notice_to_penalty_decision() -> None:
    line = penalty_timeline(NOTICE, term_last_day=TERM_END)

    assert (line.two_weeks_end, line.first_day) == (date(2026, 6, 15), date(2026, 6, 16))
    assert (line.last_day, line.decide_by) == (date(2026, 7, 27), date(2026, 8, 10))


def test_the_other_reading_starts_a_day_earlier() -> None:
    line = penalty_timeline(date(2026, 6, 2), term_last_day=TERM_END, receipt_day_counts=True)

    assert line.first_day == date(2026, 6, 16)
    assert line.last_day == date(2026, 7, 27)


def test_two_weeks_that_end_in_a_weekend_run_on_to_monday_but_the_penalty_days_do_not() -> None:
    line = penalty_timeline(date(2026, 6, 6), term_last_day=TERM_END)

    assert line.two_weeks_end == date(2026, 6, 22)
    assert line.last_day == date(2026, 8, 3)
    assert penalty_timeline(date(2026, 5, 8), term_last_day=date(2026, 5, 7)).last_day == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("days", "euros"),
    [(0, 0), (1, 23), (14, 322), (15, 357), (28, 812), (29, 857), (42, 1442), (43, 1442)],
)
def test_v40_the_penalty_climbs_in_three_steps(days: int, euros: int) -> None:
    assert penalty_amount(days, notice_received_on=NOTICE) == Decimal(euros)


@pytest.mark.parametrize(
    ("received_on", "euros"),
    [(date(2018, 12, 30), 1260), (date(2018, 12, 31), 1260), (date(2019, 1, 1), 1442)],
)
def test_the_amounts_are_those_of_the_day_the_notice_came(received_on: date, euros: int) -> None:
    assert penalty_amount(42, notice_received_on=received_on) == euros


def test_before_the_penalty_existed_there_is_no_amount() -> None:
    with pytest.raises(PenaltyRateError) as refused:
        penalty_amount(1, notice_received_on=date(2009, 9, 30))

    assert refused.value.day == date(2009, 9, 30)


def test_there_are_no_negative_days() -> None:
    with pytest.raises(LawError):
        penalty_amount(-1, notice_received_on=NOTICE)


def test_several_applicants_share_the_penalty_to_the_cent() -> None:
    assert equal_shares(Decimal("1442"), 3) == (Decimal("480.67"), Decimal("480.67"), Decimal("480.66"))
    assert equal_shares(Decimal("23"), 1) == (Decimal("23.00"),)
    with pytest.raises(LawError):
        equal_shares(Decimal("23"), 0)


def test_the_grounds_for_no_penalty_moved_up_a_paragraph_in_2026() -> None:
    assert grounds_article(date(2025, 12, 31)) == "artikel 4:17, zesde lid, Awb"
    assert grounds_article(date(2026, 1, 1)) == "artikel 4:17, vijfde lid, Awb"


@pytest.mark.parametrize(
    ("received_on", "premature"),
    [(date(2026, 5, 28), True), (date(2026, 5, 29), True), (date(2026, 5, 30), False)],
)
def test_a_notice_counts_only_after_the_last_day_of_the_term(received_on: date, premature: bool) -> None:
    assert (premature_notice(received_on, term_last_day=TERM_END) is not None) is premature


def test_a_premature_notice_starts_nothing_and_names_the_day_from_which_one_counts() -> None:
    with pytest.raises(ValueError, match="30 mei 2026"):
        penalty_timeline(TERM_END, term_last_day=TERM_END)


@pytest.mark.parametrize(
    ("today", "made_known_on", "days"),
    [
        (date(2026, 6, 15), None, 0),
        (date(2026, 6, 16), None, 1),
        (date(2026, 7, 27), None, 42),
        (date(2026, 7, 28), None, 42),
        (date(2026, 7, 1), date(2026, 6, 16), 0),
        (date(2026, 7, 1), date(2026, 6, 17), 1),
        (date(2026, 7, 1), date(2026, 5, 30), 0),
    ],
)
def test_days_run_until_the_decision_is_made_known(today: date, made_known_on: date | None, days: int) -> None:
    line = penalty_timeline(NOTICE, term_last_day=TERM_END)

    assert penalty_days(line, today=today, made_known_on=made_known_on) == days
