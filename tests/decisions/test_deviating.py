"""A grant or settlement above what the scheme's rule comes to: refused with the calculation, unless a deviation is reasoned (Awb 4:84)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from decisions.models import Beschikking, CostReview
from decisions.services import costing, deciding
from grants.applications.lifecycle.door import Refused, refusals_of
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.kernel import outbox
from grants.kernel.models import User
from letters.models import Letter

pytestmark = pytest.mark.django_db
WHY = {"deviation_ground": "hardheidsclausule", "deviation": "De dorpszaal brandde af en huren kost meer."}


@pytest.fixture
def plan(live):
    """30,000 was asked for costs of 37,500, of which eighty percent counts; the handler cut 12,500 of the costs: 20,000 is left."""
    life = live("assessed")
    costing.review_costs(application_id=life.id, of=CostReview.Of.APPLICATION, accepted={1: (Decimal(25000), "te ruim begroot")}, actor=life.handler)
    return life


@pytest.mark.parametrize(("amount", "passes"), [("19999.99", True), ("20000.00", True), ("20000.01", False)])
def test_the_calculation_is_the_most_that_can_be_granted(plan, amount, passes):
    if passes:
        plan.decide("grant", Decimal(amount), ground="CEILING")
        return
    with pytest.raises(Refused) as found:
        plan.decide("grant", Decimal(amount))
    said = str(found.value).replace("\xa0", " ")
    for words in ("komt het bedrag uit op € 20.000,00. € 20.000,01 is meer", "80% van de subsidiabele kosten € 20.000,00", "Vul een lager bedrag in", "4:84 Awb: afwijken"):
        assert words in said, words


def test_a_deviation_with_a_ground_and_a_reason_passes_and_is_printed(plan):
    decision = plan.decide("grant", Decimal(25000), **WHY)
    outbox.run_open()
    text = " ".join(Letter.objects.get(decisions=decision).text.split())
    for words in ("Waarom wijken wij af van de berekening?", "hardheidsclausule", "De dorpszaal brandde af", "Ons besluit", "25.000,00", "20.000,00"):
        assert words in text, words
    stored = Beschikking.objects.get(id=decision.id)
    assert stored.frozen_facts["deviation"] == WHY["deviation"] and stored.frozen_facts["calculated"] == "20000.00"


@pytest.mark.parametrize("half", [{"deviation": "Zomaar."}, {"deviation_ground": "4:84"}])
def test_half_a_deviation_is_none(plan, half):
    with pytest.raises(Refused, match="Kies dan de grond en schrijf op waarom"):
        plan.decide("grant", Decimal(15000), **half)


def test_a_deviation_that_changes_after_the_review_is_reviewed_again(plan):
    decision = deciding.prepare(application_id=plan.id, act="grant", actor=plan.handler, values={"amount": Decimal(25000), "motivation": "x", **WHY}, day=plan.day)
    deciding.review(decision_id=decision.id, actor=plan.reviewer, day=plan.day)
    with pytest.raises(deciding.WrongState):
        deciding.change(decision_id=decision.id, actor=plan.handler, values={"deviation": "Iets anders."})


def test_a_scheme_can_say_that_its_rule_only_guides():
    facts = Facts(path="grant", amount=Decimal(11), requested=Decimal(20), calculated=Decimal(10), state_aid="no_aid")
    assert "€" in " ".join(map(str, refusals_of("grant", facts, None)))
    assert refusals_of("grant", replace(facts, rule_is_indicative=True), None) == ()


def test_the_page_offers_the_deviation_and_keeps_it(plan):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    client.post(f"/behandelen/{plan.id}/besluit/grant/", {"amount": "25.000", "motivation": "Past.", "view_not_required": "4:7(1)", **WHY})
    decision = Beschikking.objects.get(application=plan.id)
    assert (decision.deviation_ground, decision.deviation) == tuple(WHY.values())
    assert "De dorpszaal brandde af" in client.get(f"/behandelen/besluit/{decision.id}/").content.decode()


def test_a_higher_grant_later_follows_the_same_rule(live):
    life = live("verleend")
    with pytest.raises(Refused, match="komt het bedrag uit op"):
        life.decide("amend", Decimal("30000.01"), motivation="Meer.")
    Beschikking.objects.filter(application=life.id, state="reviewed").update(state="returned")
    life.decide("amend", Decimal("30000.01"), motivation="Meer.", **WHY)
    assert life.case.granted_amount == Decimal("30000.01")


def test_a_settlement_above_its_method_needs_a_reason_and_stays_within_the_grant(live):
    life = live("report_received")
    Application.objects.filter(id=life.id).update(granted_amount=life.plan.amount)
    with pytest.raises(Refused, match="niet op meer dan verleend"):
        life.decide("settle", life.plan.amount + 1, **WHY)


@pytest.mark.parametrize(("typed", "warned"), [("20.000", False), ("25.000", True)])
def test_who_drafts_is_warned_before_anything_is_kept_and_not_stopped(plan, typed, warned):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    address, data = f"/behandelen/{plan.id}/besluit/grant/", {"amount": typed, "motivation": "Past.", "view_not_required": "4:7(1)"}
    page = client.post(address, {**data, "voorbeeld": "1"}).content.decode()
    assert ("Volgens de regeling komt het bedrag uit op" in page and 'href="#id_deviation_ground"' in page) is warned
    assert 'id="id_deviation_ground"' in page and 'id="id_deviation"' in page and not Beschikking.objects.filter(application=plan.id).exists()
    with_reason = client.post(address, {**data, "voorbeeld": "1", **WHY}).content.decode()
    assert "Volgens de regeling komt het bedrag uit op" not in with_reason
    client.post(address, data)
    kept = Beschikking.objects.get(application=plan.id)
    assert ("Volgens de regeling komt het bedrag uit op" in client.get(kept.get_absolute_url()).content.decode()) is warned
    client.force_login(User.objects.get(username="toetser"))
    assert ("Volgens de regeling komt het bedrag uit op" in client.get(kept.get_absolute_url()).content.decode()) is warned
