"""The page of a case offers what can be done now: not what something beside the case rules out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from decisions.hindered import HINDERED
from decisions.selectors import decision_acts, plain_acts
from decisions.services import assessing, defaulting
from grants.applications.lifecycle.table import ACT_NAMES
from grants.applications.services import timing
from grants.applications.term_changes import TermChange
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import person

pytestmark = pytest.mark.django_db


def offered(life, username="behandelaar"):
    user = User.objects.get(username=username)
    return {choice.name for choice in (*plain_acts(life.case, user), *decision_acts(life.case, user))}


def test_every_act_that_is_looked_at_is_one_of_the_table():
    assert set(HINDERED) <= set(ACT_NAMES)


def test_a_suspension_can_be_ended_only_while_one_runs(live):
    life = live("received", days_ago=10)
    assert "end_suspension" not in offered(life) and "suspend_term" in offered(life)
    pause = timing.Pause(TermChange.Kind.FORCE_MAJEURE, life.day + timedelta(days=1), None, "brand (verzonnen)")
    timing.suspend(application_id=life.id, pause=pause, actor=life.handler, day=life.today)
    assert "end_suspension" in offered(life)


def test_a_penalty_is_fixed_only_when_one_was_due_and_has_ended(live):
    life = live("assessed", days_ago=200)
    assert "decide_penalty" not in offered(life)
    received = life.case.decision_due_on + timedelta(days=1)
    defaulting.record(application_id=life.id, received_on=received, actor=person("intake", Role.INTAKE_OFFICER), day=received)
    assert ("decide_penalty" in offered(life)) is (life.today > received + timedelta(days=14 + 42))


def test_money_is_claimed_back_only_when_too_much_was_paid(live):
    life = live("verleend")
    assert {"reclaim", "consent_to_transfer"} & offered(life) == set() and "amend" in offered(life)
    life.pay()
    life.decide("withdraw_grant", None, ground="4:48(1)(a)", ground_text="gaat niet door", proportionality="Er is niets uitgegeven (verzonnen).")
    assert "reclaim" in offered(life)


def test_a_view_is_received_only_when_one_was_asked(live):
    life = live("verleend")
    assert "receive_view_aside" not in offered(life)
    assessing.ask_view(application_id=life.id, about="withdraw_grant", reason="feiten", actor=life.handler, day=life.day)
    assert "receive_view_aside" in offered(life)


def test_what_is_offered_anyway_stays(live):
    life = live("verleend", days_ago=30)
    assert {"amend", "withdraw_grant", "suspend_payment", "ask_view_aside", "correct_labels"} <= offered(life)
    life.decide("suspend_payment")
    assert "suspend_payment" not in offered(life), "thirteen weeks, once"
