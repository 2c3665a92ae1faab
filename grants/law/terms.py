"""The legal clock: from an event to the last day of a term, explained line by line with articles.

Order: count the length and the suspended days first, then apply the Algemene termijnenwet (Atw) once. Days
are calendar dates in the Netherlands; an act on the last day itself is in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from grants.law.changes import (
    Delay,
    Suspension,
    Walk,
    agreed_suspension,
    completion_suspension,
    delay_notice,
    extension,
    new_term,
    walk,
)
from grants.law.days import ONE_DAY, PUT_ON_A_PAR, is_free_day, next_working_day, previous_working_day
from grants.law.errors import LawError
from grants.law.explanations import Step, explain
from grants.law.rules import Rule, SuspensionKind, Unit, find_rule

__all__ = [
    "Delay",
    "Rule",
    "Step",
    "Suspension",
    "SuspensionKind",
    "Term",
    "agreed_suspension",
    "atw_last_day",
    "completion_suspension",
    "compute",
    "delay_notice",
    "extension",
    "find_rule",
    "legal_days_last_day",
    "new_term",
]

SHORTEST_FOR_TWO_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A computed term. `raw_end` is before the Atw; `working_deadline` is the last working day on or before
    `last_day`.
    """

    rule: Rule
    start: date
    raw_end: date
    last_day: date
    suspended_days: int
    explanation: tuple[Step, ...]
    working_deadline: date


def atw_last_day(start: date, raw_end: date, overrides: Collection[date] = PUT_ON_A_PAR) -> date:
    """The end after the Atw: off a free day (1(1)), and with at least two working days in a term of three or
    more (2).

    `start` is the day of the event, which does not count. Only for terms that the Atw covers.
    """
    last = next_working_day(raw_end, overrides)
    if (raw_end - start).days < SHORTEST_FOR_TWO_WORKING_DAYS:
        return last
    while not _holds_two_working_days(start, last, overrides):
        last = next_working_day(last + ONE_DAY, overrides)
    return last


def legal_days_last_day(start: date, days: int, overrides: Collection[date] = PUT_ON_A_PAR) -> date:
    """The last day of a term of so many days (1 to 90) that a law sets, counted from the day after `start`
    (Atw 1, 2, 4).
    """
    if not 1 <= days <= 90:
        raise LawError("The Atw covers terms in days from 1 to 90")
    return atw_last_day(start, start + timedelta(days=days), overrides)


def compute(
    rule_id: str,
    start: date,
    *,
    suspensions: Iterable[Suspension] = (),
    delays: Iterable[Delay] = (),
    overrides: Collection[date] = PUT_ON_A_PAR,
    weeks: int | None = None,
    months: int | None = None,
) -> Term:
    """The last day of the term that starts the day after `start`.

    Suspended days are counted once, however many suspensions cover them, and only as far as the term still
    runs; `walk` in `changes` says which days those are, and what a letter about delay does. `overrides` are
    the days put on a par with a holiday by decree (Atw 3(3)). `weeks` and `months` are only for terms whose
    length an ordinance or a letter sets. Raises a LawError: an unknown term, a length that is not to be
    chosen, or a suspension or letter that the law does not know for this term.
    """
    rule = find_rule(rule_id, start, weeks=weeks, months=months)

    def moved(raw_end: date) -> date:
        return _moved(rule, start, raw_end, overrides)

    nominal = _nominal_end(rule, start)
    walked = walk(rule, start, nominal, suspensions, delays, moved)
    last_day = moved(walked.end) if _may_move(rule, walked) else walked.end
    deadline = previous_working_day(last_day, overrides)
    steps = explain(rule, start, nominal, walked, last_day, deadline, overrides)
    return Term(rule, start, walked.end, last_day, walked.suspended_days, steps, deadline)


def _nominal_end(rule: Rule, start: date) -> date:
    """Same weekday (weeks) or same date number (months, years; else the last day of that month), without
    suspension or Atw.
    """
    length: timedelta | relativedelta
    if rule.unit is Unit.YEARS:
        length = relativedelta(years=rule.length)
    elif rule.unit is Unit.MONTHS:
        length = relativedelta(months=rule.length)
    elif rule.unit is Unit.HOURS:
        length = timedelta(hours=rule.length) // ONE_DAY * ONE_DAY
    else:
        length = timedelta(days=rule.length * (7 if rule.unit is Unit.WEEKS else 1))
    return start - length if rule.backward else start + length


def _may_move(rule: Rule, walked: Walk) -> bool:
    """A free day moves the end by law, or by our own service; never when a letter named the day."""
    return walked.moved_by_atw if rule.under_atw else rule.on_working_day


def _moved(rule: Rule, start: date, raw_end: date, overrides: Collection[date]) -> date:
    if rule.under_atw:
        return atw_last_day(start, raw_end, overrides)
    return next_working_day(raw_end, overrides) if rule.on_working_day else raw_end


def _holds_two_working_days(after: date, last: date, overrides: Collection[date]) -> bool:
    """Stops looking at the second one, so that a term of centuries costs no more than one of weeks."""
    days = (after + timedelta(days=n) for n in range(1, (last - after).days + 1))
    working = (day for day in days if not is_free_day(day, overrides))
    return next(working, None) is not None and next(working, None) is not None
