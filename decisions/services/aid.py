"""Test a case for state aid, and keep the register of de-minimis aid to each undertaking.

Lock order: ceiling, application, undertaking, event chain (decision record 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from applicants.models import Applicant
from decisions import aid, interest
from decisions.aid_guards import AidFacts
from decisions.models import AidTest, Beschikking, DeMinimisEntry, Undertaking, UndertakingLink, UndertakingMember
from decisions.models.aid import KIND_OF
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import ActError, Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.law import de_minimis, state_aid
from grants.schemes.freedays import put_on_a_par


class NotAnswered(ActError):
    """The tree has a question that is not answered yet, or an answer without its reason; `str()` names it."""


class SignedAlready(ActError):
    def __init__(self) -> None:
        super().__init__("Er is al een besluit ondertekend dat op de toets rust. Laat dat eerst teruggeven, en toets dan opnieuw.")


class UnknownApplicant(ActError):
    def __init__(self) -> None:
        super().__init__("Van deze zaak is de aanvrager niet bekend. Zonder aanvrager is er geen de-minimissteun vast te leggen.")


class AlreadyTogether(ActError):
    def __init__(self) -> None:
        super().__init__("Dit bedrijf hoort al bij deze onderneming.")


class LinkRefused(ActError):
    def __init__(self) -> None:
        super().__init__("U mag niet wijzigen welke bedrijven bij elkaar horen. Dit mag: behandelaar van een regeling waarbij deze onderneming een zaak heeft.")


LINKERS = frozenset({Role.CASE_HANDLER})
"""Who says which companies are one undertaking."""


def may_link(undertaking_id: UUID, user: User) -> bool:
    """Does this person handle cases of a scheme in which a company of the undertaking has one?"""
    return Undertaking.objects.with_a_case_for(user, LINKERS).filter(id=undertaking_id).exists()


def record_test(
    *, application_id: UUID, answers: Mapping[str, bool], why: Mapping[str, str], actor: Actor, reference: str = "", day: date | None = None
) -> AidTest:
    """Keep a walk through the test tree as a new version (T75). Raises NotAnswered, SignedAlready and what the door raises."""
    day = day or clock.today()
    outcome = state_aid.walk(answers, why)
    if outcome.verdict is None:
        raise NotAnswered(f"Beantwoord de vraag: {outcome.next.text if outcome.next else ''}")
    if not outcome.steps[-1].explanation:
        raise NotAnswered(f"Schrijf op waarom u dit antwoord geeft: {outcome.steps[-1].question.text}")
    if outcome.steps[-1].question.reference and outcome.steps[-1].answer and not reference.strip():
        raise NotAnswered(outcome.steps[-1].question.reference)
    with recording():
        application = locked_case(application_id)
        if Beschikking.objects.filter(application=application, state=Beschikking.State.SIGNED).exists():
            raise SignedAlready
        number = AidTest.objects.filter(application=application).count() + 1
        known = Facts(state_aid=outcome.verdict, interest_refusal=interest.refusal(application, actor.person))
        event = perform(application, "test_state_aid", known, actor, day, Mark(data={"number": number, "verdict": outcome.verdict}))
        if outcome.verdict in KIND_OF:
            member_for(application)
        return AidTest.objects.create(
            application=application, event_id=event.id, number=number, verdict=outcome.verdict, reference=reference.strip()[:200],
            answers=[{"key": s.question.key, "answer": s.answer, "why": s.explanation} for s in outcome.steps],
            tested_by=actor.person, tested_on=day,
        )


def member_for(application: Application) -> UndertakingMember:
    """The applicant as a part of its undertaking; made on first need, as an undertaking of its own. Raises UnknownApplicant."""
    applicant: Applicant | None = application.applicant
    if applicant is None:
        raise UnknownApplicant
    known: UndertakingMember | None = aid.member_of(applicant)
    if known is not None:
        return known
    own = {"kvk_number": applicant.kvk_number} if applicant.kvk_number else {"applicant": applicant}
    try:
        with transaction.atomic():
            made: UndertakingMember = UndertakingMember.objects.create(undertaking=Undertaking.objects.create(), name=applicant.name, **own)
    except IntegrityError:  # somebody else was first
        made = UndertakingMember.objects.get(aid.member_is(applicant))
    return made


def lock_undertaking(application: Application) -> UUID | None:
    """Lock the undertaking of the applicant, so that two grants to it wait for each other; None when this is no de-minimis aid.

    After the case, before the event chain. Waiting for the lock, the company may have moved to another undertaking: look again.
    """
    if aid.verdict_of(application) not in KIND_OF:
        return None
    member = member_for(application)
    while True:
        Undertaking.objects.select_for_update().get(id=member.undertaking_id)
        now: UUID = UndertakingMember.objects.values_list("undertaking_id", flat=True).get(pk=member.pk)
        if now == member.undertaking_id:
            return now
        member.undertaking_id = now


def decision_sent(application: Application, decision: Beschikking, change: Decimal, day: date) -> None:
    """Enter the de-minimis aid of a decision that takes effect on `day`, or lower what was entered before.

    `change` is by how much the decision changes the subsidy. Runs inside the dispatch, under the lock on the undertaking.
    """
    kind = KIND_OF.get(aid.verdict_of(application))
    if change > 0 and kind is not None:
        _enter(application, decision, member_for(application), kind, change, day, day)
    elif change < 0:
        _lower(application, decision, -change, day)


def _lower(application: Application, decision: Beschikking, less: Decimal, day: date) -> None:
    """Take back the latest aid first; each correction bears the day of the aid that it lowers."""
    left: dict[tuple[date, UndertakingMember, str], Decimal] = {}
    for entry in aid.counting().filter(application=application, decision__isnull=False).select_related("member").order_by("granted_on"):
        key = (entry.granted_on, entry.member, entry.kind)
        left[key] = left.get(key, ZERO) + entry.amount
    for (granted_on, member, kind), amount in reversed(left.items()):
        part = min(amount, less)
        if part > 0:
            _enter(application, decision, member, kind, -part, granted_on, day)
            less -= part


def _enter(
    application: Application, decision: Beschikking, member: UndertakingMember, kind: str, amount: Decimal, granted_on: date, day: date
) -> None:
    entry = DeMinimisEntry(
        application=application, decision=decision, member=member, kind=kind, amount=amount, granted_on=granted_on,
        report_by=de_minimis.report_by(day, put_on_a_par()),
    )
    perform_beside(entry, "enter_de_minimis", AidFacts(), Actor.system(), day, _mark(entry))


def declare(*, application_id: UUID, actor: Actor, values: Mapping[str, Any], day: date | None = None) -> DeMinimisEntry:
    """Keep what the applicant declares to have had from another authority (T77): `values` are the columns of the entry."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        member = member_for(application)
        Undertaking.objects.select_for_update().get(id=member.undertaking_id)
        entry = DeMinimisEntry(application=application, member=member, **values)
        perform_beside(entry, "declare_de_minimis", AidFacts(granted_on=entry.granted_on), actor, day, _mark(entry))
    return entry


def step(*, entry_id: UUID, act: str, actor: Actor, reason: str = "", register_number: str = "", day: date | None = None) -> DeMinimisEntry:
    """Report an entry to the central register, take that back, or withdraw a declaration (T78, T79, T79b). Raises ActError."""
    day = day or clock.today()
    with recording():
        application = locked_case(DeMinimisEntry.objects.values_list("application_id", flat=True).get(id=entry_id))
        entry: DeMinimisEntry = DeMinimisEntry.objects.select_for_update().get(id=entry_id)
        entry.application = application
        entry.reason = reason.strip()[:300] or entry.reason
        if act == "report_de_minimis":
            entry.reported_on, entry.register_number = day, register_number.strip()[:60]
        elif act == "undo_report_of_de_minimis":
            entry.reported_on, entry.register_number = None, ""
        perform_beside(entry, act, AidFacts(reason=reason), actor, day, _mark(entry))
    return entry


def _mark(entry: DeMinimisEntry) -> Mark:
    """The amount of an event is never below zero: a correction says how much it takes off."""
    return Mark(amount=entry.amount) if entry.amount > 0 else Mark(data={"lowers_by": str(-entry.amount)})


def link(*, undertaking_id: UUID, kvk_number: str, name: str, source: str, actor: Actor) -> UndertakingMember:
    """Put a company into an undertaking, with the source that shows it; its aid comes along. Raises AlreadyTogether or LinkRefused."""
    if not may_link(undertaking_id, actor.person):
        raise LinkRefused
    with transaction.atomic():
        member = UndertakingMember.objects.filter(kvk_number=kvk_number).first()
        locked = sorted({undertaking_id, *([member.undertaking_id] if member else [])})
        list(Undertaking.objects.select_for_update().filter(id__in=locked).order_by("id"))
        if member is None:
            member = UndertakingMember.objects.create(undertaking_id=undertaking_id, kvk_number=kvk_number, name=name[:200])
        else:
            member.refresh_from_db()
            if member.undertaking_id == undertaking_id:
                raise AlreadyTogether
        _move(member, undertaking_id, source, actor)
    return member


def separate(*, member_id: int, source: str, actor: Actor) -> UndertakingMember:
    """Make a company an undertaking of its own again; its own aid goes with it. Raises LinkRefused."""
    with transaction.atomic():
        member = UndertakingMember.objects.get(id=member_id)
        if not may_link(member.undertaking_id, actor.person):
            raise LinkRefused
        Undertaking.objects.select_for_update().get(id=member.undertaking_id)
        _move(member, Undertaking.objects.create().pk, source, actor)
    return member


def _move(member: UndertakingMember, undertaking_id: UUID, source: str, actor: Actor) -> None:
    member.undertaking_id = undertaking_id
    member.save(update_fields=["undertaking"])
    UndertakingLink.objects.create(
        member=member, undertaking_id=undertaking_id, source=source.strip()[:300], linked_by=actor.person, linked_on=clock.today()
    )
