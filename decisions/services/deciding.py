"""Prepare, review, return and sign a decision. None of these has legal effect; sending has (`dispatching`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from decisions import calculating, facts, interest, mandates, money, objections, people
from decisions.beschikking import Composed, compose
from decisions.beschikking.recipients import others
from decisions.models import Beschikking, MandateRule
from decisions.services import aid
from grants.applications.asked import items_asked
from grants.applications.letterhead import to_portal
from grants.applications.lifecycle.acts import Act
from grants.applications.lifecycle.door import ActError, Mark, Refused, WrongStatus, act_named, can_start, perform, refusals_of
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.budget import ledger
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from letters.content import ContentError
from letters.kinds import missing_elements
from letters.pdf import DoesNotFit, MissingGlyph, render_pdf
from letters.services import cancel, order_letter


class WrongState(ActError):
    """The decision is not in a state for this step; `str()` is a sentence for people."""

    def __init__(self, decision: Beschikking, wanted: str) -> None:
        self.decision, self.wanted = decision, wanted
        super().__init__(f"Dit kan niet meer: het besluit is nu {decision.get_state_display()}.")


class OpenDecision(ActError):
    """There already is a decision in preparation for this case."""

    def __init__(self) -> None:
        super().__init__("Voor deze zaak wordt al een besluit voorbereid. Werk dat besluit bij of geef het terug.")


def prepare(*, application_id: UUID, act: str, actor: Actor, values: dict[str, Any], day: date | None = None) -> Beschikking:
    """Draft a decision. Raises WrongStatus when the case cannot go there, OpenDecision when one is in preparation."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        if not act_named(act).decision or not can_start(application, act):
            raise WrongStatus(act_named(act), application.status)
        if Beschikking.objects.filter(application=application).open().exists():
            raise OpenDecision
        _refuse_no_amount(act_named(act), values.get("amount"))
        event = perform(application, "prepare_decision", Facts(interest_refusal=interest.refusal(application, actor.person)), actor, day)
        calculation = calculating.with_decision(calculating.calculate(application, act), values.get("amount"))
        if act == "decide_not_handle":
            values = {"still_missing": list(items_asked(application)), **values}
        return Beschikking.objects.create(
            application=application, act=act, prepared_by=actor.person, prepared_event_id=event.id, calculation=calculation, **values
        )


def change(*, decision_id: UUID, actor: Actor, values: dict[str, Any]) -> Beschikking:
    """Change a decision that is still in preparation; a review that was given falls away."""
    with recording():
        decision = _locked_decision(decision_id, Beschikking.State.DRAFT)
        _refuse_no_amount(act_named(decision.act), values.get("amount"))
        for name, value in values.items():
            setattr(decision, name, value)
        decision.calculation = calculating.with_decision(calculating.calculate(decision.application, decision.act), decision.amount)
        decision.prepared_by = actor.person
        decision.save()
    return decision


def review(*, decision_id: UUID, actor: Actor, day: date | None = None) -> Beschikking:
    """A second person agrees with the draft (four eyes)."""
    with recording():
        application, decision = both_locked(decision_id, Beschikking.State.DRAFT)
        if decision.prepared_by_id == actor.person.pk:
            raise Refused(act_named("review_decision"), [Refusal("Wie het besluit opstelt, toetst het niet.", "vierogenprincipe")])
        same_desk = people.same_desk_refusal(actor.person, decision.prepared_by_id)
        if same_desk:
            raise Refused(act_named("review_decision"), [Refusal(same_desk, "vierogenprincipe")])
        known = Facts(interest_refusal=interest.refusal(application, actor.person))
        perform(application, "review_decision", known, actor, day or clock.today())
        decision.reviewed_by, decision.state = actor.user, Beschikking.State.REVIEWED
        decision.save()
    return decision


def give_back(*, decision_id: UUID, reason: str, actor: Actor, day: date | None = None) -> Beschikking:
    """Return a decision to its preparer; money that was held comes free."""
    with recording():
        decision = Beschikking.objects.select_related("application").get(id=decision_id)
        lock_ceiling(decision.application)
        application = locked_case(decision.application_id)
        decision = _locked_decision(decision_id, *Beschikking.OPEN)
        event = perform(application, "return_decision", Facts(reason=reason), actor, day or clock.today())
        if decision.held_amount and application.ceiling_id:
            ledger.release(
                ceiling_id=application.ceiling_id, chain_id=application.chain_id, event_id=event.id, amount=decision.held_amount
            )
        if decision.letter is not None:
            cancel(decision.letter)
        decision.held_amount, decision.state, decision.return_reason = ZERO, Beschikking.State.RETURNED, reason
        decision.save()
    return decision


def sign(*, decision_id: UUID, actor: Actor, day: date | None = None) -> Beschikking:
    """Sign: mandate checked for this day, money held, facts frozen, letter ordered. No legal effect yet.

    Raises Refused with every reason at once. Lock order: ceiling, application, undertaking, event chain.
    """
    day = day or clock.today()
    with recording():
        decision = Beschikking.objects.select_related("application").get(id=decision_id)
        ceiling = lock_ceiling(decision.application)
        application, decision = both_locked(decision_id, Beschikking.State.REVIEWED)
        aid.lock_undertaking(application)
        act = act_named(decision.act)
        if not can_start(application, decision.act):
            raise WrongStatus(act, application.status)
        rule = mandates.find_rule(
            act=decision.act, amount=_mandate_amount(application, decision), signer=actor.person, scheme_code=application.scheme_id, day=day
        )
        mandate_refusal = rule if isinstance(rule, str) else _not_for_this_objection(decision, rule)
        letter = None
        missing: tuple[str, ...] = ()
        if not isinstance(rule, str):
            letter = _composed(act, application, decision, day, actor.person, mandates.words(rule, actor.person, day))
            missing = missing_elements(letter.letter)
        known = facts.assemble(
            application, decision, day=day, signer=actor.person, ceiling=ceiling, mandate_refusal=mandate_refusal,
            missing_elements=missing, ranked=True,
        )
        refusals = refusals_of(decision.act, known, day)
        if refusals or letter is None or isinstance(rule, str):
            raise Refused(act, refusals)
        in_place_of = {"in_place_of": rule.holder_id} if rule.holder_id not in (None, actor.person.pk) else {}
        event = perform(application, "sign_decision", Facts(), actor, day, Mark(data=in_place_of))
        needed = max(money.effect(application, decision.act, decision.amount), ZERO)
        if ceiling is not None and (decision.act in money.IN_OBJECTION or objections.room_then(application) is not None):
            needed = min(needed, ceiling.available)  # what lies over the ceiling (Awb 4:25(3)) is only there once it is sent
        if ceiling is not None and needed:
            ledger.hold(ceiling_id=ceiling.code, chain_id=application.chain_id, event_id=event.id, amount=needed)
        decision.signed_by, decision.signed_on, decision.signed_event_id = actor.user, day, event.id
        decision.mandate_rule, decision.held_amount = rule, needed if ceiling is not None else ZERO
        decision.frozen_facts = _frozen(known)
        decision.ceiling_snapshot = _snapshot(ceiling)
        decision.letter = order_letter(
            chain=application.chain, event_id=event.id, letter=letter.letter, waits_for_dispatch=True,
            portal_allowed=to_portal(application), made_with=letter.made_with,
        )
        decision.state = Beschikking.State.SIGNED
        decision.save()
    return decision


def _composed(act: Act, application: Application, decision: Beschikking, day: date, signer: User, mandate: str) -> Composed:
    """The letter, which can be printed. A text that does not fit this case, a name that no font has, or a table that does not fit
    is told before signing; after it the letter would wait for ever."""
    try:
        composed = compose(application, decision, day=day, signer=signer, mandate=mandate)
        for letter in (composed.letter, *(recipient.addressed(composed.letter) for recipient in others(decision))):
            render_pdf(letter)
    except (ContentError, MissingGlyph, DoesNotFit) as error:
        raise Refused(act, [Refusal(error.sentence)]) from error
    return composed


def _not_for_this_objection(decision: Beschikking, rule: MandateRule) -> str | None:
    """Who took the first decision has no mandate for the objection, so nobody can stand in for it either (Awb 10:3(3))."""
    if decision.act in money.IN_OBJECTION and rule.holder_id in objections.first_deciders(objections.objection_of(decision)):
        return "Dit mandaat is van wie het eerste besluit nam. Dan kan ook een vervanger er niet mee op het bezwaar beslissen. Laat een ander beslissen."
    return None


MOST = Decimal(10) ** 11
"""More euros than the tables hold: a slip of the pen, and no subsidy."""


def _refuse_no_amount(act: Act, amount: Decimal | None) -> None:
    """An amount is zero or more whole cents; anything else is told before it is stored or rounded."""
    if amount is None:
        return
    if not amount.is_finite():
        problem = "Het bedrag is geen getal. Vul een bedrag in euro in."
    elif amount < 0:
        problem = "Een bedrag is niet lager dan nul. Vul het bedrag in zonder minteken. Moet er geld terug? Stel dan een terugvordering op."
    elif amount >= MOST:
        problem = "Het bedrag is te groot. Vul het bedrag in euro in, en kijk de punten en komma's na."
    elif amount != amount.quantize(Decimal("0.01")):
        problem = "Het bedrag heeft meer dan twee cijfers achter de komma. Vul hele centen in."
    else:
        return
    raise Refused(act, [Refusal(problem, "artikel 4:31 Awb: een besluit noemt het bedrag")])


def _mandate_amount(application: Application, decision: Beschikking) -> Decimal:
    """The amount that a mandate is measured by: what is decided, or what is refused or withdrawn."""
    amount: Decimal | None = decision.amount
    if amount is not None and amount > 0:
        return amount
    before: Decimal = money.standing(application, decision.act) or application.requested_amount or ZERO
    return before


def lock_ceiling(application: Application) -> Ceiling | None:
    """The ceiling of the case, locked; None when it has none. Always before the case itself."""
    return ledger.locked(application.ceiling_id) if application.ceiling_id else None


def _locked_decision(decision_id: UUID, *states: str) -> Beschikking:
    decision = Beschikking.objects.select_for_update().get(id=decision_id)
    if decision.state not in states:
        raise WrongState(decision, states[0])
    return decision


def both_locked(decision_id: UUID, *states: str) -> tuple[Application, Beschikking]:
    """The case and its decision, locked in that order. Raises WrongState unless the decision is in one of `states`."""
    application_id = Beschikking.objects.values_list("application_id", flat=True).get(id=decision_id)
    application = locked_case(application_id)
    decision = _locked_decision(decision_id, *states)
    decision.application = application
    return application, decision


def _snapshot(ceiling: Ceiling | None) -> dict[str, str]:
    if ceiling is None:
        return {}
    return {name: str(getattr(ceiling, name)) for name in ("code", "amount", "held", "committed", "excess", "available")}


def _frozen(known: Facts) -> dict[str, Any]:
    found = {name: getattr(known, name) for name in known.__dataclass_fields__}
    return {name: str(value) for name, value in found.items() if value is not None and value is not False and value not in ("", (), frozenset())}
