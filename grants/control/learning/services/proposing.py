"""Stories come in: from a report whose writer agreed to share them, from an answer to an open question, from a partner in an area."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from grants.applications.models import Application, Submission
from grants.control.learning.codes import joined
from grants.control.learning.errors import NotNow
from grants.control.learning.models import Lesson, LessonProposal, ProposalStep
from grants.control.learning.services.versions import forget_concepts, keep_version, note_step
from grants.kernel import clock, outbox
from grants.kernel.models import Event, User

TOPIC = "control.lesson_proposal"
REPORTING = frozenset({"submit_report", "complete_report"})
ANSWERS = {"what_worked": "wat_werkte", "what_did_not": "wat_werkte_niet", "advice": "tip_andere_buurt"}
"""Field of a proposal -> key of the question in a report."""
CONSENT, YES = "delen_toegestaan", "ja"
State, Act = LessonProposal.State, ProposalStep.Act
LONGEST = 6000
MOST_WAITING = 20
"""So many answers of one person may wait; more is a nuisance to who must read them."""


def reports_came_in(events: list[Event]) -> None:
    """Ask for the story of each report just recorded. The work is done after the commit: it can never stop a report from coming in."""
    reported = [event.id for event in events if event.act in REPORTING]
    if not reported:
        return
    for pk, event_id, answers in Submission.objects.filter(event__in=reported).values_list("pk", "event_id", "answers"):
        if CONSENT in answers:
            outbox.enqueue(TOPIC, key=str(pk), payload={"submission": pk}, event_id=event_id)


@outbox.handler(TOPIC)
def do_take_up(payload: dict[str, Any]) -> None:
    take_up(submission_id=payload["submission"])


@transaction.atomic
def take_up(*, submission_id: int) -> LessonProposal | None:
    """Make or renew the proposal of a case from a report. The newest report counts: a "nee" takes an earlier "ja" back.

    Again with the same or an older report it changes nothing. Gives None when there is nothing to share.
    """
    submission = Submission.objects.select_related("event__actor", "application").filter(pk=submission_id).first()
    if submission is None or CONSENT not in submission.answers:
        return None
    proposal = LessonProposal.objects.select_for_update().filter(application=submission.application_id).first()
    if proposal is not None and proposal.sequence is not None and proposal.sequence >= submission.event.sequence:
        return proposal
    if _text(submission.answers.get(CONSENT)).casefold() != YES:
        if proposal is not None:
            proposal.sequence, proposal.submission = submission.event.sequence, submission
            _take_consent_back(proposal, submission.event.actor)
        return proposal
    return _renew(proposal, submission)


def _renew(proposal: LessonProposal | None, submission: Submission) -> LessonProposal | None:
    given = {field: _text(submission.answers[key]) for field, key in ANSWERS.items() if key in submission.answers}
    if proposal is None:
        if not any(given.values()):
            return None
        proposal = LessonProposal(source=LessonProposal.Source.REPORT, application=submission.application)
    was = {field: getattr(proposal, field) for field in ANSWERS}
    is_new, was_withdrawn = proposal.pk is None, proposal.state == State.WITHDRAWN
    proposal.submission, proposal.sequence = submission, submission.event.sequence
    if is_new or was_withdrawn or {**was, **given} != was:
        for field, text in given.items():
            setattr(proposal, field, text)
        _label(proposal, submission.application)
        proposal.state, proposal.received_at = State.WAITING, submission.received_at
        proposal.withdrawn_at, proposal.emptied_on, proposal.decided_by, proposal.decided_at, proposal.reason = None, None, None, None, ""
    proposal.save()
    if is_new or {**was, **given} != was or was_withdrawn:
        note_step(proposal, Act.RECEIVED if is_new else Act.CHANGED, submission.event.actor)
    return proposal


def _label(proposal: LessonProposal, application: Application) -> None:
    proposal.scheme_id, proposal.area_id, proposal.municipality_id = application.scheme_id, application.area_id, application.municipality_id
    links = application.goal_links.order_by("-is_main", "id").values_list("goal_id", flat=True)
    proposal.goals = joined(links)


@transaction.atomic
def contribute(*, question_id: UUID, text: str, by: User) -> LessonProposal:
    """Answer an open question. It waits for a policy officer like all others. Raises NotNow."""
    question = Lesson.objects.open_questions().filter(pk=question_id).first()
    if question is None:
        raise NotNow(_("Deze vraag staat niet meer open. Kijk bij de andere open vragen."))
    if LessonProposal.objects.filter(contributed_by=by, state=State.WAITING).count() >= MOST_WAITING:
        raise NotNow(_("Er wachten al %(most)d antwoorden van u. Wacht tot wij die hebben gelezen.") % {"most": MOST_WAITING})
    proposal = LessonProposal.objects.create(
        source=LessonProposal.Source.CONTRIBUTION, contributed_by=by, answers=question, advice=text.strip()[:LONGEST], themes=question.themes,
        goals=question.goals, municipality_id=question.municipality_id, area_id=question.area_id, received_at=clock.now(),
    )
    note_step(proposal, Act.RECEIVED, by)
    return proposal


@transaction.atomic
def withdraw_consent(*, proposal_id: int, by: User) -> LessonProposal:
    """The giver takes the story back, before or after publishing: its text is removed, and its lessons leave the site at once."""
    proposal = LessonProposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.state != State.WITHDRAWN:
        _take_consent_back(proposal, by)
    return proposal


def _take_consent_back(proposal: LessonProposal, by: User | None) -> None:
    if proposal.state == State.WITHDRAWN:
        proposal.save()
        return
    proposal.state, proposal.withdrawn_at = State.WITHDRAWN, clock.now()
    proposal.what_worked = proposal.what_did_not = proposal.advice = ""
    proposal.save()
    note_step(proposal, Act.WITHDRAWN, by)
    for lesson in proposal.lessons.select_for_update().exclude(state=Lesson.State.TAKEN_BACK):
        lesson.state = Lesson.State.TAKEN_BACK
        keep_version(lesson, "consent_withdrawn", by)
    forget_concepts([proposal.pk])


def _text(value: Any) -> str:
    return str(value).strip()[:LONGEST] if isinstance(value, str | bool) else ""
