"""The order before a ceiling: who waits, who shares, and what happens on the day itself (Awb 4:25, 4:26)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from decisions.models import Assessment
from decisions.queue import ranking_refusal
from decisions.services import dividing
from grants.applications.models import Application
from grants.budget.models import Ceiling

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(live):
    """`queue(available, (asked, days ago complete), ...)`: assessed cases of scheme 2 under one ceiling."""

    def make(available: str, *cases: tuple[str, int]):
        made = []
        for asked, days_ago in cases:
            life = live("assessed", amount=asked, days_ago=40)
            Application.objects.filter(id=life.id).update(
                complete_on=life.today - timedelta(days=days_ago), requested_amount=Decimal(asked), ceiling_id="LB-SVC-2026"
            )
            Assessment.objects.filter(application=life.id).update(advised_amount=Decimal(asked))
            made.append(life)
        Ceiling.objects.filter(code="LB-SVC-2026").update(amount=Decimal(available))
        return made

    return make


def refusal(life, amount, day=None):
    return ranking_refusal(life.case, Decimal(amount), Ceiling.objects.get(code="LB-SVC-2026"), day or life.today)


def test_the_best_ranked_goes_first_and_the_other_waits(queue):
    first, second = queue("50000", ("30000", 9), ("30000", 8))
    assert refusal(first, "30000") is None
    assert "eerder compleet" in refusal(second, "30000")


def test_on_the_day_of_completeness_one_decides_when_the_ceiling_is_out_of_reach(queue):
    (life,) = queue("50000", ("30000", 0))
    assert refusal(life, "30000") is None


def test_on_the_day_of_completeness_one_waits_when_the_reserve_would_be_used(queue):
    (life,) = queue("33333.00", ("30000", 0))
    assert "morgen" in refusal(life, "30000"), "30.000 and the reserve of 10 percent do not both fit"
    assert refusal(life, "30000", life.today + timedelta(days=1)) is None


def test_an_application_that_may_become_complete_today_counts_in_what_may_still_come(queue, live):
    (life,) = queue("60000", ("30000", 0))
    waiting = live("received", amount="30000", days_ago=5)
    Application.objects.filter(id=waiting.id).update(ceiling_id="LB-SVC-2026")
    assert "morgen" in refusal(life, "30000")


def test_at_the_ceiling_nobody_of_the_day_is_granted_before_the_division_is_on_record(queue):
    for life in queue("50000", ("25000", 2), ("20000", 2), ("17500", 2)):
        assert "Maak eerst de verdeling" in refusal(life, "14000")


def test_at_the_ceiling_each_gets_its_share_of_the_day_and_not_a_cent_more(queue):
    cases = queue("50000", ("25000", 2), ("20000", 2), ("17500", 2))
    dividing.divide(ceiling_code="LB-SVC-2026", day=cases[0].today - timedelta(days=2), actor=cases[0].signer)
    for life, share in zip(cases, ("20000", "16000", "14000"), strict=True):
        assert refusal(life, share) is None
        assert "kreeg deze aanvraag" in refusal(life, str(Decimal(share) + Decimal("0.01")))


def test_an_application_that_we_left_lying_is_not_passed_by(queue, live):
    (life,) = queue("50000", ("30000", 2))
    lying = live("received", amount="30000", days_ago=5)
    Application.objects.filter(id=lying.id).update(ceiling_id="LB-SVC-2026")
    assert f"compleet zijn: {lying.case.case_number}" in refusal(life, "30000")
    Ceiling.objects.filter(code="LB-SVC-2026").update(amount=Decimal(60_000))
    assert refusal(life, "30000") is None, "there is room for both"


def test_an_application_that_came_later_or_was_asked_to_complete_holds_nobody_up(queue, live):
    (life,) = queue("50000", ("30000", 6))
    for state, days in (("received", 5), ("awaiting_completion", 20)):
        Application.objects.filter(id=live(state, amount="30000", days_ago=days).id).update(ceiling_id="LB-SVC-2026")
    assert refusal(life, "30000") is None
