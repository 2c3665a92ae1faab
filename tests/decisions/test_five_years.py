"""Five years: since the settlement was made known, or since the breach when that is the ground (Awb 4:49(3), 4:57(4))."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from decisions.models import Claim
from grants.applications.lifecycle.door import Refused
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.time_guards import claim_within_five_years, within_five_years
from grants.applications.models import Application
from grants.kernel import outbox
from grants.kernel.models import User
from grants.law.formats import long_date
from letters.models import Letter

KNOWN, BREACH = date(2020, 3, 2), date(2023, 6, 1)
ADVERSE = {"motivation": "Niet alles bleef.", "proportionality": "De ontvanger wist dit (verzonnen)."}


def refusal(ground, day, *, breach=None, known=KNOWN, adverse=True):
    return str(within_five_years(Facts(adverse=adverse, ground=ground, settlement_known_on=known, breach_on=breach), day) or "")


@pytest.mark.parametrize(("day", "passes"), [(date(2025, 3, 2), True), (date(2025, 3, 3), False)])
@pytest.mark.parametrize("ground", ["4:49(1)(a)", "4:49(1)(b)", "4:49"])
def test_on_other_grounds_they_run_from_the_settlement_whatever_day_of_a_breach_is_typed(ground, day, passes):
    assert (refusal(ground, day, breach=BREACH) == "") is passes


@pytest.mark.parametrize(("day", "passes"), [(date(2025, 3, 3), True), (date(2028, 6, 1), True), (date(2028, 6, 2), False)])
def test_after_a_breach_they_run_from_the_breach(day, passes):
    assert (refusal("4:49(1)(c)", day, breach=BREACH) == "") is passes
    assert passes or "1 juni 2028" in refusal("4:49(1)(c)", day, breach=BREACH)


def test_a_breach_has_a_day_after_the_settlement_and_not_in_the_future():
    day = date(2024, 1, 1)
    assert "op welke dag de verplichting niet is nagekomen" in refusal("4:49(1)(c)", day)
    for wrong in (KNOWN - timedelta(days=1), day + timedelta(days=1)):
        assert "na de vaststelling van 2 maart 2020" in refusal("4:49(1)(c)", day, breach=wrong)
    assert refusal("4:49(1)(c)", day, breach=KNOWN) == refusal("4:49(1)(c)", day, breach=day) == ""


@pytest.mark.parametrize("ground", ["4:49(1)(a)", "4:49(1)(c)"])
def test_without_the_day_of_the_settlement_nothing_passes(ground):
    assert "niet op welke dag de vaststelling bekend werd gemaakt" in refusal(ground, date(2024, 1, 1), breach=BREACH, known=None)
    assert refusal("", date(2040, 1, 1), known=None, adverse=False) == "", "in favour it is free"


def test_a_claim_without_the_day_from_which_they_run_is_refused():
    assert "niet bekend vanaf welke dag" in str(claim_within_five_years(Facts(claim_amount=Decimal(10)), KNOWN))
    assert claim_within_five_years(Facts(), KNOWN) is None


@pytest.mark.django_db
def test_a_case_without_the_day_of_its_settlement_is_refused_in_words(live):
    life = live("vastgesteld_direct")
    Application.objects.filter(id=life.id).update(settled_on=None)
    with pytest.raises(Refused, match="niet op welke dag de vaststelling"):
        life.decide("withdraw_settlement", ground="4:49(1)(b)", ground_text="onjuist", **ADVERSE)


@pytest.mark.django_db
def test_the_claim_runs_from_the_breach_and_the_letter_says_which_day(live):
    life = live("vastgesteld_direct")
    life.pay()
    life.later(100)
    breach = life.day - timedelta(days=50)
    decision = life.decide("amend_settlement", Decimal(1000), ground="4:49(1)(c)", ground_text="niet behouden", breach_on=breach, **ADVERSE)
    outbox.run_open()
    assert Claim.objects.get().since == breach > life.case.settled_on
    assert f"Dat was op {long_date(breach)}" in " ".join(Letter.objects.get(decisions=decision).text.split())


@pytest.mark.django_db
def test_the_form_asks_the_day_of_the_breach_where_it_counts_and_keeps_it(live):
    life = live("vastgesteld_direct")
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    address = f"/behandelen/{life.id}/besluit/amend_settlement/"
    assert 'name="breach_on"' in client.get(address).content.decode()
    breach = life.day.isoformat()
    client.post(address, {"amount": "1.000", "ground": "4:49(1)(c)", "motivation": "x", "breach_on": breach})
    decision = life.case.decisions.get(act="amend_settlement")
    assert decision.breach_on == life.day and breach in client.get(decision.get_absolute_url()).content.decode()
    assert 'name="breach_on"' not in client.get(f"/behandelen/{live('verleend').id}/besluit/amend/").content.decode()
