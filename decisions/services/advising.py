"""Ask for advice, give it, or take the question back (A01 to A03). Each is one act by `perform_beside`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from decisions import interest
from decisions.advice_guards import AdviceFacts
from decisions.models import AdviceRequest
from grants.applications.beside import perform_beside
from grants.applications.models import Application, Document
from grants.applications.services.locking import locked_case
from grants.kernel import clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.models import Event, User
from grants.kernel.recording import recording


def ask(
    *, application_id: UUID, kind: str, about: str, question: str, due_on: date, actor: Actor, adviser: User | None = None,
    expert_name: str = "", organisation: str = "", basis: str = "", documents: Iterable[UUID] = (), day: date | None = None,
) -> AdviceRequest:
    """Ask one adviser (A01). Only documents of this very case go along; the adviser sees no others.

    Raises Refused without a question, an adviser or a day, and for a colleague with an interest in the case.
    """
    day = day or clock.today()
    inside = kind == AdviceRequest.Kind.COLLEAGUE
    with recording():
        application = locked_case(application_id)
        request = AdviceRequest(
            application=application, kind=kind, about=about, adviser=adviser if inside else None,
            expert_name="" if inside else expert_name.strip(), organisation="" if inside else organisation.strip(),
            basis=basis.strip() if kind == AdviceRequest.Kind.STATUTORY else "", question=question.strip(), due_on=due_on,
            asked_by=actor.person, asked_on=day,
        )
        facts = AdviceFacts(
            question=request.question, is_outside=not inside, is_statutory=kind == AdviceRequest.Kind.STATUTORY,
            adviser_id=request.adviser_id, actor_id=actor.person.pk, expert_name=request.expert_name, organisation=request.organisation,
            basis=request.basis, interest_refusal=_interest(application, request), due_on=due_on,
        )
        event = perform_beside(request, "ask_advice", facts, actor, day)
        request.documents.set(Document.objects.filter(application=application, id__in=list(documents)))
        if request.adviser_id is not None:
            _tell(request.adviser_id, request, event)
    return request


def give(*, request_id: UUID, answer: str, actor: Actor, answered_on: date | None = None, day: date | None = None) -> AdviceRequest:
    """Give the advice, or note what an adviser outside wrote and when it came (A02). The adviser's access ends here."""
    day = day or clock.today()
    with recording():
        request = _locked(request_id)
        given = answered_on if request.is_outside and answered_on is not None else day
        facts = AdviceFacts(
            answer=answer, asked_on=request.asked_on, answered_on=given, interest_refusal=_interest(request.application, request)
        )
        request.answer, request.answered_on = answer.strip(), given
        event = perform_beside(request, "give_asked_advice", facts, actor, day)
        if request.asked_by_id != actor.person.pk:
            _tell(request.asked_by_id, request, event)
    return request


def withdraw(*, request_id: UUID, reason: str, actor: Actor, day: date | None = None) -> AdviceRequest:
    """Take the question back (A03); the adviser's access ends."""
    with recording():
        request = _locked(request_id)
        request.reason = reason.strip()[:300]
        perform_beside(request, "withdraw_advice", AdviceFacts(reason=reason), actor, day or clock.today())
    return request


def note_seen(*, request_id: UUID, actor: Actor) -> None:
    """The one who asked has read the answer; it leaves the list of news."""
    AdviceRequest.objects.filter(id=request_id, asked_by=actor.person, state="answered", seen_on=None).update(seen_on=clock.today())


def _locked(request_id: UUID) -> AdviceRequest:
    application = locked_case(AdviceRequest.objects.values_list("application_id", flat=True).get(id=request_id))
    request: AdviceRequest = AdviceRequest.objects.select_for_update(of=("self",)).select_related("adviser").get(id=request_id)
    request.application = application
    return request


def _interest(application: Application, request: AdviceRequest) -> str | None:
    return interest.refusal(application, request.adviser) if request.adviser is not None else None


def _tell(user_id: int, request: AdviceRequest, event: Event) -> None:
    outbox.enqueue(
        "decisions.advice", key=f"{request.id}:{request.state}", payload={"user": user_id, "state": request.state}, event_id=event.id
    )
