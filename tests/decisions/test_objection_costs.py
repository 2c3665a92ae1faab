"""Costs of an objection (Awb 7:15), direct appeal (7:1a), and a penalty for a late decision on an objection (7:14)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from decisions.models import DefaultNotice, PaymentOrder
from decisions.services import closing, defaulting, objecting
from grants.applications.lifecycle.door import Refused, WrongStatus
from grants.kernel import audit, outbox
from grants.law.objection_costs import costs_refusal
from grants.project.demo.objections import Objector
from letters.models import Letter

DAY = date(2026, 6, 1)
OURS = {"costs_amount": Decimal("653.50"), "costs_reason": "Een keer een advocaat.", "is_our_mistake": True}


@pytest.mark.parametrize(
    ("asked", "amount", "revoked", "ours", "reason", "words"),
    [
        (None, None, False, None, "", None), (None, Decimal(1), True, True, "x", "vroeg niet"), (DAY, Decimal(1), True, True, "", None),
        (DAY + timedelta(days=1), Decimal(1), True, True, "", "te laat"), (DAY, None, True, True, "", "Vul in hoeveel"), (DAY, Decimal(0), True, True, " ", "waarom wij de kosten"),
        (DAY, Decimal(0), False, None, "het besluit klopte", None), (DAY, Decimal("0.01"), False, True, "x", "alleen als het besluit wordt herroepen"),
        (DAY, Decimal("0.01"), True, None, "x", "onrechtmatig"), (DAY, Decimal("0.01"), True, False, "x", "onrechtmatig"),
    ],
)
def test_costs_are_paid_back_only_when_asked_in_time_and_for_our_own_mistake(asked, amount, revoked, ours, reason, words):
    found = costs_refusal(asked_on=asked, decided_on=DAY, amount=amount, revoked=revoked, attributable=ours, reason=reason)
    assert found is None if words is None else words in found and "artikel 7:15" in found


@pytest.fixture
def objector(live):
    life = live("rejected")
    found = Objector(life)
    found.register(asks_costs=True, asks_direct_appeal=True)
    found.waive()
    return found


def text_of(found, kind):
    outbox.run_open()
    return " ".join(Letter.objects.filter(chain=found.life.case.chain, kind=kind).latest("created_at").text.split())


@pytest.mark.django_db
def test_a_request_for_costs_must_get_an_answer(objector):
    with pytest.raises(Refused, match="Vul in hoeveel wij vergoeden, of nul met de reden"):
        objector.prepare("well_founded", "reconsider", direct_appeal_answer="Wij kunnen het zelf herstellen.")


@pytest.mark.django_db
def test_costs_are_told_in_the_decision_and_paid_beside_the_subsidy(objector):
    objector.decide("well_founded", "reconsider", direct_appeal_answer="Wij kunnen het zelf herstellen.", **OURS)
    text = text_of(objector, "L28")
    for words in ("Krijgt u de kosten van uw bezwaar terug? Ja.", "653,50", "dat ligt aan ons", "7:15", "Kon u meteen naar de rechter?", "Wij kunnen het zelf herstellen.", "7:1a"):
        assert words in text, words
    order = PaymentOrder.objects.get(kind="costs")
    assert (order.amount, order.state) == (Decimal("653.50"), "planned")
    assert "een betaling" in closing.open_matters_of(objector.life.case) and list(audit.verify()) == []


@pytest.mark.django_db
def test_a_refused_request_says_why(objector):
    objector.decide("unfounded", costs_amount=Decimal(0), costs_reason="Het besluit klopte.", direct_appeal_answer="Dat is hier niet nodig.")
    text = text_of(objector, "L28")
    assert "Nee. Het besluit klopte." in text and not PaymentOrder.objects.filter(kind="costs").exists()


@pytest.mark.django_db
def test_without_an_answer_on_direct_appeal_nobody_signs(objector):
    decision = objector.prepare("unfounded", costs_amount=Decimal(0), costs_reason="Het besluit klopte.")
    with pytest.raises(Refused, match="meteen naar de rechter.*Schrijf op waarom"):
        objector.sign(decision)


@pytest.mark.django_db
def test_costs_can_be_asked_until_the_decision_and_once(live):
    life = live("rejected")
    found = Objector(life)
    found.register()
    found.waive()
    found.step(objecting.ask_costs, actor=life.asker)
    with pytest.raises(Refused, match="al gevraagd"):
        found.step(objecting.ask_costs, actor=life.asker)
    found.decide("unfounded", costs_amount=Decimal(0), costs_reason="Het besluit klopte.")
    with pytest.raises(WrongStatus):
        found.step(objecting.ask_costs, actor=life.asker)


@pytest.fixture
def late(live):
    """An objection of which the term ended sixty days ago; the case itself owes nothing else."""
    life = live("rejected", days_ago=290)
    found = Objector(life)
    found.register()
    found.waive()
    life.day = found.record.decide_by + timedelta(days=60)
    assert life.day < life.today
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "state"), [(0, "premature"), (1, "valid")])
def test_a_notice_counts_from_the_day_after_the_term_on_the_objection(late, after, state):
    received = late.record.decide_by + timedelta(days=after)
    notice = defaulting.record(application_id=late.life.id, received_on=received, actor=late.life.handler, day=late.life.day)
    assert (notice.term, notice.state) == ("OBJ_DECISION", state)
    assert "over uw bezwaar" in text_of(late, "L21")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["decided", "withdrawn"])
def test_the_penalty_runs_until_the_objection_is_decided_or_withdrawn_and_is_paid(late, how):
    life = late.life
    received = late.record.decide_by + timedelta(days=1)
    notice = defaulting.record(application_id=life.id, received_on=received, actor=life.handler, day=received)
    life.day = notice.first_day + timedelta(days=5)
    late.decide("unfounded") if how == "decided" else late.step(objecting.withdraw, actor=life.asker, how="portal")
    notice.refresh_from_db()
    assert (notice.stopped_on, notice.days_on(life.day)) == (life.day, 5)
    life.later(1)
    life.decide("decide_penalty", Decimal(115), motivation="Wij waren te laat.")
    text = text_of(late, "L22")
    for words in ("115,00", "te laat hebben beslist over uw bezwaar", "7:14", "Dag 1 tot en met 5: € 23,00 per dag"):
        assert words in text, words
    assert DefaultNotice.objects.get().state == "decided" and not life.case.deadlines.filter(rule__in=["PENALTY_42D", "PENALTY_DECISION_2W"], ended_on=None).exists()


@pytest.mark.django_db
def test_while_we_wait_for_a_repair_nobody_is_late(late):
    late.life.day = late.record.received_on
    late.step(objecting.ask_repair, items=("gronden",))
    notice = defaulting.record(application_id=late.life.id, received_on=late.record.decide_by + timedelta(days=1), actor=late.life.handler, day=late.record.decide_by + timedelta(days=1))
    assert notice.state == "premature" and "staat nu stil" in notice.problem
