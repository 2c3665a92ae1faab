"""An objection beside the case: in by any channel, its clock, repair, delay, withdrawal, and the court (B01 to B03, B07, B08, B11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from decisions import objections
from decisions.models import Beschikking, Objection
from decisions.services import closing, objecting
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus
from grants.applications.services import accounting, correcting
from grants.kernel import audit, outbox
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from grants.project.demo.objections import Objector
from letters.models import Letter

pytestmark = pytest.mark.django_db


def rejected_on(live, sent_on: date):
    """A case whose refusal was sent on this day; thirteen days pass between the application and the refusal."""
    today = date(2026, 11, 2)
    life = live("rejected", days_ago=(today - sent_on).days + 13)
    assert life.day == sent_on
    return life


@pytest.fixture
def now():
    with time_machine.travel("2026-11-02T10:00:00+01:00", tick=True):
        yield


@pytest.fixture
def v02(now, live):
    """Vector V02: sent on 7 March 2025; the objection term ran until 22 April 2025."""
    return rejected_on(live, date(2025, 3, 7))


def paper(life, **values):
    found = Objector(life)
    life.day = max(life.day, values["received_on"])
    found.register(actor=found.intake, **{"channel": "paper", **values})
    return found


def letter(life, kind):
    return Letter.objects.filter(chain=life.case.chain, kind=kind).latest("created_at").text


# -- B01 -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received_on", "kind", "article"),
    [(date(2025, 4, 29), "in_time", "6:9, tweede lid"), (date(2025, 4, 30), "late", "6:11")],
    ids=["V45", "V46"],
)
def test_posted_on_the_last_day_is_in_time_only_when_received_within_a_week(v02, received_on, kind, article):
    record = paper(v02, posted_on=date(2025, 4, 22), received_on=received_on).record
    assert record.state == "obj_registered", "a late objection comes in too"
    timely = objections.timeliness(record)
    assert timely.kind == kind and article in timely.article


def test_v29_the_clock_starts_when_the_objection_term_ended_and_runs_six_weeks(v02):
    record = paper(v02, received_on=date(2025, 3, 10)).record
    assert record.decide_by == record.deadline.last_day == date(2025, 6, 3)
    assert (record.deadline.rule, record.deadline.starts_on) == ("OBJ_DECISION", date(2025, 4, 22))


def test_v31_with_a_committee_that_the_objector_was_told_of_it_runs_twelve_weeks(now, live):
    life = rejected_on(live, date(2026, 2, 9))
    assert paper(life, received_on=date(2026, 3, 2), has_committee=True).record.decide_by == date(2026, 6, 15)


@pytest.mark.parametrize(("told_on", "decide_by"), [(date(2026, 5, 4), date(2026, 6, 15)), (date(2026, 5, 5), date(2026, 5, 4))])
def test_a_committee_lengthens_the_term_only_when_told_within_the_six_weeks(now, live, told_on, decide_by):
    life = rejected_on(live, date(2026, 2, 9))
    found = paper(life, received_on=date(2026, 3, 2))
    life.day = told_on
    assert found.step(objecting.tell_committee).decide_by == decide_by
    with pytest.raises(Refused, match="weet al"):
        found.step(objecting.tell_committee)


def test_a_decision_sent_again_moves_the_term_to_object_and_the_clock_of_an_objection(now, live):
    life = rejected_on(live, date(2026, 2, 9))
    found = paper(life, received_on=date(2026, 2, 20))
    life.day = date(2026, 3, 2)
    refusal = Letter.objects.get(chain=life.case.chain, kind="L10")
    correcting.resend(application_id=life.id, letter_id=refusal.id, reason="kwam terug", actor=found.intake, day=life.day)
    assert objections.made_known_on(found.contested) == life.day
    assert found.record.decide_by == found.record.deadline.last_day == date(2026, 5, 26), "6 weeks from 13 April, then off Whit Monday"


def test_a_late_objection_is_told_so_in_plain_words_and_asked_why(v02):
    paper(v02, received_on=date(2025, 6, 2))
    text = letter(v02, "L23")
    assert "22 april 2025" in text and "Schrijf ons waarom uw bezwaar later kwam" in text and "in behandeling" in text


def test_the_receipt_says_what_the_law_asks(v02):
    paper(v02, received_on=date(2025, 3, 10), grounds="")
    text = letter(v02, "L23")
    for part in ("10 maart 2025", "7 maart 2025", "3 juni 2025", "geen commissie", "hoorzitting", "waarom u het niet eens bent"):
        assert part in text, part
    outbox.run_open()
    assert not list(audit.verify())


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"received_on": date(2025, 3, 10), "posted_on": date(2025, 3, 11)}, "later zijn gepost"),
        ({"received_on": date(2020, 1, 1)}, "na de aanvraag"),
        ({"received_on": date(2999, 1, 1)}, "toekomst"),
    ],
)
def test_days_that_cannot_be_are_refused(v02, values, says):
    v02.day = date(2025, 4, 1)
    with pytest.raises(Refused, match=says):
        Objector(v02).register(actor=person("intake", Role.INTAKE_OFFICER), **{**values, "channel": "paper"})
    assert not Objection.objects.exists()


def test_a_second_objection_to_the_same_decision_waits_for_the_first_to_end(v02):
    found = paper(v02, received_on=date(2025, 3, 10))
    with pytest.raises(Refused, match="al een bezwaar"):
        found.register()
    found.step(objecting.withdraw, actor=v02.asker, how="portal")
    assert found.register().state == "obj_registered"


def test_nobody_objects_to_what_was_not_sent(live):
    life = live("assessed", days_ago=40)
    decision = life.decide("grant", life.plan.amount, send=False)
    with pytest.raises(Refused, match="nog niet verzonden"):
        objecting.register(decision_id=decision.id, actor=life.asker, grounds="x", channel="portal", day=life.day)


def test_another_applicant_and_an_official_without_the_role_do_not_object(live):
    life = live("rejected")
    for actor in (person("ambtenaar", Role.APPLICANT), life.handler):
        with pytest.raises(NotPermitted):
            Objector(life).register(actor=actor)
    assert not Objection.objects.exists()


def test_an_objection_in_a_closed_case_comes_in_and_waits_for_the_case_to_be_reopened(live):
    life = live("closed")
    found = Objector(life)
    found.register()
    found.waive()
    with pytest.raises(WrongStatus, match="afgesloten"):
        found.prepare("unfounded")
    accounting.reopen(application_id=life.id, reason="laat bezwaar", actor=person("archief", Role.RECORDS_OFFICER), day=life.day)
    assert found.prepare("unfounded").state == "draft"
    assert not list(audit.verify())


def test_two_objections_in_one_case_have_clocks_of_their_own(live):
    life = live("verleend", days_ago=200)
    first = Objector(life)
    first.register()
    life.later(20)
    life.decide("amend", life.plan.amount + 100, deviation_ground="4:84", deviation="De huur ging onverwacht omhoog.")
    second = Objector(life)
    second.register()
    assert first.contested != second.contested
    first.step(objecting.withdraw, actor=life.asker, how="portal")
    assert first.record.deadline.ended_on == life.day and second.record.deadline.ended_on is None
    assert second.record.decide_by > first.record.decide_by


# -- B02, B03 --------------------------------------------------------------------------------------------------------
def in_repair(life, asked_on):
    found = paper(life, received_on=date(2025, 3, 10), grounds="")
    life.day = asked_on
    found.step(objecting.ask_repair, items=("Waarom u het niet eens bent.",))
    return found


def test_a_repair_stops_the_clock_from_the_day_after_the_request_to_the_day_before_the_answer(v02):
    found = in_repair(v02, date(2025, 4, 28))
    assert found.record.repair_last_day == date(2025, 5, 12)
    text = letter(v02, "L24")
    assert "12 mei 2025" in text and "staat stil" in text and "niet-ontvankelijk" in text and "Waarom u het niet eens bent." in text
    v02.day = date(2025, 5, 6)
    record = found.step(objecting.repair_received, actor=v02.asker, text="De motivering klopt niet.")
    assert record.decide_by == date(2025, 6, 10), "seven days, from 29 April up to 5 May"
    assert record.deadline.suspended_days == 7 and record.repair_text == "De motivering klopt niet."


def test_a_repair_before_the_objection_term_ended_stops_no_clock_that_runs(v02):
    found = in_repair(v02, date(2025, 3, 12))
    v02.day = date(2025, 3, 20)
    assert found.step(objecting.repair_received, actor=v02.asker, text="omdat").decide_by == date(2025, 6, 3)


@pytest.mark.parametrize(("day", "refused"), [(date(2025, 5, 12), True), (date(2025, 5, 13), False)])
def test_the_repair_term_lapses_after_its_last_day(v02, day, refused):
    found = in_repair(v02, date(2025, 4, 28))
    v02.day = day
    if refused:
        with pytest.raises(Refused, match="nog tijd"):
            found.step(objecting.repair_lapsed)
        return
    record = found.step(objecting.repair_lapsed)
    assert record.state == "obj_registered" and record.pauses.get().last_day == date(2025, 5, 11)
    assert record.decide_by == date(2025, 6, 16), "thirteen days"


def test_a_request_without_items_and_an_empty_answer_are_refused(v02):
    found = paper(v02, received_on=date(2025, 3, 10))
    with pytest.raises(Refused, match="6:6"):
        found.step(objecting.ask_repair, items=())
    found.step(objecting.ask_repair, items=("iets",))
    with pytest.raises(Refused, match="6:6"):
        found.step(objecting.repair_received, actor=v02.asker, text=" ")


# -- B07 -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "weeks", "says"), [(date(2025, 6, 4), 6, "eindigde op 3 juni"), (date(2025, 6, 3), 7, "zes weken"), (date(2025, 6, 3), 0, "zes weken")])
def test_an_adjournment_after_the_term_or_for_too_long_is_refused(v02, day, weeks, says):
    found = paper(v02, received_on=date(2025, 3, 10))
    v02.day = day
    with pytest.raises(Refused, match=says):
        found.step(objecting.adjourn, weeks=weeks, reason="druk")
    assert found.record.decide_by == date(2025, 6, 3) and found.record.adjourned_weeks is None


@pytest.mark.parametrize(("weeks", "until"), [(6, date(2025, 7, 15)), (2, date(2025, 6, 17))])
def test_it_is_adjourned_once_on_the_last_day_at_the_latest(v02, weeks, until):
    found = paper(v02, received_on=date(2025, 3, 10))
    v02.day = date(2025, 6, 3)
    record = found.step(objecting.adjourn, weeks=weeks, reason="Wij wachten op een deskundige.")
    assert record.decide_by == record.deadline.last_day == until
    text = letter(v02, "L26")
    assert "3 juni 2025" in text and f"{until.day} {'juli' if weeks == 6 else 'juni'} 2025" in text and "deskundige" in text and "formeel uitstel" in text
    with pytest.raises(Refused, match="al een keer"):
        found.step(objecting.adjourn, weeks=1, reason="nog meer")


def test_more_time_needs_the_consent_of_the_objector_and_ends_on_the_day_agreed(v02):
    found = paper(v02, received_on=date(2025, 3, 10))
    v02.day = date(2025, 5, 30)
    with pytest.raises(Refused, match="goed vindt"):
        found.step(objecting.agree_on_delay, until=date(2025, 6, 30), consent=False, reason="overleg")
    with pytest.raises(Refused, match="na de termijn"):
        found.step(objecting.agree_on_delay, until=date(2025, 6, 3), consent=True, reason="overleg")
    record = found.step(objecting.agree_on_delay, until=date(2025, 6, 30), consent=True, reason="Wij overleggen samen.")
    assert record.decide_by == date(2025, 6, 30) and "vierde lid" in letter(v02, "L26")
    v02.day = date(2025, 6, 30)
    assert found.step(objecting.adjourn, weeks=6, reason="druk").decide_by == date(2025, 8, 11)
    v02.day = date(2025, 8, 1)
    assert found.step(objecting.agree_on_delay, until=date(2025, 9, 1), consent=True, reason="nog eens").decide_by == date(2025, 9, 1)


# -- B08 -------------------------------------------------------------------------------------------------------------
def test_withdrawing_ends_the_objection_and_is_confirmed(v02):
    found = paper(v02, received_on=date(2025, 3, 10))
    record = found.step(objecting.withdraw, actor=v02.asker, how="portal")
    assert (record.state, record.outcome, record.withdrawn_on) == ("obj_withdrawn", "withdrawn", v02.day)
    assert found.record.deadline.ended_on == v02.day
    assert "Het besluit blijft zoals het is" in letter(v02, "L27")
    with pytest.raises(WrongStatus, match="ingetrokken"):
        found.step(objecting.withdraw, actor=v02.asker, how="portal")
    assert not list(audit.verify())


def test_aloud_it_is_withdrawn_only_at_the_hearing(v02):
    found = paper(v02, received_on=date(2025, 3, 10))
    with pytest.raises(Refused, match="6:21"):
        found.step(objecting.withdraw, how="hearing")
    found.plan(14)
    with pytest.raises(Refused, match="6:21"):
        found.step(objecting.withdraw, how="hearing")
    v02.later(14)
    assert found.step(objecting.withdraw, how="hearing").state == "obj_withdrawn"


def test_a_withdrawn_objection_takes_its_signed_decision_back_and_frees_the_money(live):
    life = live("rejected", days_ago=100)
    found = Objector(life)
    found.register()
    found.waive()
    decision = found.sign(found.prepare("well_founded", "grant_in_objection", life.plan.amount))
    assert decision.held_amount == life.plan.amount
    found.step(objecting.withdraw, actor=life.asker, how="portal")
    decision.refresh_from_db()
    assert decision.state == "returned" and life.case.ceiling.held == 0
    outbox.run_open()
    assert life.case.status == "rejected" and not list(audit.verify())


# -- B11 and closing -------------------------------------------------------------------------------------------------
def test_an_appeal_and_its_judgment_are_kept_with_the_courts_reference(live):
    life = live("rejected", days_ago=150)
    found = Objector(life)
    found.register()
    assert "een bezwaar" in closing.open_matters_of(life.case)
    with pytest.raises(WrongStatus):
        found.step(objecting.register_appeal, notice_on=life.day, reference="ROE 26/123")
    found.waive()
    found.decide("unfounded")
    assert "een bezwaar" not in closing.open_matters_of(life.case)
    assert "de beroepstermijn" in accounting.running_terms(life.case, life.day)
    with pytest.raises(Refused, match="beroepstermijn"):
        closing.close(application_id=life.id, actor=person("archief", Role.RECORDS_OFFICER), day=life.day)
    life.later(20)
    with pytest.raises(Refused, match="kenmerk"):
        found.step(objecting.register_appeal, notice_on=life.day, reference=" ")
    with pytest.raises(Refused, match="na de beslissing"):
        found.step(objecting.register_appeal, notice_on=life.day - timedelta(days=40), reference="ROE 26/123")
    record = found.step(objecting.register_appeal, notice_on=life.day, reference="ROE 26/123")
    assert record.state == "appeal_pending" and "een beroep bij de rechter" in closing.open_matters_of(life.case)
    life.later(60)
    with pytest.raises(Refused, match="beroep bij de rechter"):
        closing.close(application_id=life.id, actor=person("archief", Role.RECORDS_OFFICER), day=life.day)
    with pytest.raises(Refused, match="rechter besliste"):
        found.step(objecting.register_judgment, judged_on=life.day, judgment=" ")
    assert found.step(objecting.register_judgment, judged_on=life.day, judgment="Beroep ongegrond.").state == "appeal_decided"
    closing.close(application_id=life.id, actor=person("archief", Role.RECORDS_OFFICER), day=life.day)
    assert life.case.status == "closed" and not list(audit.verify())


def test_after_a_decision_on_the_objection_only_the_court_is_left(live):
    life = live("rejected", days_ago=150)
    found = Objector(life)
    found.register()
    found.waive()
    on_objection = found.decide("unfounded")
    for decision in (found.contested, Beschikking.objects.get(id=on_objection.id)):
        with pytest.raises(Refused, match="rechtbank"):
            objecting.register(decision_id=decision.id, actor=life.asker, grounds="x", channel="portal", day=life.day)
