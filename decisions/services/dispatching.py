"""Send a signed decision: the day of sending is the day on which it takes effect (Awb 3:40, 3:41)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from decisions import facts, mandates, money, objections
from decisions.beschikking import compose
from decisions.models import Beschikking
from decisions.services import aid, defaulting, objection_deciding, paying, requesting, sampling, transferring
from decisions.services.copying import order_copies
from decisions.services.deciding import both_locked, give_back, lock_ceiling
from grants.applications import deadlines
from grants.applications.lifecycle.door import ActError, Mark, perform
from grants.applications.models import Application
from grants.budget import ledger
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from grants.schemes.reading import arrangement_for
from letters.content import ContentError
from letters.models import Letter
from letters.services import rewrite, send

GRANTS = {"grant", "grant_partly", "grant_in_objection"}
DIRECT = {"settle_directly", "settle_directly_in_objection"}
SETTLES = {"settle", "settle_lower", "settle_nil", "settle_ex_officio", "settle_ex_officio_after_reminder"}
ENDS_DECISION_TERM = GRANTS | DIRECT | {"reject", "decide_not_handle"}


def dispatch_letter(*, letter_id: UUID, day: date | None = None, as_printed: bool = False) -> Beschikking | None:
    """Send the decision that stands in this letter, by the system for the signer; on paper the post room confirms.

    Money is committed, the case moves, the terms start and the letter is placed, all in one commit. A letter that
    bears another day is made again first, unless it is in the post `as_printed`: then `day` counts, and the letter stays
    what the addressee gets. A guard that fails now returns the case to a person.
    """
    day = day or clock.today()
    decision_id = Beschikking.objects.filter(letter=letter_id).values_list("id", flat=True).first()
    if decision_id is None:
        return None
    try:
        with recording():
            return _dispatch(decision_id, day, as_printed)
    except (ActError, ContentError) as error:
        return give_back(decision_id=decision_id, reason=str(error), actor=Actor.system(), day=day)


def redate(*, letter_id: UUID, day: date) -> None:
    """Make the letter of a signed decision again for the day on which it goes in the post. Of a decision in another state: nothing."""
    decision_id = Beschikking.objects.filter(letter=letter_id, state=Beschikking.State.SIGNED).values_list("id", flat=True).first()
    if decision_id is None:
        return
    with recording():
        application, decision = both_locked(decision_id, *Beschikking.State.values)
        letter = Letter.objects.select_for_update().get(id=letter_id)
        if decision.state == Beschikking.State.SIGNED and letter.state == Letter.State.RENDERED and letter.day != day:
            _rewrite(application, decision, letter, day)


def _rewrite(application: Application, decision: Beschikking, letter: Letter, day: date) -> None:
    assert decision.signed_by is not None and decision.mandate_rule is not None
    mandate = mandates.words(decision.mandate_rule, decision.signed_by, decision.signed_on or day)
    again = compose(application, decision, day=day, signer=decision.signed_by, mandate=mandate, version=letter.template_version)
    rewrite(letter, again.letter, again.made_with)


def _dispatch(decision_id: UUID, day: date, as_printed: bool) -> Beschikking:
    first = Beschikking.objects.select_related("application").get(id=decision_id)
    ceiling = lock_ceiling(first.application)
    if first.state != Beschikking.State.SIGNED:
        return first
    application, decision = both_locked(decision_id, Beschikking.State.SIGNED)
    aid.lock_undertaking(application)
    assert decision.letter_id is not None, "a signed decision stands in a letter"
    letter = Letter.objects.select_for_update().get(id=decision.letter_id)
    if letter.state != Letter.State.RENDERED:
        return decision
    if letter.day != day and not as_printed:
        _rewrite(application, decision, letter, day)
        return decision
    known = facts.assemble(application, decision, day=day, ceiling=ceiling, to_portal=letter.portal_allowed)
    change = money.effect(application, decision.act, decision.amount)
    _take_over(application, decision, day)
    event = perform(
        application, decision.act, known, Actor.system(on_behalf_of=decision.signed_by), day,
        Mark(amount=_register_amount(decision), data={"decision": str(decision.id), "letter": str(letter.id)}),
    )
    if ceiling is not None:
        _book(application, decision, event, change, ceiling)
    _terms(application, decision, event, day)
    _beside(application, decision, event, day)
    aid.decision_sent(application, decision, change, day)
    application.save()
    send(letter, event_id=event.id, day=day)
    order_copies(application, decision, event, day)
    decision.sent_event_id, decision.sent_on, decision.state = event.id, day, Beschikking.State.SENT
    decision.save()
    return decision


def _register_amount(decision: Beschikking) -> Decimal | None:
    """The amount in the register: none for decisions that give or change no amount."""
    without = {"reject", "decide_not_handle", "withdraw_grant", "withdraw_settlement", "suspend_payment", "reconsider", "decide_penalty", "uphold", "reclaim", "grant_advance", "refuse_advance", "consent_to_transfer"}
    return None if decision.act in without else decision.amount


def _take_over(application: Application, decision: Beschikking, day: date) -> None:
    act, amount = decision.act, decision.amount
    if act == "reconsider":
        application.decided_on = None
    if act in ENDS_DECISION_TERM and application.decided_on is None:
        application.decided_on = day
    if act in GRANTS | DIRECT:
        application.granted_amount = amount
        arrangement = arrangement_for(application.version.definition, amount) if application.version else None
        application.arrangement = arrangement.code if arrangement else ""
    if act in DIRECT:
        application.settled_amount, application.settled_on = amount, day
        application.settlement_mode, application.settlement_outcome = "direct", "conform"
    if act in ("amend", "amend_in_objection"):
        application.granted_amount = amount
    if act in SETTLES:
        application.settled_amount = ZERO if act == "settle_nil" else amount
        application.settled_on = day
        application.settlement_mode = "ex_officio" if act.startswith("settle_ex_officio") else "on_application"
        application.settlement_outcome = "nil" if not application.settled_amount else (
            "conform" if act == "settle" or application.settled_amount == application.granted_amount else "lower"
        )
    if act == "revive_grant":
        application.granted_amount = amount
    if act in ("amend_settlement", "amend_settlement_in_objection", "revive_settlement"):
        application.settled_amount = amount
    if act == "withdraw_settlement":
        application.settled_amount = ZERO


def _book(application: Application, decision: Beschikking, event: Event, change: Decimal, ceiling: Ceiling) -> None:
    assert application.ceiling_id is not None
    over = change - decision.held_amount
    if over > 0 and (decision.act in money.IN_OBJECTION or objections.room_then(application) is not None):
        _over_the_ceiling(application, decision, event, over, ceiling)
        ledger.commit(ceiling_id=ceiling.code, chain_id=application.chain_id, event_id=event.id, amount=change)
    elif decision.held_amount:
        ledger.commit(
            ceiling_id=application.ceiling_id, chain_id=application.chain_id, event_id=event.id, amount=decision.held_amount
        )
    elif change < 0:
        returns = application.version is None or application.version.definition.distribution.released_money_returns
        ledger.reduce(
            ceiling_id=application.ceiling_id, chain_id=application.chain_id, event_id=event.id, amount=-change, returns=returns
        )


def _over_the_ceiling(application: Application, decision: Beschikking, event: Event, over: Decimal, ceiling: Ceiling) -> None:
    """In objection the ceiling counts as it stood when the first decision was taken (Awb 4:25(3)): the excess names this decision."""
    short = over - ceiling.available
    if short > 0:
        short -= ledger.restore(ceiling_id=ceiling.code, chain_id=application.chain_id, event_id=event.id, amount=short)
    if short > 0:
        ledger.allow_excess(ceiling_id=ceiling.code, chain_id=application.chain_id, event_id=event.id, amount=short, basis=str(decision.id))
    ledger.hold(ceiling_id=ceiling.code, chain_id=application.chain_id, event_id=event.id, amount=over)


def _terms(application: Application, decision: Beschikking, event: Event, day: date) -> None:
    act = decision.act
    if act in ENDS_DECISION_TERM:
        deadlines.end(application, event, deadlines.DECISION, "NOT_HANDLED_4W", "RECOVERY_TERM", "VIEW_TERM")
    if act in SETTLES or act == "withdraw_grant":
        deadlines.end(application, event, deadlines.SETTLEMENT, "REPORT_DUE", "PROGRESS_DUE", "REPORT_REMINDER", "RECOVERY_TERM_REPORT")
    deadlines.start(application, event, "APPEAL_6W" if act in money.IN_OBJECTION else "OBJECTION_6W", day)
    if act == "reconsider":
        deadlines.start_decision(application, event, day)
    if act in GRANTS or act == "revive_grant":
        _start_report_term(application, event, day)
        deadlines.start_progress(application, event, day)
    if act in DIRECT | SETTLES:
        deadlines.start(application, event, "PAYMENT_6W", day)


def _beside(application: Application, decision: Beschikking, event: Event, day: date) -> None:
    """What the decision does to the records that run beside the spine."""
    if decision.act in ENDS_DECISION_TERM:
        defaulting.decision_made_known(application, event, deadlines.DECISION, day)
    if decision.act in SETTLES or decision.act == "withdraw_grant":
        defaulting.decision_made_known(application, event, deadlines.SETTLEMENT, day)
    if decision.act in money.IN_OBJECTION:
        objection_deciding.decided(application, decision, day)
    paying.decision_sent(application, decision, event, day)
    sampling.decision_sent(application, decision, day)
    requesting.decision_sent(application, decision, day)
    if decision.act == "consent_to_transfer":
        transferring.consented(application, decision, day)
    if decision.act == "decide_penalty":
        defaulting.penalty_decided(application, event, decision)
        deadlines.start(application, event, "PAYMENT_6W", day)


def _start_report_term(application: Application, event: Event, day: date) -> None:
    """The account is due so many weeks after the activities (or after the grant, when those are over)."""
    if application.version is None or application.granted_amount is None:
        return
    arrangement = arrangement_for(application.version.definition, application.granted_amount)
    if arrangement is None:
        return
    starts_on = max(application.activity_end or day, day)
    weeks = arrangement.report_weeks if arrangement.report_required else arrangement.ex_officio_weeks
    last_day = starts_on + timedelta(weeks=weeks or 13)
    deadlines.start_own(application, event, "REPORT_DUE", starts_on, last_day)
    application.report_due_on = last_day

