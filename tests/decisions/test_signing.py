"""Signing and sending: what each refuses, and what it leaves behind."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from applicants.models import Applicant
from decisions.models import Beschikking
from decisions.services import assessing, deciding
from decisions.services.dispatching import dispatch_letter
from grants.applications.lifecycle.door import Refused
from grants.budget.models import Ceiling
from grants.kernel import outbox
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(live):
    """A case of scheme 1 with a reviewed decision, ready to sign today."""
    life = live("assessed", scheme="LB-INW", days_ago=20)
    life.day = life.today
    assessing.note_view_not_required(application_id=life.id, about="settle_directly", reason="4:7(1)")
    decision = deciding.prepare(
        application_id=life.id, act="settle_directly", actor=life.handler, values={"amount": Decimal(3000), "motivation": "x"}, day=life.day
    )
    deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)
    return life, decision


def test_signing_holds_the_money_and_changes_nothing_else(ready):
    life, decision = ready
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    assert life.case.status == "assessed" and life.case.granted_amount is None
    assert Ceiling.objects.get(code=life.case.ceiling_id).held == Decimal(3000)


def test_sending_gives_effect_on_the_day_of_sending(ready):
    life, decision = ready
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    outbox.run_open()
    decision.refresh_from_db()
    case = life.case
    assert (case.status, case.decided_on, decision.state, decision.sent_on) == ("vastgesteld", life.day, "sent", life.day)
    ceiling = Ceiling.objects.get(code=case.ceiling_id)
    assert (ceiling.held, ceiling.committed) == (Decimal(0), Decimal(3000))
    assert decision.letter.dispatches.count() == 1
    event = case.chain.events.filter(act="settle_directly").get()
    assert (event.act, event.actor, event.on_behalf_of, event.register_code) == ("settle_directly", None, life.signer.user, "direct_vastgesteld")


def test_a_letter_of_an_earlier_day_is_made_again_before_it_is_sent(ready):
    life, decision = ready
    yesterday = life.today - timedelta(days=1)
    deciding.sign(decision_id=decision.id, actor=life.signer, day=yesterday)
    outbox.run_open()
    decision.refresh_from_db()
    assert decision.letter.day == life.today == decision.sent_on
    assert Letter.objects.filter(decisions=decision).count() == 1


def test_sending_twice_sends_once(ready):
    life, decision = ready
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    outbox.run_open()
    dispatch_letter(letter_id=Beschikking.objects.get(id=decision.id).letter_id)
    assert Beschikking.objects.get(id=decision.id).letter.dispatches.count() == 1


def test_a_second_signature_is_refused(ready):
    life, decision = ready
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    with pytest.raises(deciding.WrongState, match="ondertekend"):
        deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


def test_a_returned_decision_gives_its_money_back(ready):
    life, decision = ready
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    deciding.give_back(decision_id=decision.id, reason="toch niet goed", actor=life.signer, day=life.day)
    assert Ceiling.objects.get(code=life.case.ceiling_id).held == 0
    outbox.run_open()
    assert life.case.status == "assessed"


def test_a_name_that_no_font_has_is_told_before_signing(ready):
    life, decision = ready
    Applicant.objects.filter(id=life.applicant.id).update(name="漢字")
    with pytest.raises(Refused, match="漢"):
        deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    assert Ceiling.objects.get(code=life.case.ceiling_id).held == 0


def test_without_a_mandate_for_the_amount_nobody_signs(ready):
    life, decision = ready
    from decisions.models import MandateRule

    MandateRule.objects.update(amount_below=Decimal(3000))
    with pytest.raises(Refused, match="10:1"):
        deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


def test_the_handler_and_the_preparer_do_not_sign(ready):
    life, decision = ready
    from grants.kernel.models import RoleAssignment

    RoleAssignment.objects.create(user=life.handler.user, role=Role.MANDATE_HOLDER, valid_from=timezone.localdate())
    with pytest.raises(Refused, match="vierogenprincipe"):
        deciding.sign(decision_id=decision.id, actor=person("behandelaar", Role.MANDATE_HOLDER), day=life.day)


@pytest.mark.parametrize(("room", "passes"), [("2999.99", False), ("3000.00", True)])
def test_one_cent_too_little_room_is_refused_in_words(ready, room, passes):
    life, decision = ready
    Ceiling.objects.filter(code=life.case.ceiling_id).update(amount=Decimal(room))
    if passes:
        deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
        return
    with pytest.raises(Refused, match="4:25"):
        deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


def test_on_paper_the_day_of_the_post_room_counts(ready):
    life, decision = ready
    Applicant.objects.filter(id=life.applicant.id).update(channel_consent=False)
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    outbox.run_open()
    assert life.case.status == "assessed"
    dispatch_letter(letter_id=Beschikking.objects.get(id=decision.id).letter_id, day=life.day)
    assert life.case.status == "vastgesteld"
    assert Beschikking.objects.get(id=decision.id).letter.dispatches.get().channel == "post"


def test_consent_withdrawn_after_signing_returns_the_decision(ready):
    life, decision = ready
    deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)
    Applicant.objects.filter(id=life.applicant.id).update(channel_consent=False)
    outbox.run_open()
    decision.refresh_from_db()
    assert decision.state == "returned" and "op papier" in decision.return_reason
    assert life.case.status == "assessed" and Ceiling.objects.get(code=life.case.ceiling_id).held == 0
    assert not decision.letter.dispatches.exists()


def test_two_people_are_needed_before_the_signature(ready):
    life, decision = ready
    Beschikking.objects.filter(id=decision.id).update(state="draft", reviewed_by=None)
    with pytest.raises(Refused, match="vierogenprincipe"):
        deciding.review(decision_id=decision.id, actor=life.handler, day=life.day)
    with pytest.raises(deciding.WrongState):
        deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


@pytest.mark.parametrize(
    ("amount", "who", "passes"),
    [("124999.99", "senior", True), ("125000.00", "senior", False), ("125000.00", "directeur", True)],
)
def test_the_senior_signs_below_her_limit_and_the_director_above_it(world, amount, who, passes):
    from decisions.mandates import find_rule
    from decisions.models import MandateRule
    from grants.kernel import clock

    signer = person(who, Role.MANDATE_HOLDER).user
    found = find_rule(act="grant", amount=Decimal(amount), signer=signer, scheme_code="LB-GPI", day=clock.today())
    assert isinstance(found, MandateRule) is passes
    if who == "directeur":
        assert "directie" in found.basis, "the letter cites the signer's own mandate"
