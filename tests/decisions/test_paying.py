"""What a decision means for the money: payments planned, claims drafted, and different people for each step."""

from __future__ import annotations

from decimal import Decimal

import pytest

from decisions.models import Claim, PaymentOrder
from decisions.services import claiming, paying
from grants.applications.lifecycle.door import Refused
from grants.kernel import audit
from grants.kernel.roles import Role
from grants.project.demo.lives import person

pytestmark = pytest.mark.django_db


def officer():
    return person("financien", Role.FINANCE_OFFICER)


def approver():
    return person("budgethouder", Role.FINANCE_APPROVER)


def pay(life):
    for act, who in (("check_payment", officer()), ("approve_payment", approver()), ("export_payment", officer()), ("execute_payment", officer()),
                     ("credit_payment", officer())):
        order = paying.step(order_id=PaymentOrder.objects.exclude(state="stopped").get(application=life.id).id, act=act, actor=who, day=life.day)
    return order


def test_a_direct_settlement_plans_the_whole_amount_once_and_is_paid_by_two_people(live):
    life = live("vastgesteld_direct")
    order = pay(life)
    assert (order.amount, order.state, order.credited_on) == (Decimal(3000), "credited", life.day)
    assert not life.case.deadlines.filter(rule="PAYMENT_6W", ended_by=None).exists() and not list(audit.verify())


def test_approving_an_advance_is_an_act_of_the_case(live):
    life = live("verleend")
    pay(life)
    assert life.case.chain.events.filter(act="pay_advance").count() == 1 and life.case.status == "verleend"


def test_a_withdrawn_settlement_drafts_a_claim_of_what_was_paid_and_a_decision_fixes_it(live):
    life = live("vastgesteld_direct")
    pay(life)
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    assert Claim.objects.get().amount == Decimal(3000)
    with pytest.raises(Refused, match="3.000,00"):
        life.decide("reclaim", Decimal(2999))


def test_a_claim_runs_from_its_decision_to_payment(live):
    life = live("vastgesteld_direct")
    pay(life)
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    life.decide("reclaim", Decimal(3000))
    claim = Claim.objects.get()
    assert claim.state == "determined"
    assert claiming.step(claim_id=claim.id, act="claim_paid", actor=officer(), day=life.day).state == "paid"
    assert not list(audit.verify())
