"""The legal clock: from an event to the last day of a term, explained line by line with articles.

Order: count the length and the suspended days first, then apply the Algemene termijnenwet (Atw) once. Days
are calendar dates in the Netherlands; an act on the last day itself is in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from grants.law.days import (
    ONE_DAY,
    PUT_ON_A_PAR,
    free_day_name,
    is_free_day,
    next_working_day,
    previous_working_day,
)
from grants.law.formats import long_date
from grants.law.rules import Rule, SuspensionKind, Unit, find_rule

SHORTEST_FOR_TWO_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Suspension:
    """A period that does not count, both days included. `last_day` on the eve of `first_day` means: no days
    at all.
    """

    kind: SuspensionKind
    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", SuspensionKind(self.kind))
        if self.last_day < self.first_day - ONE_DAY:
            raise ValueError("Een opschorting kan niet eindigen voordat zij begint.")

    @property
    def days(self) -> int:
        """How many days it holds, whether or not a term runs in it."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation: what happens (plain Dutch), on which article, and the day it leads to."""

    step: str
    article: str
    date: date


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


def completion_suspension(requested_on: date, completed_on: date, *, last_day_counts: bool = False) -> Suspension:
    """Waiting for completion (Awb 4:15(1)(a)): from the day after the invitation up to, not including,
    completion.

    Completed on the same or the next day: no days. For an unused recovery term, pass its last day as
    `completed_on`: the cautious reading, in which that day already counts for the authority.
    `last_day_counts=True` is the other reading, with one suspended day more. Raises ValueError when
    completion comes before the invitation.
    """
    if completed_on < requested_on:
        raise ValueError("De aanvulling kan niet vóór het verzoek om aanvulling liggen.")
    last = completed_on if last_day_counts else completed_on - ONE_DAY
    return Suspension(SuspensionKind.COMPLETION, requested_on + ONE_DAY, max(last, requested_on))


def agreed_suspension(first_day: date, last_day: date) -> Suspension:
    """A delay the applicant agreed to in writing (Awb 4:15(2)(a)): every day of the agreed period, both ends
    included.
    """
    if last_day < first_day:
        raise ValueError("Een afgesproken uitstel kan niet eindigen voordat het begint.")
    return Suspension(SuspensionKind.AGREED, first_day, last_day)


def atw_last_day(start: date, raw_end: date, overrides: Collection[date] = PUT_ON_A_PAR) -> date:
    """The end after the Atw: off a free day (1(1)), and with at least two working days in a term of three or
    more (2).

    `start` is the day of the event, which does not count. Only for terms that the Atw covers.
    """
    last = next_working_day(raw_end, overrides)
    if (raw_end - start).days < SHORTEST_FOR_TWO_WORKING_DAYS:
        return last
    while _working_days(start, last, overrides) < 2:
        last = next_working_day(last + ONE_DAY, overrides)
    return last


def legal_days_last_day(start: date, days: int, overrides: Collection[date] = PUT_ON_A_PAR) -> date:
    """The last day of a term of so many days (1 to 90) that a law sets, counted from the day after `start`
    (Atw 1, 2, 4).
    """
    if not 1 <= days <= 90:
        raise ValueError("The Atw covers terms in days from 1 to 90")
    return atw_last_day(start, start + timedelta(days=days), overrides)


def compute(
    rule_id: str,
    start: date,
    *,
    suspensions: Iterable[Suspension] = (),
    overrides: Collection[date] = PUT_ON_A_PAR,
    weeks: int | None = None,
) -> Term:
    """The last day of the term that starts the day after `start`.

    Suspended days are counted once, however many suspensions cover them, and only as far as the term still
    runs: what lies on or before `start`, or begins after the raw end, changes nothing. That holds for days
    which only the Atw added too: the cautious reading, since it never gives a later day than the other one.
    `overrides` are the days put on a par with a holiday by decree (Atw 3(3)). `weeks` is only for terms whose
    length an ordinance or a letter sets. Raises UnknownRuleError, or ValueError for a suspension that the law
    does not know for this term.
    """
    rule = find_rule(rule_id, start, weeks=weeks)
    intervals = sorted(suspensions, key=lambda item: (item.first_day, item.last_day, item.kind))
    for item in intervals:
        if rule.suspension_article(item.kind) is None:
            raise ValueError(f"De {rule.title} kan niet worden opgeschort om deze reden ({item.kind}).")
    nominal = _nominal_end(rule, start)
    stops = _stops(start, nominal, intervals)
    raw_end = stops[-1].end if stops else nominal
    last_day = _moved(rule, start, raw_end, overrides)
    deadline = previous_working_day(last_day, overrides)
    steps = [_opening(rule, start), _counting(rule, nominal)]
    steps += _suspension_steps(rule, stops)
    steps += _closing(rule, raw_end, last_day, deadline, overrides)
    return Term(rule, start, raw_end, last_day, sum(stop.added for stop in stops), tuple(steps), deadline)


def _nominal_end(rule: Rule, start: date) -> date:
    """Same weekday (weeks) or same date number (years; else the last day of that month), without suspension
    or Atw.
    """
    if rule.unit is Unit.YEARS:
        length: timedelta | relativedelta = relativedelta(years=rule.length)
    elif rule.unit is Unit.HOURS:
        length = timedelta(hours=rule.length) // ONE_DAY * ONE_DAY
    else:
        length = timedelta(days=rule.length * (7 if rule.unit is Unit.WEEKS else 1))
    return start - length if rule.backward else start + length


@dataclass(frozen=True, slots=True)
class _Stop:
    """What one suspension adds to a running term, and the end of the term after it."""

    suspension: Suspension
    added: int
    end: date


def _stops(start: date, nominal: date, intervals: list[Suspension]) -> list[_Stop]:
    """The union of the intervals (sorted by first day), walked once.

    An interval that begins while the term runs counts to its own end, because each of its days moves the end
    too.
    """
    stops: list[_Stop] = []
    end, covered = nominal, start
    for item in intervals:
        added = 0
        if item.first_day <= end and item.last_day > covered:
            added = (item.last_day - max(item.first_day - ONE_DAY, covered)).days
            covered = item.last_day
            end += timedelta(days=added)
        stops.append(_Stop(item, added, end))
    return stops


def _moved(rule: Rule, start: date, raw_end: date, overrides: Collection[date]) -> date:
    if rule.under_atw:
        return atw_last_day(start, raw_end, overrides)
    return next_working_day(raw_end, overrides) if rule.on_working_day else raw_end


def _working_days(after: date, last: date, overrides: Collection[date]) -> int:
    return sum(not is_free_day(after + timedelta(days=n), overrides) for n in range(1, (last - after).days + 1))


UNIT_NAMES = {
    Unit.HOURS: ("uur", "uur"),
    Unit.DAYS: ("dag", "dagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.YEARS: ("jaar", "jaar"),
}
KIND_NAMES = {
    SuspensionKind.COMPLETION: "de aanvulling is afgewacht",
    SuspensionKind.FOREIGN_INFORMATION: "informatie uit het buitenland is afgewacht",
    SuspensionKind.AGREED: "de aanvrager heeft schriftelijk met uitstel ingestemd",
    SuspensionKind.ATTRIBUTABLE: "de vertraging komt door de aanvrager",
    SuspensionKind.FORCE_MAJEURE: "er is overmacht",
    SuspensionKind.BIBOB: "het advies van het Landelijk Bureau Bibob is afgewacht",
}


def _amount(number: int, unit: Unit) -> str:
    return f"{number} {UNIT_NAMES[unit][number != 1]}"


def _opening(rule: Rule, start: date) -> Step:
    if rule.backward:
        return Step(f"Terugtellen vanaf {rule.start_event}: {long_date(start)}.", rule.article, start)
    if rule.unit is Unit.HOURS:
        return Step(f"De uren tellen vanaf {rule.start_event}: {long_date(start)}.", rule.article, start)
    first = start + ONE_DAY
    text = f"De dag zelf telt niet mee. De eerste dag is de dag na {rule.start_event} ({long_date(start)}): {long_date(first)}."
    return Step(text, rule.article, first)


def _counting(rule: Rule, nominal: date) -> Step:
    length = _amount(rule.length, rule.unit)
    if rule.backward:
        return Step(f"{length} eerder is {long_date(nominal)}.", rule.article, nominal)
    if rule.unit is Unit.HOURS:
        text = f"{length} later is {long_date(nominal)}, op hetzelfde tijdstip."
        return Step(text, rule.article, nominal)
    return Step(f"De {rule.title} is {length} en loopt tot en met {long_date(nominal)}.", rule.article, nominal)


def _suspension_steps(rule: Rule, stops: list[_Stop]) -> list[Step]:
    """One line per suspension with the days it adds; a day that an earlier line counted is left out."""
    steps: list[Step] = []
    for stop in stops:
        item, added, end = stop.suspension, stop.added, stop.end
        if item.days == 0:
            text = "De aanvulling kwam zo snel dat er geen dagen wegvallen."
        else:
            why = KIND_NAMES[item.kind]
            last_stop = long_date(item.last_day)
            period = f"Van {long_date(item.first_day)} tot en met {last_stop} staat de termijn stil: {why}."
            effect = f"Dat geeft {_amount(added, Unit.DAYS)} extra: {long_date(end)}."
            nothing = "Dat geeft geen extra dagen: die dagen telden al, of de termijn liep toen niet."
            text = f"{period} {effect if added else nothing}"
        steps.append(Step(text, rule.suspension_article(item.kind) or "", end))
    return steps


def _closing(rule: Rule, raw_end: date, last_day: date, deadline: date, overrides: Collection[date]) -> list[Step]:
    steps: list[Step] = []
    free = free_day_name(raw_end, overrides)
    day = long_date(raw_end)
    if last_day != raw_end and not rule.under_atw:
        text = f"{day} is {free}. Wij kiezen daarom de volgende werkdag: {long_date(last_day)}."
        steps.append(Step(text, "geen wettelijke regel, maar dienstverlening", last_day))
    elif last_day != raw_end and free is not None:
        text = f"{day} is {free}. De termijn loopt door tot en met de volgende werkdag: {long_date(last_day)}."
        steps.append(Step(text, "artikel 1, eerste lid, Algemene termijnenwet", last_day))
    elif last_day != raw_end:
        until = long_date(last_day)
        text = f"In de termijn zitten minder dan twee werkdagen. Daarom loopt hij door tot en met {until}."
        steps.append(Step(text, "artikel 2 Algemene termijnenwet", last_day))
    elif free is not None and not rule.under_atw:
        text = f"{day} is {free}. Dat verschuift de termijn niet: {_why_fixed(rule)}."
        steps.append(Step(text, _fixed_by(rule), last_day))
    steps.append(Step(f"De laatste dag is {long_date(last_day)}.", rule.article, last_day))
    if deadline != last_day:
        text = f"De laatste werkdag voor die tijd is {long_date(deadline)}."
        steps.append(Step(text, "werkafspraak", deadline))
    return steps


def _why_fixed(rule: Rule) -> str:
    if rule.backward:
        return "er wordt teruggeteld vanaf een gebeurtenis"
    if rule.unit in (Unit.YEARS, Unit.HOURS) or (rule.unit is Unit.WEEKS and rule.length > 12):
        return "de Algemene termijnenwet geldt niet voor een termijn van deze lengte"
    if rule.id == "PENALTY_42D":
        return "de wet sluit de Algemene termijnenwet hier uit"
    if rule.id == "OBJ_ADJOURN_6W":
        return "wij rekenen hier voorzichtig zonder de Algemene termijnenwet"
    return "de termijn staat niet in een wet, dus de Algemene termijnenwet geldt niet"


def _fixed_by(rule: Rule) -> str:
    if rule.backward:
        return "artikel 1, tweede lid, Algemene termijnenwet"
    if rule.unit in (Unit.YEARS, Unit.HOURS) or (rule.unit is Unit.WEEKS and rule.length > 12):
        return "artikel 4 Algemene termijnenwet"
    if rule.id == "PENALTY_42D":
        return rule.article
    return "artikel 1 Algemene termijnenwet"
