"""What decisions may do and say at the edges of the law: twice, in another's place, after a settlement, and beside other money."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from decisions.models import Beschikking, Claim, MandateRule, PaymentOrder, Substitution
from decisions.services import claiming, deciding, paying
from grants.applications.lifecycle.door import Refused
from grants.applications.services import correcting
from grants.kernel import outbox
from grants.kernel.models import RoleAssignment
from grants.kernel.roles import Role
from grants.law.formats import long_date
from grants.project.demo.lives import person
from grants.project.demo.objections import Objector
from grants.schemes.freedays import count
from letters.models import Letter

pytestmark = pytest.mark.django_db
ADVERSE = {"proportionality": "De ontvanger wist dit (verzonnen)."}


def text_of(decision):
    outbox.run_open()
    return " ".join(Letter.objects.get(decisions=decision).text.split())


@pytest.mark.parametrize(("kind", "stopped"), [("advance", True), ("settlement", True), ("penalty", False), ("costs", False)])
def test_a_suspicion_puts_off_the_subsidy_and_not_what_we_owe_for_our_own_mistakes(live, kind, stopped):
    life = live("verleend")
    life.decide("suspend_payment")
    assert bool(paying.payment_stop(life.case, life.day, PaymentOrder.Kind(kind))) is stopped


@pytest.mark.parametrize(("days", "passes"), [(0, False), (91, False), (92, True)])
def test_a_second_letter_does_not_begin_the_thirteen_weeks_anew(live, days, passes):
    life = live("verleend")
    life.decide("suspend_payment")
    life.later(days)
    if passes:
        life.decide("suspend_payment")
        return
    with pytest.raises(Refused, match="al opgeschort.*dertien weken"):
        life.decide("suspend_payment")


def test_the_five_years_to_reclaim_run_from_the_settlement_also_when_it_is_changed_later(live):
    life = live("vastgesteld_direct")
    settled = life.case.settled_on
    life.pay()
    life.later(100)
    life.decide("amend_settlement", Decimal(1000), ground="4:49(1)(a)", ground_text="nieuwe feiten", **ADVERSE)
    assert life.day > settled and Claim.objects.get().since == settled


def test_a_decision_to_reclaim_that_is_sent_again_gives_six_weeks_again(live):
    life = live("vastgesteld_direct")
    life.pay()
    life.decide("withdraw_settlement", ground="4:49(1)(b)", ground_text="onjuist", **ADVERSE)
    decision = life.decide("reclaim", Decimal(3000))
    outbox.run_open()
    life.later(20)
    correcting.resend(application_id=life.id, letter_id=decision.letter_id, reason="kwam terug", actor=person("intake", Role.INTAKE_OFFICER), day=life.day)
    last = count("PAYMENT_6W", life.day).last_day
    claim = Claim.objects.get()
    assert claim.due_on == last and claim.lapses_on == count("CLAIM_LAPSE_5Y", last).last_day
    assert life.case.deadlines.get(rule="CLAIM_PAYMENT_6W", ended_by__isnull=True).last_day == last
    assert claiming.step(claim_id=claim.id, act="claim_paid", actor=person("financien", Role.FINANCE_OFFICER), day=last).state == "paid"


def test_a_change_on_a_ground_of_the_law_is_to_the_detriment_also_when_the_amount_stays(live):
    life = live("verleend")
    with pytest.raises(Refused, match="niet te zwaar"):
        life.decide("amend", Decimal(30000), ground="4:48(1)(b)", ground_text="verplichting niet nagekomen")
    deciding.give_back(decision_id=life.case.decisions.latest("created_at").id, reason="evenredigheid", actor=life.reviewer, day=life.day)
    text = text_of(life.decide("amend", Decimal(30000), ground="4:48(1)(b)", ground_text="verplichting niet nagekomen", **ADVERSE))
    assert "4:48" in text and "niet in uw nadeel" not in text


@pytest.mark.parametrize(("state", "act"), [("grant_withdrawn", "revive_grant"), ("settlement_withdrawn", "revive_settlement")])
def test_what_is_revived_in_objection_was_nothing_until_then(live, state, act):
    found = Objector(live(state, days_ago=150))
    found.life.later(10)
    found.register()
    found.waive()
    found.life.later(5)
    amount = found.life.plan.amount
    text = text_of(found.decide("well_founded", act, amount))
    assert "Eerst € 0,00" in text.replace("\u00a0", " ") and "In uw beroep zet u:" in text


def test_nobody_decides_on_an_objection_in_the_place_of_who_took_the_first_decision(live):
    found = Objector(live("rejected", days_ago=150))
    found.life.later(10)
    found.register()
    found.waive()
    found.life.later(5)
    first, deputy = found.contested.signed_by, found.decider.user
    MandateRule.objects.filter(decision_kind__in=("uphold", "*"), role=Role.OBJECTION_DECIDER).delete()
    RoleAssignment.objects.create(user=first, role=Role.OBJECTION_DECIDER, valid_from=found.life.day - timedelta(days=400))
    MandateRule.objects.create(
        decision_kind="uphold", role=Role.OBJECTION_DECIDER, holder=first, basis="Mandaat van de directeur (verzonnen)", valid_from=found.life.day - timedelta(days=400)
    )
    Substitution.objects.create(
        absent=first, substitute=deputy, basis="Vervangingsregeling (verzonnen)", valid_from=found.life.day - timedelta(days=1),
        valid_to=found.life.day + timedelta(days=30),
    )
    with pytest.raises(Refused, match="ook een vervanger"):
        found.decide("unfounded")
    assert not Beschikking.objects.filter(act="uphold", state="sent").exists()


@pytest.mark.parametrize(("state", "act", "amount"), [("verleend", "amend", 30000), ("verleend", "amend", 20000), ("vastgesteld_direct", "amend_settlement", 2000)])
def test_a_change_gives_us_no_more_time_for_what_was_due_already(live, state, act, amount):
    life = live(state)
    due = PaymentOrder.objects.get(application=life.id).due_on
    life.later(40)
    ground = "4:48(1)(a)" if act == "amend" else "4:49(1)(a)"
    decision = life.decide(act, Decimal(amount), ground=ground, ground_text="de activiteit werd kleiner", **ADVERSE)
    order = PaymentOrder.objects.exclude(state="stopped").get(application=life.id)
    assert order.due_on == due and life.case.deadlines.get(rule="PAYMENT_6W", ended_by__isnull=True).last_day == due
    if act == "amend":
        assert f"uiterlijk {long_date(due)}" in text_of(decision)
