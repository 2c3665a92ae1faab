"""Money that comes free, and the ceiling of the first decision that counts again in objection (Awb 4:25(3))."""

from __future__ import annotations

from decimal import Decimal

import pytest

from decisions.models import Beschikking
from grants.applications.lifecycle.door import Refused
from grants.budget import ledger
from grants.budget.models import Ceiling, LedgerEntry
from grants.kernel import audit
from grants.project.demo.objections import Objector
from tests.decisions.divided import PRO_RATA, queue_up, redefine

pytestmark = pytest.mark.django_db
FULL = {"ground": "4:48", "ground_text": "de activiteit gaat niet door", "proportionality": "Er is nog niets uitgegeven (verzonnen)."}


def under(life):
    return Ceiling.objects.get(code=life.case.ceiling_id)


def objection_to(life):
    found = Objector(life)
    found.register()
    found.waive()
    return found


@pytest.mark.parametrize("returns", [True, False])
def test_money_of_a_withdrawn_grant_comes_back_only_where_the_scheme_says_so(live, returns):
    life = live("verleend", amount="30000", days_ago=200)
    redefine("LB-SVC", method="order_of_receipt", same_day_rule="pro_rata_same_day", released_money_returns=returns)
    before = under(life)
    life.decide("withdraw_grant", None, **FULL)
    after = under(life)
    assert after.committed == before.committed - 30_000
    assert after.lapsed == (0 if returns else 30_000)
    assert after.available == before.available + (30_000 if returns else 0)
    assert not list(audit.verify())


def test_a_lower_settlement_frees_the_difference_to_the_cent(live):
    life = live("report_received", amount="30000", days_ago=250)
    life.decide("settle_lower", Decimal("29999.99"), ground="4:46(2)(a)", ground_text="een deel is niet gedaan", proportionality="Het gevolg is klein.")
    assert (under(life).lapsed, under(life).committed) == (Decimal("0.01"), Decimal("29999.99"))


def test_what_was_granted_over_the_ceiling_is_for_that_case_alone(live):
    life = live("rejected", amount="28000", days_ago=200)
    redefine("LB-SVC", method="order_of_receipt", same_day_rule="pro_rata_same_day", released_money_returns=True)
    now = under(life)
    Ceiling.objects.filter(code=now.code).update(amount=now.committed + now.held + 8_000)
    objection_to(life).decide("well_founded", "grant_in_objection", Decimal(28_000))
    assert (under(life).excess, under(life).available) == (20_000, 0)
    life.decide("withdraw_grant", None, **FULL)
    assert (under(life).lapsed, under(life).available) == (20_000, 8_000), "others get what the ceiling had, not the excess"
    assert not list(audit.verify())


def test_a_case_takes_its_own_freed_money_back_in_objection_before_it_goes_over_the_ceiling(live):
    life = live("verleend", amount="30000", days_ago=200)
    life.decide("withdraw_grant", None, **FULL)
    now = under(life)
    Ceiling.objects.filter(code=now.code).update(amount=now.committed + now.held + now.lapsed)
    assert under(life).available == 0
    objection_to(life).decide("well_founded", "revive_grant", Decimal(30_000))
    after = under(life)
    assert (after.committed, after.lapsed, after.excess) == (30_000, 0, 0)
    assert LedgerEntry.objects.get(kind="restore").lapsed_delta == -30_000 and not list(audit.verify())


def test_nothing_of_another_case_is_taken_back(live):
    first, second = live("verleend", days_ago=200), live("verleend", days_ago=200)
    first.decide("withdraw_grant", None, **FULL)
    event = second.case.chain.events.latest("position")
    assert ledger.restore(ceiling_id=second.case.ceiling_id, chain_id=second.case.chain_id, event_id=event.id, amount=Decimal(10)) == 0
    assert not LedgerEntry.objects.filter(kind="restore").exists()


# -- decided anew after an objection ---------------------------------------------------------------------------------
def decided_anew(live, room_at_first):
    """A case that was rejected with so much room under the ceiling, reconsidered, and assessed again with nothing left."""
    (life,) = queue_up(live, PRO_RATA, room_at_first, ("28000", 30))
    life.decide("reject", ground="CEILING", ground_text="het plafond is bereikt")
    found = objection_to(life)
    found.decide("well_founded", "reconsider")
    life.day = life.today
    life.mark_complete()
    life.assess()
    now = under(life)
    Ceiling.objects.filter(code=now.code).update(amount=now.committed + now.held + 100)
    return life


def test_the_new_decision_is_held_against_the_ceiling_of_the_first(live):
    life = decided_anew(live, "28000")
    life.decide("grant", Decimal(28_000))
    after = under(life)
    assert life.case.status == "verleend"
    assert (after.committed, after.excess, after.available) == (28_000, 27_900, 0)
    grant = Beschikking.objects.get(application=life.id, act="grant")
    assert LedgerEntry.objects.get(kind="excess").basis == str(grant.pk) and not list(audit.verify())


def test_one_cent_more_than_the_first_ceiling_had_is_refused(live):
    life = decided_anew(live, "27999.99")
    with pytest.raises(Refused, match="27.999,99"):
        life.decide("grant", Decimal(28_000))
    life.case.decisions.filter(state="reviewed").update(state="returned")
    life.decide("grant_partly", Decimal("27999.99"), ground="CEILING")
    assert life.case.granted_amount == Decimal("27999.99")


def test_the_ceiling_at_the_first_decision_stands_on_that_decision(live):
    life = decided_anew(live, "28000")
    first = Beschikking.objects.get(application=life.id, act="reject")
    assert Decimal(first.ceiling_snapshot["available"]) == 28_000 and Decimal(first.frozen_facts["room"]) == 28_000
