"""We are late: a notice of default, the penalty per day, and the decision that fixes it (Awb 4:17, 4:18)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from decisions.models import DefaultNotice
from decisions.services import closing, deciding, defaulting
from grants.applications.lifecycle.door import Refused
from grants.applications.services import timing
from grants.kernel import audit, outbox
from grants.kernel.models import User
from letters.models import Letter

pytestmark = pytest.mark.django_db
DUE = date(2026, 5, 29)  # the decision term ended on this Friday


@pytest.fixture
def late(live):
    """A case that was assessed, with a decision term that ended on DUE; today is 2026-09-01."""
    with time_machine.travel("2026-09-01T10:00:00+02:00", tick=True):
        life = live("assessed", days_ago=190)
        life.case.deadlines.filter(rule="DECISION").update(last_day=DUE)
        yield life


def notice(life, received_on):
    return defaulting.record(application_id=life.id, received_on=received_on, actor=life.handler, day=max(received_on, life.day))


def penalty(life, amount):
    return life.decide("decide_penalty", Decimal(amount))


def test_a_premature_notice_starts_nothing_and_names_the_day_from_which_a_new_one_counts(late):
    found = notice(late, DUE)
    assert found.state == "premature" and found.first_day is None and found.amount_on(date(2026, 9, 1)) == 0
    assert not late.case.deadlines.filter(rule__in=["DEFAULT_NOTICE_2W", "PENALTY_42D"]).exists()
    outbox.run_open()
    assert "30 mei 2026" in Letter.objects.get(chain=late.case.chain, kind="L21").text


def test_a_valid_notice_has_the_days_of_vector_v38(late):
    found = notice(late, date(2026, 6, 1))
    assert (found.two_weeks_end, found.first_day, found.last_day, found.decide_by) == (
        date(2026, 6, 15), date(2026, 6, 16), date(2026, 7, 27), date(2026, 8, 10),
    )
    assert [found.amount_on(date(2026, 6, 15) + timedelta(days=n)) for n in (0, 1, 14, 15, 42, 43)] == [0, 23, 322, 357, 1442, 1442]
    outbox.run_open()
    assert "16 juni 2026" in Letter.objects.get(chain=late.case.chain, kind="L21").text


@pytest.mark.parametrize("kind", ["bibob", "force_majeure", "attributable", "foreign_information"])
def test_a_notice_while_the_term_stands_still_starts_nothing_though_its_old_last_day_passed(live, kind):
    with time_machine.travel("2026-09-01T10:00:00+02:00", tick=True):
        life = live("assessed", days_ago=190)
        due = life.case.deadlines.get(rule="DECISION").last_day
        timing.suspend(application_id=life.id, pause=timing.Pause(kind, life.day, None, "Zo is het (verzonnen)."), actor=life.handler, day=life.day)
        found = notice(life, due + timedelta(days=1))
        assert found.state == "premature" and "staat nu stil" in found.problem and found.first_day is None


def test_a_second_notice_and_one_after_the_decision_start_nothing(late):
    notice(late, date(2026, 6, 1))
    assert "al eerder" in notice(late, date(2026, 6, 3)).problem
    assert DefaultNotice.objects.filter(state="valid").count() == 1
    late.day = date(2026, 6, 20)
    late.decide("grant", late.plan.amount)
    assert "al klaar" in notice(late, date(2026, 6, 22)).problem


def test_the_late_decision_stops_the_penalty_and_it_is_fixed_by_a_decision_with_its_letter(late):
    notice(late, date(2026, 6, 1))
    late.day = date(2026, 6, 18)
    with pytest.raises(Refused, match="4:18"):
        penalty(late, "46")
    deciding.give_back(decision_id=late.case.decisions.get().id, reason="loopt nog", actor=late.reviewer, day=late.day)
    late.decide("grant", late.plan.amount)
    found = DefaultNotice.objects.get()
    assert (found.stopped_on, found.days_on(date(2026, 9, 1))) == (date(2026, 6, 18), 2), "the day of sending is no day of default"
    assert found.decide_by == date(2026, 7, 1)

    late.day = date(2026, 6, 19)
    with pytest.raises(Refused, match="46,00"):
        penalty(late, "47")
    deciding.give_back(decision_id=late.case.decisions.latest("created_at").id, reason="bedrag", actor=late.reviewer, day=late.day)
    assert "een dwangsom" in closing.open_matters_of(late.case)
    decision = penalty(late, "46")
    found.refresh_from_db()
    assert (found.state, found.amount, found.decision_id) == ("decided", Decimal(46), decision.id)
    assert late.case.status == "verleend" and "een dwangsom" not in closing.open_matters_of(late.case)
    text = Letter.objects.get(chain=late.case.chain, kind="L22").text
    assert "46,00" in text and "Dag 1 tot en met 2" in text and "23,00" in text and "bezwaar" in text
    assert not list(audit.verify())


def test_after_42_days_the_penalty_is_full(late):
    notice(late, date(2026, 6, 1))
    late.day = date(2026, 7, 28)
    penalty(late, "1442")
    assert DefaultNotice.objects.get().amount == Decimal(1442)
    text = Letter.objects.get(chain=late.case.chain, kind="L22").text
    assert all(part in text for part in ("322,00", "490,00", "630,00", "1.442,00"))


@pytest.mark.parametrize("received_on", [date(2026, 9, 2), date(2020, 1, 1)])
def test_a_day_that_cannot_be_is_refused(late, received_on):
    with pytest.raises(Refused, match="niet in de toekomst"):
        defaulting.record(application_id=late.id, received_on=received_on, actor=late.handler)


def test_the_handler_registers_it_on_a_page_and_sees_it_on_the_case(late):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.post(f"/behandelen/{late.id}/ingebrekestelling/", {"received_on": "2026-06-01"}, follow=True).content.decode()
    assert "is ingeschreven" in page and "16 juni 2026" in page and "27 juli 2026" in page
