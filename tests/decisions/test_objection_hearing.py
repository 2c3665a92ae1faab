"""Hearing and advice (B04 to B06): who may hear, when, and how the day is told (Awb 7:2 to 7:7, 7:13)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine

from decisions import objections
from decisions.models import Assessment
from decisions.services import objecting, objection_deciding
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus
from grants.applications.models import Application
from grants.kernel import audit, clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from grants.project.demo.objections import Objector
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(live):
    """An objection that just came in, to a refusal; today is 2 November 2026, so that no day is a holiday by chance."""
    with time_machine.travel("2026-11-02T10:00:00+01:00", tick=True):
        objector = Objector(live("rejected", days_ago=100))
        objector.life.later(7)
        objector.register()
        yield objector


def at(life, days):
    return clock.start_of(life.day + timedelta(days=days)) + timedelta(hours=10)


def give(username, role):
    user = User.objects.get(username=username)
    RoleAssignment.objects.create(user=user, role=role, valid_from=date(2024, 1, 1))
    return User.objects.get(username=username)


def plan(objector, officer, days=14):
    objector.step(objection_deciding.plan_hearing, at=at(objector.life, days), place="Maastricht", officer=officer)


def test_the_invitation_has_the_moment_and_the_two_days_counted_back(found):
    found.life.day = date(2026, 10, 5)
    moment = datetime(2026, 10, 26, 14, 30, tzinfo=clock.AMSTERDAM)
    found.step(objection_deciding.plan_hearing, at=moment, place="Limburglaan 10", officer=found.secretary.user)
    text = Letter.objects.get(chain=found.life.case.chain, kind="L25").text
    for part in ("26 oktober 2026 om 14.30 uur", "Limburglaan 10", "vanaf 19 oktober 2026", "tot en met 16 oktober 2026", "artikel 7:4"):
        assert part in text, part
    assert found.record.state == "obj_hearing_planned" and not list(audit.verify())


def test_counted_back_no_day_is_moved_even_to_a_sunday():
    assert objections.hearing_days(date(2026, 5, 11)) == (date(2026, 5, 4), date(2026, 5, 1))
    assert objections.hearing_days(date(2026, 6, 17))[1] == date(2026, 6, 7), "a Sunday, and it stays there (Atw 1(2))"


@pytest.mark.parametrize("part", ["prepared_by", "reviewed_by", "signed_by"])
def test_who_prepared_reviewed_or_signed_the_decision_does_not_hear(found, part):
    Application.objects.filter(id=found.life.id).update(handler=None)  # nothing but this part in the decision bars the person
    Assessment.objects.filter(application=found.life.id).update(handler=found.handler.user, reviewer=None)
    officer = give(getattr(found.contested, part).username, Role.OBJECTION_HANDLER)
    with pytest.raises(Refused, match="7:5"):
        plan(found, officer)
    assert found.record.state == "obj_registered"


@pytest.mark.parametrize("part", ["assessor", "assessment reviewer", "case handler"])
def test_who_assessed_or_handled_the_case_does_not_hear(found, part):
    officer = found.secretary.user
    if part == "case handler":
        Application.objects.filter(id=found.life.id).update(handler=officer)
    else:
        Assessment.objects.filter(application=found.life.id).update(**{"handler" if part == "assessor" else "reviewer": officer})
    with pytest.raises(Refused, match="7:5"):
        plan(found, officer)


@pytest.mark.parametrize(("days", "says"), [(0, "na vandaag"), (9, "tien dagen"), (10, "")])
def test_a_hearing_leaves_ten_days_for_papers(found, days, says):
    if says:
        with pytest.raises(Refused, match=says):
            plan(found, found.secretary.user, days)
        return
    plan(found, found.secretary.user, days)
    assert found.record.state == "obj_hearing_planned"


def test_only_the_hearing_officer_stores_the_report_and_not_before_the_hearing(found):
    plan(found, found.secretary.user)
    with pytest.raises(Refused, match="nog niet geweest"):
        found.step(objection_deciding.hold_hearing, actor=found.secretary, report="vroeg")
    found.life.later(14)
    with pytest.raises(Refused, match="Alleen wie de hoorzitting hield"):
        found.step(objection_deciding.hold_hearing, report="niet van mij")
    with pytest.raises(Refused, match="7:7"):
        found.step(objection_deciding.hold_hearing, actor=found.secretary, report=" ")
    assert found.step(objection_deciding.hold_hearing, actor=found.secretary, report="gezegd").state == "obj_heard"


def test_who_became_involved_after_the_invitation_does_not_hear_either(found):
    plan(found, found.secretary.user)
    found.life.later(14)
    Application.objects.filter(id=found.life.id).update(handler=found.secretary.user)
    with pytest.raises(Refused, match="7:5"):
        found.step(objection_deciding.hold_hearing, actor=found.secretary, report="gezegd")


def test_a_hearing_can_be_moved_and_then_given_up(found):
    plan(found, found.secretary.user, 14)
    plan(found, found.secretary.user, 21)
    assert found.record.hearing_on == found.life.day + timedelta(days=21)
    found.waive("7:3(c)", "Zij belde af.")
    record = found.record
    assert (record.state, record.hearing_at, record.waived_ground) == ("obj_registered", None, "7:3(c)")


@pytest.mark.parametrize(("ground", "reason"), [("", "druk"), ("7:3(z)", "druk"), ("7:3(c)", " ")])
def test_without_a_ground_of_the_law_and_a_reason_the_objector_is_heard(found, ground, reason):
    with pytest.raises(Refused):
        found.waive(ground, reason)
    assert found.record.waived_ground == ""


def test_advice_comes_from_a_committee_after_the_hearing(found):
    with pytest.raises(Refused, match="geen commissie"):
        found.step(objection_deciding.give_advice, advice="gegrond")
    found.step(objecting.tell_committee)
    with pytest.raises(Refused, match="nog niet gehoord"):
        found.step(objection_deciding.give_advice, advice="gegrond")
    found.hear()
    with pytest.raises(Refused, match="Schrijf het advies"):
        found.step(objection_deciding.give_advice, advice=" ")
    record = found.step(objection_deciding.give_advice, advice="Verklaar het bezwaar gegrond.")
    assert record.state == "obj_advised" and record.advised_on == found.life.day
    with pytest.raises(WrongStatus):
        found.plan()


@pytest.mark.parametrize("who", [("behandelaar", Role.CASE_HANDLER), ("beslisser", Role.OBJECTION_DECIDER), ("intake", Role.INTAKE_OFFICER)])
def test_only_an_objection_handler_plans_waives_and_asks(found, who):
    actor = person(*who)
    with pytest.raises(NotPermitted):
        found.step(objection_deciding.plan_hearing, actor=actor, at=at(found.life, 14), place="hier", officer=found.secretary.user)
    with pytest.raises(NotPermitted):
        found.step(objection_deciding.waive_hearing, actor=actor, ground="7:3(c)", reason="x")
    with pytest.raises(NotPermitted):
        found.step(objecting.ask_repair, actor=actor, items=("x",))
