"""The terms of a case: started, suspended, resumed and ended by its acts. The counting itself is in `grants.law.terms`."""

from __future__ import annotations

from datetime import date, timedelta

from grants.applications.models import Application, Deadline
from grants.applications.term_changes import TermChange
from grants.kernel.models import Event
from grants.law.days import next_working_day
from grants.law.terms import Delay, Suspension, Term, completion_suspension
from grants.schemes.freedays import count, put_on_a_par
from grants.schemes.reading import arrangement_for

DECISION, SETTLEMENT = "DECISION", "SETTLEMENT"
OBJECTION = "OBJ_DECISION"
"""The name of the term to decide on an objection (Awb 7:10) in the list of terms of a case."""
REQUESTS = {DECISION: "RECOVERY_TERM", SETTLEMENT: "RECOVERY_TERM_REPORT"}
"""Which of our requests suspends which decision term (Awb 4:15(1)(a))."""

OURS = (DECISION, SETTLEMENT, "NOT_HANDLED_4W", "PENALTY_DECISION_2W", "OBJ_DECISION")
"""Terms within which we must act, and which end when we do."""


def start(application: Application, event: Event, rule: str, starts_on: date, *, weeks: int | None = None) -> Deadline:
    """Start a term of the catalogue in this case."""
    return _store(application, event, rule, count(rule, starts_on, weeks=weeks))


def start_as(application: Application, event: Event, rule: str, term: Term) -> Deadline:
    """Start a counted term under a name of its own, so that two terms of one rule can run in a case."""
    return _store(application, event, rule, term)


def start_own(application: Application, event: Event, rule: str, starts_on: date, last_day: date) -> Deadline:
    """Start a term that we set for the applicant, with its last day."""
    return Deadline.objects.create(
        application=application, event_id=event.id, rule=rule, starts_on=starts_on, raw_end=last_day, last_day=last_day,
        explanation=[{"step": "Termijn die wij hebben gesteld.", "article": "4:5 Awb", "date": last_day.isoformat()}],
    )


def start_decision(application: Application, event: Event, starts_on: date) -> None:
    """Start the decision term, and show its last day on the case."""
    weeks = application.definition.terms.decision_weeks
    term = count(f"DECISION_{weeks}W_ASV", starts_on)
    _store(application, event, DECISION, term)
    application.decision_due_on = term.last_day


def start_settlement(application: Application, event: Event, starts_on: date) -> None:
    weeks = application.definition.terms.settlement_weeks
    _store(application, event, SETTLEMENT, count(f"DECISION_{weeks}W_ASV", starts_on))


def start_progress(application: Application, event: Event, starts_on: date) -> None:
    """When the grant asks for reports on progress, the next one is due so many weeks on; none after the activity's end."""
    weeks = progress_weeks(application)
    last_day = starts_on + timedelta(weeks=weeks)
    if weeks and (application.activity_end is None or last_day < application.activity_end):
        Deadline.objects.create(
            application=application, event_id=event.id, rule="PROGRESS_DUE", starts_on=starts_on, raw_end=last_day, last_day=last_day,
            explanation=[{"step": f"Voortgang melden, elke {weeks} weken tijdens de activiteit.", "article": "4:37 Awb", "date": last_day.isoformat()}],
        )


def progress_weeks(application: Application) -> int:
    """Every how many weeks the grant asks for a report on progress; 0 for not at all."""
    if application.version is None or application.granted_amount is None:
        return 0
    arrangement = arrangement_for(application.version.definition, application.granted_amount)
    return (arrangement.progress_weeks or 0) if arrangement else 0


def own_last_day(sent_on: date, weeks: int) -> date:
    """The last day of a term that we set: whole weeks after sending, and then a working day."""
    return next_working_day(sent_on + timedelta(weeks=weeks), put_on_a_par())


def current(application: Application, rule: str) -> Deadline | None:
    """The running term of a rule, or None."""
    return application.deadlines.filter(rule=rule, ended_by__isnull=True).order_by("-starts_on", "-id").first()


def latest(application: Application, rule: str) -> Deadline | None:
    """The newest term of a rule, running or ended."""
    return application.deadlines.filter(rule=rule).order_by("-starts_on", "-id").first()


def end(application: Application, event: Event, *rules: str, day: date | None = None) -> None:
    """End the running terms of these rules (all when none is named)."""
    running = application.deadlines.filter(ended_by__isnull=True)
    if rules:
        running = running.filter(rule__in=rules)
    running.update(ended_by=event.id, ended_on=day or event.valid_on)


def resume(application: Application, event: Event, rule: str) -> None:
    """A request was answered or lapsed: end it, and count its suspension into the decision term."""
    request = REQUESTS[rule]
    open_request = current(application, request)
    if open_request is not None:
        completed = min(event.valid_on, open_request.last_day)
        end(application, event, request, day=completed)
    recount(application, rule)


def recount(application: Application, rule: str) -> None:
    """Count a running decision term anew, with everything that moved it until now."""
    running = current(application, rule)
    if running is None:
        return
    changes = [found for change in TermChange.objects.filter(deadline=running) if (found := change.as_law()) is not None]
    suspensions = [*_suspensions(application, REQUESTS[rule]), *(c for c in changes if isinstance(c, Suspension))]
    delays = [c for c in changes if isinstance(c, Delay)]
    term = count(_rule_of(application, rule), running.starts_on, suspensions=suspensions, delays=delays)
    running.raw_end, running.last_day, running.suspended_days = term.raw_end, term.last_day, term.suspended_days
    running.explanation = explained(term)
    running.save()
    if rule == DECISION:
        application.decision_due_on = term.last_day


def explained(term: Term) -> list[dict[str, str]]:
    return [{"step": s.step, "article": s.article, "date": s.date.isoformat() if s.date else ""} for s in term.explanation]


def _rule_of(application: Application, rule: str) -> str:
    terms = application.definition.terms
    return f"DECISION_{terms.decision_weeks if rule == DECISION else terms.settlement_weeks}W_ASV"


def _suspensions(application: Application, request: str) -> list[Suspension]:
    rows = application.deadlines.filter(rule=request, ended_on__isnull=False).values_list("starts_on", "ended_on")
    found = (completion_suspension(asked, answered) for asked, answered in rows)
    return [suspension for suspension in found if suspension is not None]


def _store(application: Application, event: Event, rule: str, term: Term) -> Deadline:
    return Deadline.objects.create(
        application=application,
        event_id=event.id,
        rule=rule,
        starts_on=term.start,
        raw_end=term.raw_end,
        last_day=term.last_day,
        suspended_days=term.suspended_days,
        explanation=explained(term),
    )
