"""Move the end of a running decision term, where the law or the ordinance lets us: a notice, an extension, a suspension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from grants.applications import deadlines
from grants.applications.correspondence import send_plain
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, Deadline
from grants.applications.services.locking import locked_case
from grants.applications.term_changes import TermChange
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording

Kind = TermChange.Kind


def running_term(application: Application) -> Deadline | None:
    """The decision term that we must keep now: on the account when that is in, else on the application."""
    return deadlines.current(application, deadlines.SETTLEMENT) or deadlines.current(application, deadlines.DECISION)


def delay_notice(
    *, application_id: UUID, reason: str, actor: Actor, until: date | None = None, weeks: int = 0, mandate_refusal: str | None = None,
    day: date | None = None,
) -> Application:
    """Tell that the decision comes later (T11). With `weeks` it is an extension that the ordinance gives, which moves the
    term; with `until` only a notice (Awb 4:14(1)), which moves nothing. Raises Refused.
    """
    day = day or clock.today()
    kind = Kind.EXTENSION if weeks else Kind.NOTICE
    with recording():
        application = locked_case(application_id)
        term = running_term(application)
        allowed = application.definition.terms.extension_weeks if term is None or term.rule == deadlines.DECISION else 0
        facts = Facts(
            reason=reason, term_kind=kind, term_until=until, term_weeks=weeks, term_due_on=term.last_day if term else application.decision_due_on,
            extension_weeks=allowed if term else 0, mandate_refusal=mandate_refusal,
            already_extended=term is not None and term.changes.filter(kind=Kind.EXTENSION).exists(),
        )
        before = term.last_day if term else application.decision_due_on
        event = perform(application, "delay_notice", facts, actor, day, Mark(data={"kind": str(kind)}))
        if term is not None:
            TermChange.objects.create(deadline=term, event_id=event.id, kind=kind, first_day=day, last_day=until, weeks=weeks, evidence=reason)
            deadlines.recount(application, term.rule)
            application.save()
            term.refresh_from_db()
        new_end = term.last_day if weeks and term is not None else until
        send_plain(application, event, "L06", day, reason=reason, before=before, until=new_end, formal=bool(weeks))
    return application


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension as a person enters it. Agreed: both days; other kinds: the last day stays open while the reason lasts."""

    kind: str
    first_day: date
    last_day: date | None = None
    evidence: str = ""


def suspend(*, application_id: UUID, pause: Pause, actor: Actor, day: date | None = None) -> TermChange:
    """Suspend the running decision term (T62). An agreed delay counts at once, another kind when it ends. Raises Refused."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        term = running_term(application)
        open_ones = TermChange.objects.filter(deadline=term, kind=pause.kind, last_day__isnull=True) if term else TermChange.objects.none()
        facts = Facts(
            reason=pause.evidence, received_on=term.starts_on if term else None, term_running=term is not None,
            term_due_on=term.last_day if term and not open_suspensions(application).exists() else None, term_kind=pause.kind,
            term_first_day=pause.first_day, term_until=pause.last_day,
            already_suspended=open_ones.exists(),
        )
        event = perform(application, "suspend_term", facts, actor, day, Mark(data={"kind": pause.kind}))
        assert term is not None, "a guard asks for a running term"
        before = term.last_day
        change = TermChange.objects.create(
            deadline=term, event_id=event.id, kind=pause.kind, first_day=pause.first_day, last_day=pause.last_day, evidence=pause.evidence
        )
        _tell(application, term, event=event, change=change, before=before, day=day)
    return change


def can_stand_still(application: Application, day: date) -> bool:
    """Does a decision term run that can be suspended from `day`? Not one that is over; one that stands still for another reason is not over."""
    term = running_term(application)
    return term is not None and term.starts_on < day and (day <= term.last_day or open_suspensions(application).exists())


def end_suspension(*, application_id: UUID, change_id: int, last_day: date, actor: Actor, day: date | None = None) -> TermChange:
    """A suspension ended (T63): its days are counted, and the applicant hears the new last day (Awb 4:15(4)). Raises Refused."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        change = open_suspensions(application).filter(id=change_id).select_related("deadline").first()
        facts = Facts(term_first_day=change.first_day if change else None, term_until=last_day)
        event = perform(application, "end_suspension", facts, actor, day)
        assert change is not None, "a guard asks for an open suspension"
        before = change.deadline.last_day
        change.last_day, change.ended_by_id = last_day, event.id
        change.save()
        _tell(application, change.deadline, event=event, change=change, before=before, day=day)
    return change


def open_suspensions(application: Application) -> QuerySet[TermChange]:
    """Suspensions of running terms that have not ended."""
    return TermChange.objects.filter(
        deadline__application=application, deadline__ended_by__isnull=True, last_day__isnull=True, kind__in=TermChange.SUSPENSIONS
    )


def _tell(application: Application, term: Deadline, *, event: Event, change: TermChange, before: date, day: date) -> None:
    deadlines.recount(application, term.rule)
    application.save()
    term.refresh_from_db()
    send_plain(
        application, event, "L06", day, reason=f"{change.get_kind_display().capitalize()}.", before=before,
        until=None if change.is_open else term.last_day, formal=True, since=change.first_day,
    )
