"""Plan, check, approve, pay: one act for each step, and what a decision that is sent means for the money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from stdnum import iban as iban_numbers

from decisions import party, payment_letters
from decisions.account import account_of
from decisions.models import Beschikking, Claim, PaymentLine, PaymentOrder
from decisions.models.batching import BatchState
from decisions.models.claiming import OPEN as OPEN_CLAIM
from decisions.models.claiming import ClaimState
from decisions.models.paying import NOT_SENT, PaymentState
from decisions.money_guards import MoneyFacts
from decisions.paid import OTHER_MONEY, due_already, paid_out
from decisions.services import claiming, naming
from grants.applications import deadlines
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from grants.law.formats import long_date
from grants.schemes.freedays import count
from grants.schemes.reading import advances_of, arrangement_for

Kind = PaymentOrder.Kind
ADVANCES = {"grant", "grant_partly", "grant_in_objection", "revive_grant", "amend", "amend_in_objection"}
FINAL_SUM = {
    "settle_directly", "settle_directly_in_objection", "settle", "settle_lower", "settle_nil", "settle_ex_officio",
    "settle_ex_officio_after_reminder", "amend_settlement", "amend_settlement_in_objection", "revive_settlement", "withdraw_settlement",
    "withdraw_grant",
}
REPLACED = "Vervangen door een later besluit."


def decision_sent(application: Application, decision: Beschikking, event: Event, day: date) -> None:
    """What a decision that takes effect on `day` means for the money: orders planned or stopped, a claim drafted.

    Runs inside the dispatch, so the money and the decision are one commit.
    """
    if decision.act in ADVANCES:
        already = due_already(application, Kind.ADVANCE)
        _end_stop(application, event)
        _stop_what_has_not_gone(application, day)
        _plan_advances(application, decision, event, day, already)
    elif decision.act in FINAL_SUM:
        last = min((*due_already(application, Kind.SETTLEMENT).values(), count("PAYMENT_6W", day).last_day))
        _end_stop(application, event)
        _stop_what_has_not_gone(application, day)
        due = ZERO if decision.act == "withdraw_grant" else (application.settled_amount or ZERO)
        rest = due - paid_out(application)
        if rest > 0:
            _plan(application, decision, Kind.SETTLEMENT, 1, rest, last, day)
            if deadlines.current(application, "PAYMENT_6W") is None:
                deadlines.start(application, event, "PAYMENT_6W", day)
        else:
            deadlines.end(application, event, "PAYMENT_6W")
        if rest < 0:
            claiming.draft(application, decision, -rest, day)
    elif decision.act == "decide_penalty" and decision.amount:
        _plan(application, decision, Kind.PENALTY, 1, decision.amount, count("PAYMENT_6W", day).last_day, day)
    elif decision.act == "grant_advance" and decision.amount:
        parts = PaymentOrder.objects.filter(application=application, kind=Kind.ADVANCE).count()
        _plan(application, decision, Kind.ADVANCE, parts + 1, decision.amount, count("PAYMENT_6W", day).last_day, day)
        if deadlines.current(application, "PAYMENT_6W") is None:
            deadlines.start(application, event, "PAYMENT_6W", day)
    elif decision.act == "suspend_payment":
        deadlines.start(application, event, "PAY_SUSPENSION_13W", day)
    elif decision.act == "reclaim":
        claiming.determined(application, decision, event, day)


def _plan_advances(application: Application, decision: Beschikking, event: Event, day: date, already: dict[int, date]) -> None:
    """The parts of the advance by the arrangement, less what is already with the bank; too much paid becomes a claim.

    `already`: the days by which the parts that waited were due. They stay: a change gives us no more time.
    """
    granted = application.granted_amount or ZERO
    arrangement = arrangement_for(application.definition, granted)
    gone = paid_out(application)
    first = application.decided_on or day
    planned = False
    for number, (weeks, part) in enumerate(advances_of(arrangement, granted) if arrangement else (), 1):
        used = min(gone, part)
        gone -= used
        if part > used:
            due = max(first + timedelta(weeks=weeks), day) if weeks else count("PAYMENT_6W", day).last_day
            _plan(application, decision, Kind.ADVANCE, number, part - used, min(due, already.get(number, due)), day)
            planned = True
    if planned and (not already or deadlines.current(application, "PAYMENT_6W") is None):
        deadlines.end(application, event, "PAYMENT_6W")
        deadlines.start(application, event, "PAYMENT_6W", day)
    over = paid_out(application) - granted
    if over > 0:
        claiming.draft(application, decision, over, day)


def plan_costs(application: Application, decision: Beschikking, amount: Decimal, event: Event, day: date) -> None:
    """The costs of an objection that we pay back (Awb 7:15): an order of its own, beside the subsidy."""
    _plan(application, decision, Kind.COSTS, 1, amount, count("PAYMENT_6W", day).last_day, day)
    if deadlines.current(application, "PAYMENT_6W") is None:
        deadlines.start(application, event, "PAYMENT_6W", day)


def _plan(application: Application, decision: Beschikking, kind: str, number: int, amount: Decimal, due_on: date, day: date) -> None:
    order = PaymentOrder(application=application, decision=decision, kind=kind, number=number, amount=amount, due_on=due_on)
    perform_beside(order, "plan_payment", MoneyFacts(), Actor.system(), day, Mark(amount=amount))


def _stop_what_has_not_gone(application: Application, day: date) -> None:
    """Orders for the subsidy that are not with the bank fall away; the new decision plans its own."""
    waiting = PaymentOrder.objects.filter(application=application, state__in=NOT_SENT).exclude(kind__in=OTHER_MONEY)
    for order in waiting.select_for_update().order_by("id"):
        order.application, order.reason = application, REPLACED
        perform_beside(order, "stop_payment", MoneyFacts(reason=REPLACED), Actor.system(), day)
    for claim in Claim.objects.filter(application=application, state=ClaimState.DRAFTED).select_for_update():
        claim.application, claim.reason = application, REPLACED
        perform_beside(claim, "write_off_claim", MoneyFacts(reason=REPLACED), Actor.system(), day)


def _end_stop(application: Application, event: Event) -> None:
    """A decision on the suspicion ends the payment stop (Awb 4:56)."""
    deadlines.end(application, event, "PAY_SUSPENSION_13W")


def payment_stop(application: Application, day: date, kind: str = Kind.SETTLEMENT) -> str:
    """Why nothing of this kind may be paid on this case now, in Dutch; '' when nothing is in the way.

    Only the subsidy is suspended (4:56): a penalty, or the costs of an objection, we owe all the same.
    """
    stop = deadlines.current(application, "PAY_SUSPENSION_13W")
    if kind not in OTHER_MONEY and stop is not None and stop.starts_on <= day <= stop.last_day:
        return f"De betaling is opgeschort tot en met {long_date(stop.last_day)}. Beslis eerst over de subsidie (artikel 4:56 Awb)."
    return party.payment_hold(application)


def iban_problem(application: Application) -> str:
    """Why the account of the applicant cannot be paid on; '' when it can."""
    number = account_of(application)
    if not number:
        return "De aanvrager heeft geen rekeningnummer opgegeven. Vraag dat na."
    if not iban_numbers.is_valid(number):
        return "Het rekeningnummer van de aanvrager klopt niet. Vraag het na."
    return ""


def step(*, order_id: UUID, act: str, actor: Actor, reason: str = "", credited_on: date | None = None, day: date | None = None) -> PaymentOrder:
    """Do one step of a payment (P02 to P10). Approving an advance is the case's own act T20 as well. Raises ActError.

    Before a check the bank is asked whether the name fits the account.
    """
    day = day or clock.today()
    if act == "check_payment":
        naming.ask(order_id=order_id, actor=actor)
    with recording():
        application = locked_case(PaymentOrder.objects.values_list("application_id", flat=True).get(id=order_id))
        order: PaymentOrder = PaymentOrder.objects.select_for_update().get(id=order_id)
        order.application = application
        number = account_of(application)
        answer = naming.answer_for(order, number, naming.name_of(application)) if act in ("check_payment", "confirm_name") else None
        facts = MoneyFacts(
            iban_problem=iban_problem(application), iban_differs=number != order.iban, stop=payment_stop(application, day, order.kind),
            checked_by=order.checked_by_id, actor_id=actor.user.pk if actor.user else None, reason=reason, name_problem=naming.problem(answer),
            waiting_file=_waiting_file(order) if act == "export_payment" else "",
        )
        if reason:
            order.reason = reason[:300]
        if act == "check_payment":
            order.iban, order.checked_by = number, actor.person
        elif act == "approve_payment":
            order.approved_by = actor.person
        elif act == "credit_payment":
            order.credited_on = credited_on or day
        elif act == "return_payment":
            order.credited_on = None
        elif act == "replan_payment":
            order.iban, order.checked_by, order.approved_by = "", None, None
        event = perform_beside(order, act, facts, actor, order.credited_on or day if act == "credit_payment" else day, Mark(amount=order.amount))
        if act == "send_specification":
            payment_letters.specification(application, order, event, day)
        if act == "approve_payment" and order.kind == Kind.ADVANCE:
            known = Facts(payment_refusal=facts.iban_problem or facts.stop or None)
            perform(application, "pay_advance", known, actor, day, Mark(amount=order.amount, data={"record": order.key}))
        if act in ("return_payment", "stop_payment"):
            PaymentLine.objects.let_go(order)
        if act == "confirm_name" and answer is not None:
            naming.confirm(answer, actor, reason)
        if act == "credit_payment" and not open_orders(application).exists():
            deadlines.end(application, event, "PAYMENT_6W")
    return order


def _waiting_file(order: PaymentOrder) -> str:
    """The file that waits for release with this order in it; '' when there is none."""
    line = order.lines.filter(live=True, batch__state=BatchState.PREPARED).select_related("batch").first()
    return line.batch.reference if line else ""


def open_orders(application: Application) -> QuerySet[PaymentOrder]:
    """Payments that were planned and did not end."""
    return PaymentOrder.objects.filter(application=application).exclude(state__in=(PaymentState.CREDITED, PaymentState.STOPPED))


def open_matters_of(application: Application) -> tuple[str, ...]:
    """What keeps the case open: a payment that is not credited, or a claim that is not settled."""
    payments = ("een betaling",) if open_orders(application).exists() else ()
    claims = ("een terugvordering",) if Claim.objects.filter(application=application, state__in=OPEN_CLAIM).exists() else ()
    return (*payments, *claims)
