"""What a grant and a settlement come to on a case: from answers, reviewed costs and the scheme, to the rows in the letter."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from decisions import calculating
from decisions.models import Beschikking, CostReview
from decisions.services import assessing, costing, deciding
from decisions.services.costing import WrongReview
from grants.applications.lifecycle.door import Refused
from grants.applications.services import accounting, applying
from grants.kernel import outbox
from grants.kernel.models import User
from letters.models import Letter

pytestmark = pytest.mark.django_db
MUNICIPALITY = {"scheme": "LB-GPI", "applicant": "Gemeente Voorbeeldstad (verzonnen)"}


def costs(*amounts):
    return [{"description": f"Kosten {n}", "amount": amount} for n, amount in enumerate(amounts, 1)]


@pytest.fixture
def plan(live):
    """A municipality asks 40,000 for a plan of 100,000 and pays 60,000 itself; half of the costs is the most."""
    life = live("draft", amount="40000", days_ago=100, **MUNICIPALITY)
    applying.save_draft(application_id=life.id, answers={"kosten": costs("70.000", "30.000"), "eigen_bijdrage": "60.000"})
    life.submit()
    life.mark_complete()
    life.assess()
    return life


@pytest.fixture
def granted(plan):
    plan.decide("grant", Decimal(40000))
    return plan


def account(life, *amounts, **more):
    answers = {"uitgevoerd": "helemaal", "prestaties": "Gedaan.", "werkelijke_kosten": costs(*amounts), **more}
    accounting.submit_report(application_id=life.id, answers=answers, actor=life.asker, day=life.day)


def review(life, of, **lines):
    accepted = {int(name.removeprefix("n")): (Decimal(amount), reason) for name, (amount, reason) in lines.items()}
    costing.review_costs(application_id=life.id, of=of, accepted=accepted, actor=life.handler)


def rows(calculation):
    return [(row.label, str(row.amount)) for row in calculation.rows]


def test_a_grant_is_the_lowest_of_what_is_asked_the_share_of_the_costs_and_the_own_money(plan):
    found = calculating.calculate(plan.case, "grant")
    assert found.amount == Decimal(40000)
    assert ("Subsidiabele kosten", "100000.00") in rows(found) and ("50% van de subsidiabele kosten", "50000.00") in rows(found)


@pytest.mark.parametrize(("cut", "amount"), [("30000", "35000.00"), ("0", "40000.00"), ("69999.99", "15000.01")])
def test_costs_that_do_not_count_lower_the_grant(plan, cut, amount):
    left = Decimal(70000) - Decimal(cut)
    review(plan, "application", n1=(str(left), "te duur" if left < 70000 else ""))
    assert str(calculating.calculate(plan.case, "grant").amount) == amount


def test_never_more_than_the_own_money_where_the_scheme_says_so(live):
    life = live("draft", amount="40000", days_ago=100, **MUNICIPALITY)
    applying.save_draft(application_id=life.id, answers={"kosten": costs("100.000"), "eigen_bijdrage": "25.000,50"})
    life.submit()
    assert str(calculating.calculate(life.case, "grant").amount) == "25000.50"


@pytest.mark.parametrize(("amount", "reason", "words"), [("70000.01", "", "nul tot en met"), ("-1", "x", "nul tot en met"), ("69999.99", " ", "waarom niet alles")])
def test_a_wrong_review_names_its_line_and_changes_nothing(plan, amount, reason, words):
    with pytest.raises(WrongReview, match=rf"Regel 1 .*{words}"):
        review(plan, "application", n1=(amount, reason))
    assert not CostReview.objects.exists()


def test_the_rows_stand_in_the_decision_and_its_letter_also_where_the_decision_differs(plan):
    review(plan, "application", n1=("50000", "te ruim begroot"))
    decision = plan.decide("grant_partly", Decimal(39000))
    stored = Beschikking.objects.get(id=decision.id).calculation
    assert stored[-2:] == [{"label": "Subsidie", "amount": "40000.00"}, {"label": "Ons besluit", "amount": "39000"}]
    text = Letter.objects.get(chain=plan.case.chain, kind="L08").text
    assert "80.000,00" in text and "39.000,00" in text


def test_a_settlement_on_actual_costs_follows_the_costs(granted):
    account(granted, "50.000", "10.000")
    found = calculating.settlement(granted.case)
    assert str(found.amount) == "30000.00" and ("Werkelijke subsidiabele kosten", "60000.00") in rows(found)
    granted.decide("settle", Decimal(30000))
    case = granted.case
    assert (case.status, case.settled_amount, case.settlement_outcome) == ("vastgesteld", Decimal(30000), "conform")
    outbox.run_open()
    text = Letter.objects.get(chain=case.chain, kind="L16").text
    assert "ten hoogste" in text and "60.000,00" in text and "Dat is het bedrag dat wij hadden verleend" not in text


@pytest.mark.parametrize("amount", ["29999.99", "30000.01", "40000"])
def test_settling_conform_is_exactly_what_the_method_comes_to(granted, amount):
    account(granted, "50.000", "10.000")
    with pytest.raises(Refused, match="30.000,00"):
        granted.decide("settle", Decimal(amount))


def test_costs_of_the_account_that_are_not_reasonable_are_left_out_with_the_reason(granted):
    account(granted, "90.000", "10.000")
    assert calculating.settlement(granted.case).amount == Decimal(40000), "never above what was granted"
    review(granted, "report", n1=("40000", "een andere kar was goedkoper"))
    assert calculating.settlement(granted.case).amount == Decimal(25000)


def test_money_of_others_lowers_what_is_left_to_subsidise(granted):
    account(granted, "50.000", werkelijke_financiering=[{"financier": "Fonds", "amount": "45.000", "status": "granted"}])
    assert calculating.settlement(granted.case).amount == Decimal(5000)


def test_an_account_without_costs_cannot_be_settled_on_costs(granted):
    account(granted)
    with pytest.raises(Refused, match="Vraag die eerst na"):
        granted.decide("settle", Decimal(40000))


def test_a_lower_settlement_shows_what_was_accounted_for(granted):
    account(granted, "50.000", "10.000")
    assessing.ask_view(application_id=granted.id, about="settle_lower", reason="feiten", actor=granted.handler, day=granted.day)
    assessing.receive_view(application_id=granted.id, text="Dat klopt.", actor=granted.asker, day=granted.day)
    values = {"amount": Decimal(20000), "ground": "4:46(2)(a)", "motivation": "Het plan is half gedaan.", "proportionality": "De gemeente wist dit."}
    decision = deciding.prepare(application_id=granted.id, act="settle_lower", actor=granted.handler, values=values, day=granted.day)
    page = Client()
    page.force_login(User.objects.get(username="behandelaar"))
    text = page.get(f"/behandelen/besluit/{decision.id}/").content.decode()
    assert "60.000,00" in text and "20.000,00" in text and "Verschil" in text


def test_a_fixed_sum_needs_no_costs(live):
    life = live("report_received")
    assert calculating.settlement(life.case).amount == life.case.granted_amount


def test_the_handler_reviews_on_a_page_and_keeps_what_was_typed_when_it_is_refused(plan):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    address = f"/behandelen/{plan.id}/kosten/application/"
    values = {"bedrag-1": "60.000,50", "reden-1": "", "bedrag-2": "30.000", "reden-2": ""}
    page = client.post(address, values).content.decode()
    assert "waarom niet alles" in page and "60.000,50" in page
    page = client.post(address, {**values, "reden-1": "te duur"}, follow=True).content.decode()
    assert "zijn beoordeeld" in page and "90.000,50" in page
    assert "Regel 2" in client.post(address, {**values, "reden-1": "te duur", "bedrag-2": "veel"}).content.decode()
    client.force_login(User.objects.get(username="auditor"))
    assert "90.000,50" in client.get(address).content.decode()
    client.post(address, {"bedrag-1": "1", "reden-1": "x"})
    assert CostReview.objects.get(position=1).accepted == Decimal("60000.50"), "an auditor changes nothing"
