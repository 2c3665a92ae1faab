"""What happens every day by itself: terms of the applicant that passed lapse, and terms of ours are signalled in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import structlog

from decisions import related
from decisions.models import DueSignal
from decisions.services import assessing, statement_reading
from grants.applications import deadlines, reminders
from grants.applications.files import checking, partial
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application, Deadline
from grants.applications.services import handling
from grants.applications.statuses import Status
from grants.kernel import checked, clock, outbox
from grants.kernel.actor import Actor

log = structlog.get_logger(__name__)

THEIRS = ("REPORT_DUE",)
"""A term of the recipient after which it is our turn: a reminder (T26), or a settlement of our own accord (T32)."""
STAGES = ((0, DueSignal.Stage.TODAY), (7, DueSignal.Stage.ONE_WEEK), (28, DueSignal.Stage.FOUR_WEEKS))


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did. `refused` are cases that could not lapse, with the reason; `reminders` e-mails to applicants."""

    lapsed: int
    signals: int
    refused: tuple[str, ...]
    reminders: int = 0


EveryDay = Callable[[date], None]
_every_day: list[EveryDay] = []


def every_day(work: EveryDay) -> None:
    """Let a higher floor do something every day; it must be safe to repeat on the same day."""
    if work not in _every_day:
        _every_day.append(work)


def run(day: date | None = None) -> Report:
    """Do the work of `day` (default today). A second run finds nothing more; each case is a transaction of its own."""
    day = day or clock.today()
    lapsed, refused = _lapse(day)
    related.index_missing()
    statement_reading.credit_what_arrived(day)
    partial.clear_abandoned()
    checking.ask_for_the_forgotten()
    checked.ask_for_the_forgotten()
    report = Report(lapsed, _signal(day), refused, reminders.run(day))
    for work in _every_day:
        work(day)
    return report


LAPSES: tuple[tuple[str, str, Callable[[Application, date], object]], ...] = (
    ("RECOVERY_TERM", Status.AWAITING_COMPLETION, lambda c, day: handling.recovery_lapsed(application_id=c.id, actor=Actor.system(), day=day)),
    ("VIEW_TERM", Status.AWAITING_VIEW, lambda c, day: assessing.view_lapsed(application_id=c.id, actor=Actor.system(), day=day)),
    ("RECOVERY_TERM_REPORT", Status.REPORT_INCOMPLETE, lambda c, day: handling.report_lapsed(application_id=c.id, actor=Actor.system(), day=day)),
)
"""A term that we set, the state in which the case waits for it, and what happens when it passed unused (T07, T15b, T28b)."""


def _lapse(day: date) -> tuple[int, tuple[str, ...]]:
    lapsed, refused = 0, []
    for rule, status, act in LAPSES:
        waiting = Application.objects.filter(
            status=status, deadlines__rule=rule, deadlines__ended_by__isnull=True, deadlines__last_day__lt=day
        ).distinct()
        for case in waiting.order_by("id").iterator(chunk_size=200):
            try:
                act(case, day)
                lapsed += 1
            except ActError as error:
                refused.append(f"{case.case_number}: {error}")
                log.warning("daily_lapse_refused", case=case.case_number, rule=rule, error=type(error).__name__)
    return lapsed, tuple(refused)


def stage_of(last_day: date, day: date) -> DueSignal.Stage | None:
    """How near the last day is; None when it is more than four weeks away."""
    left = (last_day - day).days
    if left < 0:
        return DueSignal.Stage.LATE
    return next((stage for most, stage in STAGES if left <= most), None)


def _signal(day: date) -> int:
    """Note each term of ours that reached a new stage; each handler gets one mail about all of them."""
    horizon = day + timedelta(days=STAGES[-1][0])
    rows = Deadline.objects.filter(rule__in=(*deadlines.OURS, *THEIRS), ended_by__isnull=True, last_day__lte=horizon).exclude(
        application__status=Status.CLOSED
    ).values_list("id", "rule", "last_day", "application__handler_id")
    known = set(DueSignal.objects.filter(deadline__ended_by__isnull=True).values_list("deadline_id", "stage", "last_day"))
    found, per_handler = [], Counter[int]()
    for deadline_id, rule, last_day, handler_id in rows.iterator(chunk_size=2000):
        stage = stage_of(last_day, day)
        if rule in THEIRS and stage is not DueSignal.Stage.LATE:
            continue
        if stage is None or (deadline_id, stage.value, last_day) in known:
            continue
        found.append(DueSignal(deadline_id=deadline_id, stage=stage, last_day=last_day, found_on=day))
        if handler_id is not None:
            per_handler[handler_id] += 1
    DueSignal.objects.bulk_create(found, ignore_conflicts=True, batch_size=1000)
    for handler_id, count in sorted(per_handler.items()):
        outbox.enqueue("decisions.due", key=f"{handler_id}:{day}", payload={"user": handler_id, "count": count})
    return len(found)
