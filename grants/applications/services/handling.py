"""What a case handler does with a received application, and the acts that need no more than a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from grants.applications import deadlines
from grants.applications.correspondence import send_plain
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, ApplicationGoal, Submission
from grants.applications.services.assigning import keep_handler
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording


def request_completion(
    *, application_id: UUID, items: tuple[str, ...], actor: Actor, last_day: date | None = None, day: date | None = None,
    questions: tuple[str, ...] = (),
) -> Application:
    """Ask for what is missing (T05): the decision term stands still from the next day.

    `questions` are the keys of those that the applicant may answer again; their names go into the event, no answers.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        last_day = last_day or deadlines.own_last_day(day, application.definition.terms.recovery_weeks)
        facts = Facts(missing_items=items, term_last_day=last_day, decision_due_on=application.decision_due_on)
        event = perform(application, "request_completion", facts, actor, day, Mark(data={"items": len(items), **({"questions": list(questions)} if questions else {})}))
        deadlines.start_own(application, event, "RECOVERY_TERM", day, last_day)
        send_plain(application, event, "L03", day, items=items, last_day=last_day)
    return application


def recovery_lapsed(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """The recovery term passed unused (T07): the clock runs again, and four weeks start (Awb 4:5(4))."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        request = deadlines.current(application, "RECOVERY_TERM")
        last_day = request.last_day if request else None
        event = perform(application, "recovery_lapsed", Facts(term_last_day=last_day), actor, day)
        deadlines.resume(application, event, deadlines.DECISION)
        deadlines.start(application, event, "NOT_HANDLED_4W", last_day or day)
        application.save()
    return application


def mark_complete(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """All green (T10). The day on which the completed application was received ranks it."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        last = application.submissions.exclude(kind=Submission.Kind.VIEW).order_by("-received_at").first()
        completed = clock.legal_day(last.received_at) if last else application.received_on
        application.complete_on = max(application.received_on or day, completed or day)
        event = perform(application, "mark_complete", Facts(), actor, day)
        if application.definition.terms.starts_from == "complete_receipt":
            deadlines.start_decision(application, event, application.complete_on)
        deadlines.end(application, event, "NOT_HANDLED_4W")
        application.save()
        keep_handler(application, actor, day)
    return application


def send_reminder(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """The account of the activity is late (T26): a new term (Awb 4:44(3))."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        last_day = deadlines.own_last_day(day, application.definition.terms.reminder_weeks)
        event = perform(application, "send_reminder", Facts(report_due_on=application.report_due_on), actor, day)
        deadlines.start_own(application, event, "REPORT_REMINDER", day, last_day)
        send_plain(application, event, "L15", day, last_day=last_day)
    return application


def request_report_completion(*, application_id: UUID, items: tuple[str, ...], actor: Actor, day: date | None = None) -> Application:
    """Ask for what the account lacks (T27)."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        last_day = deadlines.own_last_day(day, application.definition.terms.recovery_weeks)
        facts = Facts(missing_items=items, term_last_day=last_day)
        event = perform(application, "request_report_completion", facts, actor, day)
        deadlines.start_own(application, event, "RECOVERY_TERM_REPORT", day, last_day)
        send_plain(application, event, "L03b", day, items=items, last_day=last_day)
    return application


def report_lapsed(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """The term for completing the account passed (T28)."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        request = deadlines.current(application, "RECOVERY_TERM_REPORT")
        event = perform(application, "report_lapsed", Facts(term_last_day=request.last_day if request else None), actor, day)
        deadlines.resume(application, event, deadlines.SETTLEMENT)
    return application


def correct_labels(
    *, application_id: UUID, goals: tuple[str, ...], area: str, reason: str, actor: Actor, day: date | None = None
) -> Application:
    """Correct the goals and the area that figures count by (T41): an event of its own; the earlier one stays.

    The first of `goals` is the main goal; `area` is its code, or '' for none.
    """
    with recording():
        application = locked_case(application_id)
        application.area_id = area or None
        application.goal_links.all().delete()
        ApplicationGoal.objects.bulk_create(
            ApplicationGoal(application=application, goal_id=code, is_main=position == 0) for position, code in enumerate(goals)
        )
        perform(application, "correct_labels", Facts(reason=reason), actor, day or clock.today())
    return application


def _proposed_by(application: Application) -> int | None:
    """Who last proposed to forward this application; None when nobody did."""
    return application.chain.events.filter(act="propose_forward").order_by("-position").values_list("actor_id", flat=True).first()


PLAIN_ACTS = {"propose_forward": "", "forward": "L02", "report_change": "L12", "reopen_assessment": ""}
"""Acts that need no more than a reason, and the letter that each brings."""


def act_with_reason(*, application_id: UUID, act: str, reason: str, actor: Actor, day: date | None = None) -> Event:
    """Do one of the plain acts. The reason goes into the letter; the event keeps no personal data."""
    if act not in PLAIN_ACTS:
        raise ValueError(f"{act} is not a plain act")
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        facts = Facts(reason=reason, actor_id=actor.user.pk if actor.user else None, proposed_by_id=_proposed_by(application))
        event = perform(application, act, facts, actor, day)
        if act == "forward":
            deadlines.end(application, event)
        if PLAIN_ACTS[act]:
            send_plain(application, event, PLAIN_ACTS[act], day, reason=reason)
    return event

