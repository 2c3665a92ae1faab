"""Assess a complete application, ask a view, and note why none is needed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from decisions import aid, bibob, interest, people
from decisions.models import Assessment, InterestDeclaration, View
from decisions.services import requesting
from grants.applications import deadlines
from grants.applications.correspondence import send_plain
from grants.applications.lifecycle.door import ActError, Refused, WrongStatus, act_named, can_start, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.applications.models import Application, Submission
from grants.applications.services.applying import freeze_submission
from grants.applications.services.assigning import hand_over
from grants.applications.services.locking import locked_case
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording


class NothingAsked(ActError):
    def __init__(self) -> None:
        super().__init__("Er is in deze zaak geen zienswijze gevraagd waarop nog geen reactie kwam.")


def save_assessment(*, application_id: UUID, actor: Actor, values: dict[str, Any], offer: bool = False) -> Assessment:
    """Keep the assessment form as far as it is filled in; `offer` hands it to the reviewer.

    Raises Refused when the form was kept and not offered: who has a sign of an interest declares first (Awb 2:4). Raises WrongStatus once the assessment is closed: what a decision rests on does not change (reopen it first, T13).
    """
    with recording():
        application = locked_case(application_id)
        if not can_start(application, "assess"):
            raise WrongStatus(act_named("assess"), application.status)
        assessment, _ = Assessment.objects.get_or_create(application=application, defaults={"handler": actor.person})
        for name, value in values.items():
            setattr(assessment, name, value)
        assessment.handler = actor.person
        if assessment.reviewer_id == actor.person.pk:
            assessment.reviewer = None
        said = values.get("has_interest")
        if said is not None and said != interest.declared(application, actor.person):
            declare_interest(application_id=application_id, has_interest=said, actor=actor)
        problem = interest.refusal(application, actor.person) if offer and not said else None
        assessment.offered_on = clock.today() if offer and problem is None else None
        assessment.save()
        # a substitute works on the case; it stays with who is away
        if application.handler_id != actor.person.pk and people.stands_in_for(application, actor) is None:
            hand_over(application, actor.user, actor, clock.today())
    if problem is not None:
        raise Refused(act_named("assess"), [Refusal(f"De beoordeling is bewaard, maar niet aangeboden. {problem}", "artikel 2:4 Awb")])
    return assessment


def declare_interest(*, application_id: UUID, has_interest: bool, actor: Actor, remark: str = "") -> InterestDeclaration:
    """Declare whether one has a personal interest in the case (Awb 2:4). The last declaration counts."""
    return InterestDeclaration.objects.create(
        application_id=application_id, user=actor.person, has_interest=has_interest, remark=remark, declared_on=clock.today()
    )


def confirm_assessment(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """The reviewer confirms the assessment (T12); another person than the handler."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        assessment = Assessment.objects.select_for_update().filter(application=application).first()
        same_desk = people.same_desk_refusal(actor.user, assessment.handler_id) if actor.user and assessment else None
        if same_desk:
            raise Refused(act_named("assess"), [Refusal(same_desk, "vierogenprincipe")])
        facts = Facts(
            complete_on=application.complete_on,
            assessment_complete=bool(assessment and assessment.is_whole),
            state_aid=aid.verdict_of(application),
            conflict_declared=assessment.has_interest if assessment else None,
            handler_id=assessment.handler_id if assessment else None,
            reviewer_id=actor.user.pk if actor.user else None,
            interest_refusal=_interest_in_assessing(application, actor, assessment),
            bibob_refusal=bibob.refusal(application, day),
        )
        perform(application, "assess", facts, actor, day)
        assert assessment is not None
        assessment.reviewer = actor.user
        assessment.save()
    return application


def _interest_in_assessing(application: Application, actor: Actor, assessment: Assessment | None) -> str | None:
    """Why the reviewer, or the handler whose assessment it is, keeps away from the case; None when nothing is in the way."""
    own = interest.refusal(application, actor.user) if actor.user else None
    if own is None and assessment is not None and interest.refusal(application, assessment.handler):
        return "De behandelaar moet eerst verklaren of er een persoonlijk belang is, of de zaak overdragen."
    return own


def ask_view(
    *, application_id: UUID, about: str, reason: str, actor: Actor, last_day: date | None = None, day: date | None = None
) -> View:
    """Ask the applicant's view of an intended adverse decision (T14, or beside the spine in a later state)."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        last_day = last_day or deadlines.own_last_day(day, application.definition.terms.view_weeks)
        act = "ask_view" if application.status == Status.ASSESSED else "ask_view_aside"
        event = perform(application, act, Facts(reason=reason), actor, day)
        view = View.objects.create(application=application, event_id=event.id, about=about, asked_on=day, last_day=last_day)
        deadlines.start_own(application, event, "VIEW_TERM", day, last_day)
        send_plain(application, event, "L07", day, intended=act_named(about).label, reason=reason, last_day=last_day)
    return view


def receive_view(*, application_id: UUID, text: str, actor: Actor, day: date | None = None) -> View:
    """The applicant's view came in (T15), with the files that were added to it."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        view = View.objects.select_for_update().filter(application=application, asked_on__isnull=False, received_on=None).last()
        if view is None:
            raise NothingAsked
        act = "view_received" if application.status == Status.AWAITING_VIEW else "receive_view_aside"
        event = perform(application, act, Facts(reason=text), actor, day)
        view.text, view.received_on = text, day
        view.save()
        freeze_submission(application, event, Submission.Kind.VIEW, {"view": text}, (), clock.moment_on(day))
        deadlines.end(application, event, "VIEW_TERM")
        requesting.view_is_over(application, day)
    return view


def view_lapsed(*, application_id: UUID, actor: Actor, day: date | None = None) -> Application:
    """Nobody reacted in time (T15)."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        term = deadlines.current(application, "VIEW_TERM")
        event = perform(application, "view_lapsed", Facts(term_last_day=term.last_day if term else None), actor, day)
        deadlines.end(application, event, "VIEW_TERM")
        requesting.view_is_over(application, day)
    return application


def note_view_not_required(*, application_id: UUID, about: str, reason: str) -> View:
    """Note the lawful reason for not asking a view (Awb 4:7, 4:8, 4:11 or 4:12(1))."""
    return View.objects.create(application_id=application_id, about=about, not_required=reason)
