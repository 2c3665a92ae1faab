"""The decision on an objection (B09, B10): who takes it, when, what it says, and what it does to the case and the money."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from decisions import objections
from decisions.models import Beschikking
from decisions.services import deciding, objecting, objection_deciding
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus
from grants.budget.models import Ceiling, LedgerEntry
from grants.figures import indicator
from grants.figures.library import find
from grants.figures.parameters import read
from grants.kernel import audit, clock, outbox
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from grants.project.demo.objections import Objector
from letters.kinds import missing_elements
from letters.models import Letter

pytestmark = pytest.mark.django_db


def objector(live, state="rejected", **plan):
    """An objection that came in ten days after the decision, with the hearing rightly waived."""
    found = Objector(live(state, days_ago=plan.pop("days_ago", 150), **plan))
    found.life.later(10)
    found.register()
    found.waive()
    found.life.later(5)
    return found


def letter_of(found):
    outbox.run_open()
    return Letter.objects.filter(chain=found.life.case.chain, kind="L28").latest("created_at")


def ceiling(found):
    return Ceiling.objects.get(code=found.life.case.ceiling_id)


# -- what it does to the case ----------------------------------------------------------------------------------------
def test_an_upheld_objection_changes_nothing_but_the_objection(live):
    found = objector(live)
    before = (found.life.case.status, ceiling(found).committed, found.life.case.granted_amount)
    decision = found.decide("unfounded")
    case = found.life.case
    assert (case.status, ceiling(found).committed, case.granted_amount) == before
    record = found.record
    assert (record.state, record.outcome, record.decision_id) == ("obj_decided", "unfounded", decision.id)
    assert record.deadline.ended_on == found.life.day == decision.sent_on
    events = list(case.chain.events.order_by("-position")[:2])
    assert [e.act for e in events] == ["decide_on_objection", "uphold"]
    assert all(e.on_behalf_of == found.decider.user and e.actor is None for e in events)
    assert not list(audit.verify())


def test_a_refusal_becomes_a_grant_counted_once_on_the_day_of_the_new_decision(live):
    found = objector(live)
    refused_on, amount = found.contested.sent_on, found.life.plan.amount
    found.decide("well_founded", "grant_in_objection", amount)
    case = found.life.case
    assert (case.status, case.granted_amount) == ("verleend", amount) and ceiling(found).committed == amount and ceiling(found).held == 0
    rules = set(case.deadlines.filter(ended_by__isnull=True).values_list("rule", flat=True))
    assert {"APPEAL_6W", "REPORT_DUE"} <= rules
    assert not case.deadlines.filter(rule="OBJECTION_6W", starts_on=found.life.day).exists()
    assert case.chain.events.get(act="grant_in_objection").register_code == "verleend"

    def counted(day):
        return indicator.figure(find("leefbaarheid-projectsubsidies"), read(start="2024-01-01", reference_date=str(day), known_at="", gross=False)).denominator

    assert counted(refused_on + timedelta(days=1)) == counted(found.life.day) == 0
    assert counted(found.life.day + timedelta(days=1)) == 1


def test_a_grant_is_raised_in_objection_for_the_difference(live):
    found = objector(live, "verleend")
    old = found.life.plan.amount
    found.decide("partly", "amend_in_objection", old + 500, deviation="De huur ging onverwacht omhoog.")
    case = found.life.case
    assert (case.status, case.granted_amount, ceiling(found).committed) == ("verleend", old + 500, old + 500)
    event = case.chain.events.get(act="amend_in_objection")
    assert (event.register_code, event.amount) == ("verlening_gewijzigd", old + 500)
    assert not list(audit.verify())


def test_a_settlement_is_changed_in_objection(live):
    found = objector(live, "vastgesteld_direct")
    found.decide("well_founded", "amend_settlement_in_objection", Decimal("3500"), deviation="De huur ging onverwacht omhoog.")
    case = found.life.case
    assert (case.status, case.settled_amount) == ("vastgesteld", Decimal("3500")) and ceiling(found).committed == Decimal("3500")
    assert case.chain.events.get(act="amend_settlement_in_objection").register_code == "vaststelling_gewijzigd"


@pytest.mark.parametrize(("state", "act", "status"), [
    ("grant_withdrawn", "revive_grant", "verleend"), ("settlement_withdrawn", "revive_settlement", "vastgesteld"),
])
def test_what_was_withdrawn_is_revived(live, state, act, status):
    found = objector(live, state)
    found.decide("well_founded", act, found.life.plan.amount)
    assert found.life.case.status == status and ceiling(found).committed == found.life.plan.amount
    if act == "revive_grant":
        assert found.life.case.deadlines.filter(rule="REPORT_DUE", ended_by__isnull=True).exists()
    assert not list(audit.verify())


def test_reconsidering_starts_the_decision_term_again_and_clears_the_day_of_the_decision(live):
    found = objector(live, "not_handled")
    found.decide("well_founded", "reconsider")
    case = found.life.case
    assert (case.status, case.decided_on) == ("received", None)
    term = case.deadlines.get(rule="DECISION", ended_by__isnull=True)
    assert term.starts_on == found.life.day and case.decision_due_on == term.last_day
    found.life.mark_complete()
    found.life.assess()
    found.life.decide("grant", found.life.plan.amount)
    assert found.life.case.status == "verleend" and not list(audit.verify())


# -- the ceiling (Awb 4:25(3)) ---------------------------------------------------------------------------------------
def squeeze(found, room):
    """Leave so much room under the ceiling as it stands today."""
    now = ceiling(found)
    Ceiling.objects.filter(code=now.code).update(amount=now.held + now.committed + Decimal(room))


@pytest.mark.parametrize("room", ["0", "100"])
def test_over_the_present_ceiling_is_allowed_when_the_first_one_had_room(live, room):
    found = objector(live)
    amount = found.life.plan.amount
    squeeze(found, room)
    decision = found.sign(found.prepare("well_founded", "grant_in_objection", amount))
    assert ceiling(found).excess == 0, "nothing over the ceiling exists before the decision was sent"
    found.send(decision)
    after = ceiling(found)
    assert (after.committed, after.held, after.excess, after.available) == (amount, 0, amount - Decimal(room), 0)
    assert LedgerEntry.objects.get(kind="excess").basis == str(decision.id)
    assert found.life.case.status == "verleend" and not list(audit.verify())


def test_an_excess_that_was_signed_and_given_back_leaves_no_room_for_others(live):
    found = objector(live)
    squeeze(found, "100")
    decision = found.sign(found.prepare("well_founded", "grant_in_objection", found.life.plan.amount))
    deciding.give_back(decision_id=decision.id, reason="toch niet", actor=found.decider, day=found.life.day)
    assert ceiling(found).available == Decimal(100) and ceiling(found).excess == 0
    assert found.record.is_open


@pytest.mark.parametrize(("room", "refused"), [("0", True), ("27999.99", True), ("28000", False)])
def test_it_is_refused_when_the_first_ceiling_had_no_room_either(live, room, refused):
    life = live("assessed", amount="28000", days_ago=150)
    ceiling_code = life.case.ceiling_id
    now = Ceiling.objects.get(code=ceiling_code)
    Ceiling.objects.filter(code=ceiling_code).update(amount=now.held + now.committed + Decimal(room))
    life.decide("reject", ground="PLAFOND", ground_text="het plafond is bereikt")
    Ceiling.objects.filter(code=ceiling_code).update(amount=now.amount)
    found = Objector(life)
    assert Decimal(found.contested.frozen_facts["room"]) == Decimal(room), "no room is known too, not forgotten"
    found.register()
    found.waive()
    draft = found.prepare("well_founded", "grant_in_objection", Decimal(28000))
    if refused:
        with pytest.raises(Refused, match="4:25, derde lid"):
            found.sign(draft)
        return
    found.send(found.sign(draft))
    assert life.case.status == "verleend"


# -- who decides -----------------------------------------------------------------------------------------------------
def test_who_took_the_first_decision_does_not_decide_on_the_objection(live):
    found = objector(live)
    decision = found.prepare("unfounded")
    with pytest.raises(Refused, match="10:3, derde lid"):
        found.sign(decision, person("directeur", Role.OBJECTION_DECIDER))


def test_only_the_signer_of_the_contested_decision_is_barred_not_of_every_decision(live):
    life = live("verleend", days_ago=200)
    grant = Beschikking.objects.get(application=life.id)
    life.signer = person("senior", Role.MANDATE_HOLDER)
    life.decide("amend", life.plan.amount + 100, deviation_ground="4:84", deviation="De huur ging onverwacht omhoog.")
    found = Objector(life)
    assert found.contested.act == "amend" and grant.signed_by.username == "directeur"
    found.register()
    found.waive()
    found.sign(found.prepare("unfounded"), person("directeur", Role.OBJECTION_DECIDER))


def test_a_mandate_holder_who_decides_no_objections_cannot_sign(live):
    from decisions.models import MandateRule

    found = objector(live)
    MandateRule.objects.create(decision_kind="uphold", role=Role.MANDATE_HOLDER, basis="x", valid_from=clock.today() - timedelta(days=500))
    with pytest.raises(Refused, match="beslisser op bezwaar"):
        found.sign(found.prepare("unfounded"), person("senior", Role.MANDATE_HOLDER))


def test_the_preparer_does_not_review_and_a_case_handler_does_not_prepare(live):
    found = objector(live)
    with pytest.raises(NotPermitted):
        objection_deciding.prepare(objection_id=found.id, outcome="unfounded", act="uphold", actor=found.life.handler, values={"motivation": "x"})
    decision = found.prepare("unfounded")
    with pytest.raises(Refused, match="vierogenprincipe"):
        deciding.review(decision_id=decision.id, actor=found.handler)


def test_the_role_taken_away_before_sending_returns_the_decision_and_keeps_the_objection_open(live):
    found = objector(live)
    decision = found.sign(found.prepare("unfounded"))
    RoleAssignment.objects.filter(user=found.decider.user).delete()
    found.send(decision)
    decision.refresh_from_db()
    assert decision.state == "returned" and found.record.state == "obj_registered"
    assert found.record.deadline.ended_on is None and not list(audit.verify())


def test_a_decision_given_back_leaves_the_objection_open_for_a_new_one(live):
    found = objector(live)
    first = found.prepare("unfounded")
    with pytest.raises(deciding.OpenDecision):
        found.prepare("partly", "uphold")
    deciding.give_back(decision_id=first.id, reason="andere uitkomst", actor=found.life.reviewer, day=found.life.day)
    found.decide("well_founded", "grant_in_objection", found.life.plan.amount)
    assert found.record.outcome == "well_founded"


# -- when ------------------------------------------------------------------------------------------------------------
def test_without_an_objection_nobody_decides_on_one(live):
    life = live("rejected")
    handler = person("bezwaar", Role.OBJECTION_HANDLER)
    decision = deciding.prepare(application_id=life.id, act="uphold", actor=handler, values={"motivation": "x"}, day=life.day)
    deciding.review(decision_id=decision.id, actor=person("secretaris", Role.OBJECTION_HANDLER), day=life.day)
    with pytest.raises(Refused, match="hoort geen bezwaar"):
        deciding.sign(decision_id=decision.id, actor=person("beslisser", Role.OBJECTION_DECIDER), day=life.day)


def test_not_heard_and_not_waived_is_not_ready(live):
    found = Objector(live("rejected"))
    found.register()
    with pytest.raises(Refused, match="7:2 en verder"):
        found.sign(found.prepare("unfounded"))


def test_a_planned_hearing_is_waited_for(live):
    found = Objector(live("rejected"))
    found.register()
    found.plan()
    with pytest.raises(Refused, match="nog niet gehoord"):
        found.sign(found.prepare("unfounded"))


def test_a_committee_advises_first_and_another_outcome_has_its_reasons(live):
    found = objector(live)
    found.step(objecting.tell_committee)
    with pytest.raises(Refused, match="nog geen advies"):
        found.sign(found.prepare("unfounded", advice_followed=True))
    deciding.give_back(decision_id=found.life.case.decisions.latest("created_at").id, reason="advies", actor=found.life.reviewer, day=found.life.day)
    found.step(objection_deciding.give_advice, advice="Verklaar het bezwaar gegrond (verzonnen).")
    with pytest.raises(Refused, match="7:13, zevende lid"):
        found.prepare("unfounded", advice_followed=False)
    found.decide("unfounded", advice_followed=False, deviation_reason="De commissie zag het plafond over het hoofd.")
    letter = letter_of(found)
    assert "Verklaar het bezwaar gegrond (verzonnen)." in letter.text and "zag het plafond over het hoofd" in letter.text
    assert any("Advies van de commissie" in line for line in letter.as_content().attachments)


@pytest.mark.parametrize("outcome", ["inadmissible", "unfounded"])
def test_an_outcome_against_the_objector_brings_no_other_decision(live, outcome):
    found = objector(live)
    with pytest.raises(Refused, match="7:11"):
        found.prepare(outcome, "grant_in_objection", found.life.plan.amount)


def test_a_waived_hearing_must_fit_the_outcome(live):
    found = Objector(live("rejected"))
    found.register()
    found.waive("7:3(b)", "Het bezwaar noemt niets nieuws.")
    with pytest.raises(Refused, match="past niet bij deze uitkomst"):
        found.sign(found.prepare("well_founded", "grant_in_objection", found.life.plan.amount))


def test_an_objection_never_makes_it_worse(live):
    found = objector(live, "verleend")
    with pytest.raises(Refused, match="niet slechter"):
        found.sign(found.prepare("partly", "amend_in_objection", found.life.plan.amount - 1))


def test_more_than_was_asked_is_refused(live):
    found = objector(live)
    with pytest.raises(Refused, match="hoger dan gevraagd"):
        found.sign(found.prepare("well_founded", "grant_in_objection", found.life.plan.amount + 1))


@pytest.mark.parametrize(("late_reason", "outcome", "says"), [
    ("", "inadmissible", "eerst waarom"), ("", "unfounded", "verontschuldigt"), ("Ik lag in het ziekenhuis.", "unfounded", ""),
    ("Ik was het vergeten.", "inadmissible", ""),
])
def test_a_late_objection_is_judged_on_its_reason(live, late_reason, outcome, says):
    found = Objector(live("rejected", days_ago=150))
    found.life.later(60)
    found.register(late_reason=late_reason)
    found.waive()
    draft = found.prepare(outcome)
    if says:
        with pytest.raises(Refused, match=says):
            found.sign(draft)
        return
    found.send(found.sign(draft))
    text = letter_of(found).text
    assert late_reason in text and "6:11" in text and ("Dat is een goede reden" in text) is (outcome == "unfounded")


def test_the_act_must_fit_where_the_case_stands(live):
    found = objector(live)
    with pytest.raises(WrongStatus):
        found.prepare("well_founded", "amend_settlement_in_objection", Decimal(1))
    assert objections.acts_now(found.record, "well_founded") == ["grant_in_objection", "reconsider", "settle_directly_in_objection", "uphold"]


# -- the letter ------------------------------------------------------------------------------------------------------
WORDS = {
    "inadmissible": ("niet-ontvankelijk", "mogen niet naar de inhoud"), "unfounded": ("ongegrond", "geen gelijk"),
    "well_founded": ("gegrond", "u krijgt gelijk"), "partly": ("voor een deel gegrond", "op een deel gelijk"),
}


@pytest.mark.parametrize("outcome", WORDS)
def test_the_letter_names_the_outcome_and_explains_it_and_leads_to_the_court(live, outcome):
    found = objector(live)
    found.decide(outcome)
    letter = letter_of(found)
    content = letter.as_content()
    assert missing_elements(content) == ()
    first = content.body[0].text
    assert all(word in first for word in WORDS[outcome])
    for part in ("Rechtbank Limburg", "griffierecht", "artikel 7:11 en 7:12", "Het plan past wel bij de regeling", "7:3, onder c", "Mandaatbesluit bezwaar"):
        assert part in letter.text, part
    assert "3:45" not in letter.text and "bezwaar maken bij" not in letter.text
    assert "openbare subsidieregister" not in letter.text, "a refused case comes into no register"


def test_a_grant_in_objection_says_all_that_a_grant_says(live):
    found = objector(live)
    found.life.later(1)
    found.decide("well_founded", "grant_in_objection", found.life.plan.amount)
    text = letter_of(found).text
    for part in ("Wij herroepen ons besluit van", "30.000,00", "Wat moet u doen?", "voorschot", "verantwoording", "Laat het ons meteen weten", "4:29"):
        assert part in text, part


def test_the_report_of_the_hearing_stands_in_the_letter(live):
    found = Objector(live("rejected"))
    found.register()
    found.hear()
    found.decide("unfounded")
    letter = letter_of(found)
    assert "De bezwaarmaker lichtte het plan toe" in letter.text
    assert any("Verslag" in line for line in letter.as_content().attachments)


def test_sent_again_the_decision_starts_the_term_of_appeal_again(live):
    from grants.applications.services import correcting

    found = objector(live)
    found.decide("unfounded")
    found.life.later(10)
    correcting.resend(application_id=found.life.id, letter_id=letter_of(found).id, reason="kwam terug", actor=found.intake, day=found.life.day)
    terms = list(found.life.case.deadlines.filter(rule="APPEAL_6W").order_by("id"))
    assert [t.ended_on for t in terms] == [found.life.day, None]


def test_killed_between_signing_and_sending_it_is_sent_once(live):
    found = objector(live)
    decision = found.sign(found.prepare("unfounded"))
    found.send(decision)
    found.send(decision)
    assert found.life.case.chain.events.filter(act="decide_on_objection").count() == 1
    assert Beschikking.objects.get(id=decision.id).letter.dispatches.count() == 1


def test_everybody_of_the_demo_has_a_role_in_it(world):
    assert User.objects.get(username="beslisser").has_role(Role.OBJECTION_DECIDER)
    assert User.objects.filter(role_assignments__role=Role.OBJECTION_HANDLER).count() == 2
