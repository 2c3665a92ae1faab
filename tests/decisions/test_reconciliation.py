"""Granted, settled, paid and claimed per scheme: by hand, and against the ceilings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.test import Client

from decisions import reconciliation
from decisions.models import Claim, PaymentOrder
from decisions.services import claiming, paying
from grants.budget.models import Ceiling
from grants.kernel.models import RoleAssignment, User
from tests.decisions.money_lives import approver, officer, order_of
from tests.project.test_query_counts import queries

pytestmark = pytest.mark.django_db
EUROS = ("granted", "settled", "planned", "under_way", "paid", "claimed", "received", "still_to_plan", "difference")


def do(life, *acts, reason=""):
    for act in acts:
        who = approver() if act == "approve_payment" else officer()
        paying.step(order_id=order_of(life).id, act=act, actor=who, reason=reason, day=life.day)


OUT = ("check_payment", "approve_payment", "export_payment")
THERE = (*OUT, "execute_payment", "credit_payment")


def row(code, username="controller"):
    return next(r for r in reconciliation.rows(User.objects.get(username=username)) if r.code == code)


def amounts(found):
    return {name: getattr(found, name) for name in EUROS if getattr(found, name)}


@pytest.fixture
def scenario(live):
    """LB-INW: 3,000 paid, 2,500.50 with the bank, 4,000 planned; 3,500 paid and withdrawn, of which 1,500 came back."""
    there, sent, planned, withdrawn = (live("vastgesteld_direct", amount=a) for a in ("3000", "2500.50", "4000", "3500"))
    do(there, *THERE)
    do(sent, *OUT)
    do(withdrawn, *THERE)
    withdrawn.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    withdrawn.decide("reclaim", Decimal(3500))
    claiming.step(claim_id=Claim.objects.get().id, act="receive_part", actor=officer(), amount=Decimal(1500), day=withdrawn.day)
    return there, sent, planned, withdrawn


def test_the_figures_are_those_counted_by_hand(scenario):
    found = row("LB-INW")
    assert amounts(found) == {
        "granted": Decimal("9500.50"), "settled": Decimal("9500.50"), "planned": Decimal(4000), "under_way": Decimal("2500.50"),
        "paid": Decimal(6500), "claimed": Decimal(3500), "received": Decimal(1500),
    }
    assert found.adds_up and found.cases == 0 and reconciliation.odd_cases(User.objects.get(username="controller")) == []


def test_granted_is_what_the_ceilings_say_is_committed(scenario, live):
    live("verleend")
    live("grant_withdrawn")
    for found in reconciliation.rows(User.objects.get(username="controller")):
        assert found.granted == Ceiling.objects.filter(scheme=found.code).aggregate(total=Sum("committed"))["total"]


def test_a_grant_that_is_paid_in_advance_leaves_the_rest_to_plan_until_its_settlement(live):
    life = live("verleend", amount="30000")
    advance = order_of(life).amount
    found = row("LB-SVC")
    assert found.granted == Decimal(30000) and found.settled == 0 and found.planned == advance
    assert found.still_to_plan == Decimal(30000) - advance and found.difference == 0 and found.adds_up


def test_a_stopped_settlement_is_a_difference_with_its_case(scenario):
    planned = scenario[2]
    do(planned, "stop_payment", reason="ontvanger failliet")
    found = row("LB-INW")
    assert (found.difference, found.cases, found.planned) == (Decimal(4000), 1, 0) and found.adds_up
    (odd,) = reconciliation.odd_cases(User.objects.get(username="controller"))
    assert odd.case.id == planned.id and odd.more_granted and odd.size == Decimal(4000)


def test_one_cent_too_much_paid_is_a_difference_the_other_way(scenario):
    there = scenario[0]
    PaymentOrder.objects.filter(application=there.id).update(amount=Decimal("3000.01"))
    (odd,) = reconciliation.odd_cases(User.objects.get(username="controller"))
    assert odd.case.id == there.id and not odd.more_granted and odd.size == Decimal("0.01") and row("LB-INW").adds_up


def test_two_differences_that_cancel_out_are_both_named(scenario):
    there, sent, _, _ = scenario
    PaymentOrder.objects.filter(application=there.id).update(amount=Decimal("3000.10"))
    PaymentOrder.objects.filter(application=sent.id).update(amount=Decimal("2500.40"))
    assert (row("LB-INW").difference, row("LB-INW").cases) == (0, 2)


def test_a_returned_payment_is_planned_again_and_no_difference(scenario):
    do(scenario[0], "return_payment", reason="rekening opgeheven")
    found = row("LB-INW")
    assert (found.paid, found.planned, found.difference) == (Decimal(3500), Decimal(7000), 0) and found.adds_up


def test_a_penalty_is_no_subsidy_and_stays_out(live):
    life = live("verleend")
    before = row("LB-SVC")
    decision, event = life.case.decisions.first(), life.case.chain.events.get(position=1)
    PaymentOrder.objects.create(application=life.case, decision=decision, event=event, state="planned", kind="penalty", amount=Decimal(23), due_on=life.day)
    assert row("LB-SVC") == before


def test_a_remitted_claim_is_settled_in_the_books_though_nothing_came_back(scenario):
    claiming.step(claim_id=Claim.objects.get().id, act="remit_claim", actor=approver(), reason="kwijtschelding", day=scenario[3].day)
    assert row("LB-INW").adds_up and row("LB-INW").cases == 0


def test_a_finance_officer_of_one_scheme_sees_that_scheme_alone(scenario, live):
    live("verleend")
    RoleAssignment.objects.filter(user__username="financien").update(scheme_code="LB-SVC")
    assert [r.code for r in reconciliation.rows(User.objects.get(username="financien"))] == ["LB-SVC"]


def test_the_page_shows_the_figures_and_names_the_case_behind_a_difference(scenario):
    do(scenario[2], "stop_payment", reason="ontvanger failliet")
    client = Client()
    client.force_login(User.objects.get(username="auditor"))
    page = client.get("/behandelen/aansluiting/").content.decode()
    assert "9.500,50" in page and "6.500,00" in page and scenario[2].case.case_number in page and "4.000,00 meer toegekend" in page


def test_the_page_asks_as_many_queries_for_3_cases_as_for_15(live):
    def more(number):
        for _ in range(number):
            do(live("vastgesteld_direct", amount="2500"), "stop_payment", reason="proef")

    more(3)
    few = queries("controller", "/behandelen/aansluiting/")
    more(12)
    assert queries("controller", "/behandelen/aansluiting/") == few <= 14
