"""Claim back what was paid too much: drafted by the decision that left less, fixed by a decision of its own (Awb 4:86)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from decisions.claim_letters import reminder
from decisions.models import Beschikking, Claim, DecisionCopy
from decisions.models.claiming import ClaimState
from decisions.money_guards import MoneyFacts
from grants.applications import deadlines
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import Mark
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from grants.law.grounds import AFTER_SETTLEMENT, rests_on
from grants.law.terms import Term
from grants.schemes.freedays import count
from letters.models import Letter


def draft(application: Application, cause: Beschikking, amount: Decimal, day: date) -> Claim:
    """Note that so much must come back (C01). Nobody owes it before a decision says so.

    The five years to reclaim run from the settlement, also when it is changed or taken back later, or from the breach of an
    obligation when that is the ground (4:57(4)). Without a settlement they have not begun: the day of the decision is the safe one.
    """
    breach = cause.breach_on if rests_on(cause.ground, AFTER_SETTLEMENT) else None
    claim = Claim(application=application, cause=cause, amount=amount, since=breach or application.settled_on or day)
    perform_beside(claim, "draft_claim", MoneyFacts(), Actor.system(), day, Mark(amount=amount))
    return claim


def drafted(application: Application) -> Claim | None:
    """The claim that waits for its decision."""
    return Claim.objects.filter(application=application, state=ClaimState.DRAFTED).first()


def determined(application: Application, decision: Beschikking, event: Event, day: date) -> None:
    """The decision to reclaim went out (C02): six weeks to pay (4:87), and five years after that it lapses (4:104)."""
    claim = Claim.objects.select_for_update().get(application=application, state=ClaimState.DRAFTED)
    claim.application, claim.decision = application, decision
    term: Term = count("PAYMENT_6W", day)
    claim.due_on, claim.lapses_on = term.last_day, count("CLAIM_LAPSE_5Y", term.last_day).last_day
    deadlines.start_as(application, event, "CLAIM_PAYMENT_6W", term)
    perform_beside(claim, "determine_claim", MoneyFacts(), Actor.system(), day, Mark(amount=claim.amount))


def letter_sent_again(application: Application, letter: Letter, event: Event) -> None:
    """The decision to reclaim did not arrive, at the applicant or at a member, and was sent again: the six weeks to pay start again
    (Awb 3:41, 4:87).
    """
    decisions = Beschikking.objects.filter(Q(letter=letter) | Q(id__in=DecisionCopy.objects.filter(letter=letter).values("decision")))
    for claim in Claim.objects.filter(application=application, decision__in=decisions, state=ClaimState.DETERMINED).select_for_update():
        _start_again(claim, application, event, event.valid_on)


def copy_sent(decision: Beschikking, event: Event, day: date) -> None:
    """A member got the decision later than the others: nobody is late before the last of them had six weeks (Awb 3:41, 4:87)."""
    for claim in Claim.objects.filter(decision=decision, state=ClaimState.DETERMINED).select_for_update():
        if claim.due_on is not None and count("PAYMENT_6W", day).last_day > claim.due_on:
            _start_again(claim, decision.application, event, day)


def _start_again(claim: Claim, application: Application, event: Event, day: date) -> None:
    term = count("PAYMENT_6W", day)
    claim.due_on, claim.lapses_on = term.last_day, count("CLAIM_LAPSE_5Y", term.last_day).last_day
    claim.save()
    deadlines.end(application, event, "CLAIM_PAYMENT_6W", day=day)
    deadlines.start_as(application, event, "CLAIM_PAYMENT_6W", term)


ENDS = {"claim_paid", "remit_claim", "set_off_claim", "write_off_claim"}


def step(*, claim_id: UUID, act: str, actor: Actor, reason: str = "", paid_on: date | None = None, day: date | None = None, amount: Decimal = ZERO) -> Claim:
    """Do one step of a claim (C03 to C12). `amount` is the part that came in (C12). Raises ActError."""
    day = day or clock.today()
    with recording():
        application = locked_case(Claim.objects.values_list("application_id", flat=True).get(id=claim_id))
        claim: Claim = Claim.objects.select_for_update().get(id=claim_id)
        claim.application = application
        if reason:
            claim.reason = reason[:300]
        if act == "claim_paid":
            amount = claim.amount - claim.received
            claim.paid_on, claim.received = paid_on or day, claim.amount
        elif act == "receive_part":
            if not 0 < amount < claim.amount - claim.received:
                raise ValueError(f"no part of what is open: {amount}")
            claim.received += amount
        facts = MoneyFacts(due_on=claim.due_on, lapses_on=claim.lapses_on, reason=reason)
        event = perform_beside(claim, act, facts, actor, claim.paid_on or day if act == "claim_paid" else day, Mark(amount=amount or claim.amount))
        if act in ENDS:
            deadlines.end(application, event, "CLAIM_PAYMENT_6W", "REMINDER_2W")
        if act == "remind_claim":
            deadlines.start(application, event, "REMINDER_2W", day)
            reminder(application, claim, event, day)
    return claim
