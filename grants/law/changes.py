"""What changes the end of a term while it runs: suspensions (Awb 4:15), and letters about delay (4:14).

Everything is walked once, in the order of the calendar, so that the order in which a caller hands things in
does not matter and a day is never counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from grants.law.days import ONE_DAY
from grants.law.errors import LawError, NotDelayableError, NotSuspendableError, PeriodError
from grants.law.rules import DelayKind, Rule, SuspensionKind


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
            raise PeriodError("Een opschorting kan niet eindigen voordat zij begint.", self.first_day, self.last_day)

    @property
    def days(self) -> int:
        """How many days it holds, whether or not a term runs in it."""
        return (self.last_day - self.first_day).days + 1


def completion_suspension(requested_on: date, completed_on: date, *, last_day_counts: bool = False) -> Suspension:
    """Waiting for completion (Awb 4:15(1)(a)): from the day after the invitation up to, not including,
    completion.

    Completed on the same or the next day: no days. For an unused recovery term, pass its last day as
    `completed_on`: the cautious reading, in which that day already counts for the authority.
    `last_day_counts=True` is the other reading, with one suspended day more. Raises PeriodError when
    completion comes before the invitation.
    """
    if completed_on < requested_on:
        raise PeriodError("De aanvulling kan niet vóór het verzoek om aanvulling liggen.", requested_on, completed_on)
    last = completed_on if last_day_counts else completed_on - ONE_DAY
    return Suspension(SuspensionKind.COMPLETION, requested_on + ONE_DAY, max(last, requested_on))


def agreed_suspension(first_day: date, last_day: date) -> Suspension:
    """A delay the applicant agreed to in writing (Awb 4:15(2)(a)): every day of the agreed period, both ends
    included. The consent must be given before the term ended: a term that is over cannot be put off.
    Raises PeriodError for a period that runs backwards.
    """
    if last_day < first_day:
        raise PeriodError("Een afgesproken uitstel kan niet eindigen voordat het begint.", first_day, last_day)
    return Suspension(SuspensionKind.AGREED, first_day, last_day)


@dataclass(frozen=True, slots=True)
class Delay:
    """A letter that says the decision comes later. Build it with one of the three functions below.

    `until` is the day it names; `weeks` is what an extension adds.
    """

    kind: DelayKind
    sent_on: date
    until: date | None = None
    weeks: int = 0


def delay_notice(sent_on: date, until: date) -> Delay:
    """We will be late, and say when the decision comes (Awb 4:14(1)).

    For a term that a regulation sets. It moves nothing: the term ends when it ends and the penalty runs.
    """
    return Delay(DelayKind.NOTICE, sent_on, until)


def new_term(sent_on: date, until: date) -> Delay:
    """A reasonable new last day, named within the eight weeks (Awb 4:14(3)).

    Only where no regulation sets a term. The day counts as the letter names it: it stands in no law, so the
    Atw does not move it. Raises PeriodError for a day before the letter.
    """
    if until < sent_on:
        raise PeriodError("De nieuwe datum kan niet vóór de brief liggen.", sent_on, until)
    return Delay(DelayKind.NEW_TERM, sent_on, until)


def extension(sent_on: date, weeks: int) -> Delay:
    """The ordinance lets us lengthen the term, and we told the applicant before it ended. Weeks: one or more.

    Whether the ordinance allows so many weeks, and whether it allows it twice, is for the caller to check.
    """
    if weeks < 1:
        raise LawError("Een verlenging is ten minste één week.")
    return Delay(DelayKind.EXTENSION, sent_on, weeks=weeks)


@dataclass(frozen=True, slots=True)
class Change:
    """What one suspension or letter did. `days` is what it added; `end` the raw end of the term after it."""

    cause: Suspension | Delay
    days: int
    end: date


@dataclass(frozen=True, slots=True)
class Walk:
    """All changes in calendar order. `moved_by_atw` is False when a letter set the end and no law did."""

    changes: tuple[Change, ...]
    end: date
    moved_by_atw: bool

    @property
    def suspended_days(self) -> int:
        """Days that suspensions added: the union, not the sum."""
        return sum(change.days for change in self.changes if isinstance(change.cause, Suspension))


def walk(
    rule: Rule,
    start: date,
    nominal: date,
    suspensions: Iterable[Suspension],
    delays: Iterable[Delay],
    moved: Callable[[date], date],
) -> Walk:
    """The end of a term after everything that happened to it; `moved` says where the Atw puts a raw end.

    A suspended day counts when it falls in the running term: after `start`, and on or before the raw end as
    it then stands. Days that only the Atw added do not count: the cautious reading. An agreed delay is the
    exception: it may also follow on the last day, since it is that day which the applicant agreed to put off. A letter counts when it was sent on or before the last day of the term as it then stood. Nothing here
    ever makes the end earlier. Raises NotSuspendableError or NotDelayableError for what the law does not know
    for this term.
    """
    letters = list(delays)
    named_on = {letter.sent_on for letter in letters if letter.kind is DelayKind.NEW_TERM}
    events: list[Suspension | Delay] = [*_cut(suspensions, named_on), *letters]
    events.sort(key=_calendar_order)
    for event in events:
        _require_known(rule, event)
    changes: list[Change] = []
    end, covered, under_atw = nominal, start, rule.under_atw
    for event in events:
        last_day = moved(end) if under_atw else end
        days = 0
        if isinstance(event, Suspension):
            first_new = max(event.first_day, covered + ONE_DAY)
            agreed = event.kind is SuspensionKind.AGREED
            reach = max(last_day, covered) + ONE_DAY if agreed else end
            if first_new <= min(reach, event.last_day):
                days = (event.last_day - first_new).days + 1
                covered = event.last_day
        elif event.sent_on <= last_day and event.kind is DelayKind.EXTENSION:
            days = 7 * event.weeks
        elif event.sent_on <= last_day and event.kind is DelayKind.NEW_TERM and event.until is not None:
            days = max(0, (event.until - end).days)
            under_atw = under_atw and event.until <= last_day
        end += timedelta(days=days)
        changes.append(Change(event, days, end))
    return Walk(tuple(changes), end, under_atw)


def _cut(suspensions: Iterable[Suspension], days: Collection[date]) -> Iterator[Suspension]:
    """Each suspension in the parts before and after a letter that names a new end: the day it names already
    takes in what went before, and what comes after stops the new term.
    """
    for item in suspensions:
        first = item.first_day
        for day in sorted(days):
            if first <= day < item.last_day:
                yield Suspension(item.kind, first, day)
                first = day + ONE_DAY
        yield Suspension(item.kind, first, item.last_day)


def _calendar_order(event: Suspension | Delay) -> tuple[date, bool, date, str, int]:
    """By day; on one day suspensions first, because an agreed delay keeps a term alive for a letter."""
    if isinstance(event, Suspension):
        return event.first_day, False, event.last_day, event.kind, 0
    return event.sent_on, True, event.until or event.sent_on, event.kind, event.weeks


def _require_known(rule: Rule, event: Suspension | Delay) -> None:
    if isinstance(event, Suspension):
        if rule.suspension_article(event.kind) is None:
            raise NotSuspendableError(rule.id, rule.title, event.kind)
    elif rule.delay_article(event.kind) is None:
        raise NotDelayableError(rule.id, rule.title, event.kind)
