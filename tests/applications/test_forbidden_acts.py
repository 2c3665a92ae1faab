"""What may not happen (domain reference 2.6): each attempt is refused, with a reason and an article."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.applications.lifecycle.door import NotPermitted, Refused, UnknownAct, WrongStatus, perform, refusals_of
from grants.applications.lifecycle.facts import Facts
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.roles import Role
from grants.project.demo.lives import person

DAY = date(2026, 3, 2)
SENT = {"motivation": "omdat", "view_checked": True}


def reasons(act, facts, day=DAY):
    return " ".join(str(refusal) for refusal in refusals_of(act, facts, day))


def test_not_handled_needs_an_offered_recovery_term():
    assert "4:5, eerste lid" in reasons("decide_not_handle", Facts(motivation="x", not_handled_last_day=DAY))


def test_not_handled_is_possible_without_it_after_a_wrong_channel_notice():
    assert reasons("decide_not_handle", Facts(motivation="x", wrong_channel_notice=True)) == ""


@pytest.mark.parametrize(("day", "refused"), [(-1, False), (0, False), (1, True)])
def test_not_handled_only_until_the_last_day_of_four_weeks(day, refused):
    facts = Facts(motivation="x", recovery_offered=True, not_handled_last_day=DAY)
    assert ("4:5, vierde lid" in reasons("decide_not_handle", facts, DAY + timedelta(days=day))) is refused


@pytest.mark.parametrize(("end", "refused"), [(DAY - timedelta(days=1), True), (DAY, False), (DAY + timedelta(days=1), False)])
def test_no_grant_when_the_activity_ended_before_receipt(end, refused):
    facts = Facts(received_on=DAY, activity_end=end, amount=Decimal(100), requested=Decimal(100), state_aid="no_aid", path="grant")
    assert ("4:29" in reasons("grant", facts)) is refused


@pytest.mark.parametrize(("amount", "refused"), [("999.99", True), ("1000.00", False), ("1000.01", True)])
def test_settle_is_exactly_what_was_granted(amount, refused):
    assert ("4:46" in reasons("settle", Facts(amount=Decimal(amount), granted=Decimal(1000)))) is refused


@pytest.mark.parametrize(("amount", "refused"), [("999.99", False), ("1000.00", False), ("1000.01", True)])
def test_no_grant_over_the_remaining_ceiling(amount, refused):
    facts = Facts(amount=Decimal(amount), requested=Decimal(5000), room=Decimal(1000), state_aid="no_aid", path="grant")
    assert ("4:25, tweede lid" in reasons("grant", facts)) is refused


def test_no_grant_when_the_aid_is_incompatible():
    assert "4:35, derde lid" in reasons("grant", Facts(amount=Decimal(1), requested=Decimal(1), state_aid="incompatible", path="grant"))


@pytest.mark.parametrize(("day", "refused"), [(date(2031, 3, 2), False), (date(2031, 3, 3), True)])
def test_no_adverse_change_of_a_settlement_after_five_years(day, refused):
    facts = Facts(adverse=True, ground="4:49", settlement_known_on=DAY, amount=Decimal(1), **SENT)
    assert ("4:49, derde lid" in reasons("amend_settlement", facts, day)) is refused


@pytest.mark.parametrize("act", ["settle_lower", "settle_nil", "withdraw_grant", "withdraw_settlement", "reject"])
def test_adverse_decisions_need_a_hearing_or_a_lawful_reason(act):
    facts = Facts(amount=Decimal(1), granted=Decimal(2), ground="x", motivation="x", proportionality="x")
    assert "zienswijze" in reasons(act, facts)
    assert "zienswijze" not in reasons(act, Facts(amount=Decimal(1), granted=Decimal(2), ground="x", proportionality="x", **SENT))


@pytest.mark.parametrize("act", ["settle_ex_officio", "settle_ex_officio_after_reminder"])
def test_a_lower_settlement_ex_officio_needs_a_hearing(act):
    facts = Facts(amount=Decimal(1), granted=Decimal(2), ground="x", motivation="x", proportionality="x", ex_officio_on=DAY, term_last_day=DAY)
    assert "zienswijze" in reasons(act, facts, DAY + timedelta(days=1))


@pytest.mark.parametrize(("day", "refused"), [(0, True), (1, False)])
def test_no_settlement_while_the_reminder_term_runs(day, refused):
    facts = Facts(amount=Decimal(2), granted=Decimal(2), motivation="x", proportionality="x", term_last_day=DAY)
    assert ("loopt nog" in reasons("settle_ex_officio_after_reminder", facts, DAY + timedelta(days=day))) is refused


def test_the_portal_needs_consent():
    assert "2:8" in reasons("grant", Facts(channel_refusal="geen toestemming", path="grant"))


def test_a_penalty_is_only_decided_when_it_is_over():
    assert "4:18" in reasons("decide_penalty", Facts(motivation="x"))


def test_an_objection_is_not_decided_by_the_first_decider():
    facts = Facts(motivation="x", first_decider_ids=frozenset({7}), decider_id=7)
    assert "10:3, derde lid" in reasons("reconsider", facts)


@pytest.mark.django_db
class TestAtTheDoor:
    def test_no_verlening_before_the_assessment(self, live):
        life = live("received")
        with pytest.raises(WrongStatus, match="de zaak is nu ontvangen"):
            perform(life.case, "grant", Facts(), Actor.system(on_behalf_of=person("directeur", Role.MANDATE_HOLDER).user), DAY)

    def test_no_withdrawal_of_a_grant_once_it_is_settled(self, live):
        life = live("vastgesteld_direct")
        with pytest.raises(WrongStatus):
            perform(life.case, "withdraw_grant", Facts(), life.signer, DAY)

    def test_the_wrong_role_is_told_who_may(self, live):
        life = live("received")
        with pytest.raises(NotPermitted, match="behandelaar"):
            perform(life.case, "mark_complete", Facts(), life.reviewer, life.day)

    def test_another_applicant_may_not_withdraw_the_case(self, live):
        life = live("received", scheme="LB-INW")
        with pytest.raises(NotPermitted):
            perform(life.case, "withdraw_application", Facts(), person("ambtenaar", Role.APPLICANT), life.day)

    def test_an_unnamed_act_does_not_exist(self, live):
        with pytest.raises(UnknownAct):
            perform(live("received").case, "grant_quietly", Facts(), Actor.system(), DAY)

    def test_a_refused_act_leaves_no_event(self, live):
        life = live("received")
        before = Event.objects.count()
        with pytest.raises(Refused):
            perform(life.case, "forward", Facts(reason=" "), person("intake", Role.INTAKE_OFFICER), life.day)
        assert Event.objects.count() == before

    def test_the_second_submit_is_refused(self, live):
        life = live("received")
        with pytest.raises(WrongStatus):
            life.submit()

    def test_status_cannot_be_set_by_hand(self, live):
        case = live("received").case
        with pytest.raises(AttributeError):
            case.status = "verleend"
