"""The penalty for deciding too late (dwangsom, Awb 4:17 and 4:18): when it starts, what it comes to, when it
ends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from grants.law.amounts import CENT, ZERO, require_money
from grants.law.days import ONE_DAY, PUT_ON_A_PAR
from grants.law.errors import LawError, PenaltyRateError
from grants.law.formats import long_date
from grants.law.terms import atw_last_day, compute

LONGEST: Final = 42
RENUMBERED: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class PenaltyRate:
    """Euros per day, by decree indexed: so many days at so much, one step after the other.

    Valid for notices of default received from the one day to the other, both included.
    """

    valid_from: date
    valid_to: date | None
    steps: tuple[tuple[int, Decimal], ...]
    article: str


def _steps(first: int, second: int, third: int) -> tuple[tuple[int, Decimal], ...]:
    return (14, Decimal(first)), (14, Decimal(second)), (14, Decimal(third))


# Indexed once so far, by the regulation of 14 November 2018 (Stcrt. 2018, 65542). Its transition rule looks at the day
# on which the notice of default was received: of 2018, the old amounts; of 2019, the new ones.
PENALTY_RATES: Final[tuple[PenaltyRate, ...]] = (
    PenaltyRate(date(2009, 10, 1), date(2018, 12, 31), _steps(20, 30, 40), "artikel 4:17, tweede lid, Awb"),
    PenaltyRate(date(2019, 1, 1), None, _steps(23, 35, 45), "artikel 4:17, tweede lid, Awb"),
)


@dataclass(frozen=True, slots=True)
class PenaltyTimeline:
    """The days of one penalty. `decide_by` is the last day for the decision that fixes the full sum (Awb
    4:18).
    """

    two_weeks_end: date
    first_day: date
    last_day: date
    decide_by: date


def penalty_amount(days: int, *, notice_received_on: date, rates: Sequence[PenaltyRate] = PENALTY_RATES) -> Decimal:
    """Euros due after so many days (Awb 4:17(1) and (2)): at most 42 days count, weekends and holidays
    included.

    The rate is that of the day on which the notice of default was received. Raises LawError for a negative
    number of days, PenaltyRateError for a day without a rate.
    """
    if days < 0:
        raise LawError(f"days cannot be negative: {days}")
    amount, left = ZERO, min(days, LONGEST)
    for length, per_day in _rate(notice_received_on, rates).steps:
        counted = min(left, length)
        amount, left = amount + counted * per_day, left - counted
    return amount


def per_day_steps(notice_received_on: date) -> tuple[Decimal, ...]:
    """Euros per day in the first, second and third part of the penalty, for a notice of this day (Awb 4:17(2))."""
    return tuple(per_day for _length, per_day in _rate(notice_received_on, PENALTY_RATES).steps)


def _rate(day: date, rates: Sequence[PenaltyRate]) -> PenaltyRate:
    for rate in rates:
        if rate.valid_from <= day and (rate.valid_to is None or day <= rate.valid_to):
            return rate
    raise PenaltyRateError(day)


def equal_shares(amount: Decimal, applicants: int) -> tuple[Decimal, ...]:
    """The penalty of several applicants, in equal shares (Awb 4:17(6)).

    Euros in whole cents that add up to the sum: the cents which cannot be divided go to the first ones. Raises
    LawError when there is no applicant.
    """
    if applicants < 1:
        raise LawError("a penalty is due to at least one applicant")
    whole, over = divmod(int(require_money("amount", amount) * 100), applicants)
    return tuple((whole + (number < over)) * CENT for number in range(applicants))


def grounds_article(day: date) -> str:
    """Where the Awb says when no penalty is due: the fifth paragraph of 4:17, and the sixth before 2026."""
    paragraph = "vijfde" if day >= RENUMBERED else "zesde"
    return f"artikel 4:17, {paragraph} lid, Awb"


def premature_notice(received_on: date, *, term_last_day: date) -> str | None:
    """Why a notice of default starts nothing, in Dutch; None when it is valid.

    Valid only when received after the decision term ended (Awb 4:17(3), 6:12): the last day itself is too
    early.
    """
    if received_on > term_last_day:
        return None
    return (
        f"De ingebrekestelling kwam te vroeg: de beslistermijn loopt tot en met {long_date(term_last_day)}. "
        f"Vanaf {long_date(term_last_day + ONE_DAY)} kan een nieuwe ingebrekestelling worden gestuurd "
        "(artikel 4:17, derde lid, Awb)."
    )


def penalty_timeline(
    received_on: date,
    *,
    term_last_day: date,
    receipt_day_counts: bool = False,
    overrides: Collection[date] = PUT_ON_A_PAR,
) -> PenaltyTimeline:
    """From a valid notice of default, received on day D, to the last day of the penalty.

    By default the first day due is D + 15: two weeks pass fully after the day of receipt. With
    `receipt_day_counts` the day of receipt is day 1 of the two weeks and the first day due is D + 14, the
    reading in a summary of ECLI:NL:RVS:2010:BN5684. D + 15 can cost the citizen a day, so a lawyer chooses.
    The Atw moves the end of the two weeks and of the term to decide, never the 42 days (4:17(1)). Raises
    LawError for a premature notice.
    """
    problem = premature_notice(received_on, term_last_day=term_last_day)
    if problem is not None:
        raise LawError(problem)
    two_weeks_end = compute("DEFAULT_NOTICE_2W", received_on, overrides=overrides).last_day
    if receipt_day_counts:
        eve = received_on - ONE_DAY
        two_weeks_end = atw_last_day(eve, eve + timedelta(weeks=2), overrides)
    last_day = compute("PENALTY_42D", two_weeks_end, overrides=overrides).last_day
    decide_by = compute("PENALTY_DECISION_2W", last_day, overrides=overrides).last_day
    return PenaltyTimeline(two_weeks_end, two_weeks_end + ONE_DAY, last_day, decide_by)


def penalty_days(timeline: PenaltyTimeline, *, today: date, made_known_on: date | None = None) -> int:
    """How many days are due up to and including `today`: 0 to 42.

    The day on which the decision was made known is no day of default; nor is any day after it.
    """
    last = min(today, timeline.last_day)
    if made_known_on is not None:
        last = min(last, made_known_on - ONE_DAY)
    return max(0, (last - timeline.first_day).days + 1)
