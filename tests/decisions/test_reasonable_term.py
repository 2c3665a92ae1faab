"""For what lies ahead a grant is withdrawn or changed only after a reasonable term (Awb 4:50)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from decisions.services import deciding
from decisions.services.dispatching import dispatch_letter
from grants.applications.lifecycle.door import Refused
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.time_guards import reasonable_term
from grants.kernel import outbox
from grants.kernel.models import User
from grants.kernel.recording import recording
from grants.law.formats import long_date
from letters import services as post
from letters.models import Letter

DAY = date(2026, 3, 2)
ADVERSE = {"ground": "4:50(1)(b)", "ground_text": "Ander beleid.", "motivation": "Het beleid is anders.", "proportionality": "Er is tijd genoeg (verzonnen)."}


@pytest.mark.parametrize(("effect", "passes"), [(None, False), (DAY, False), (date(2026, 4, 12), False), (date(2026, 4, 13), True), (date(2027, 1, 1), True)])
def test_the_day_of_effect_is_not_before_the_sending_and_the_term(effect, passes):
    refusal = reasonable_term(Facts(ground="4:50(1)(a)", takes_effect_on=effect, notice_weeks=6), DAY)
    assert (refusal is None) is passes
    assert passes or "13 april 2026 of later" in str(refusal)


@pytest.mark.parametrize("ground", ["", "4:48(1)(a)", "4:49(1)(a)", "BIBOB"])
def test_other_grounds_ask_no_such_day(ground):
    assert reasonable_term(Facts(ground=ground, notice_weeks=6), DAY) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "amount"), [("withdraw_grant", None), ("amend", Decimal(20000))])
def test_the_letter_says_from_which_day_and_that_damage_can_be_asked_for(live, act, amount):
    life = live("verleend")
    with pytest.raises(Refused, match="redelijke termijn"):
        life.decide(act, amount, **ADVERSE)
    life.case.decisions.filter(state="reviewed").update(state="returned")
    effect = life.day + timedelta(weeks=life.case.definition.terms.change_weeks)
    decision = life.decide(act, amount, takes_effect_on=effect, **ADVERSE)
    outbox.run_open()
    text = " ".join(Letter.objects.get(decisions=decision).text.split())
    assert f"Dit geldt vanaf {long_date(effect)}. Het werkt niet terug." in text and "4:50, tweede lid" in text


@pytest.mark.django_db
def test_a_letter_that_goes_out_too_late_for_its_day_comes_back(live):
    life = live("verleend")
    effect = life.day + timedelta(weeks=life.case.definition.terms.change_weeks)
    decision = life.decide("withdraw_grant", None, send=False, takes_effect_on=effect, **ADVERSE)
    for _ in "ab":  # it bears yesterday's day: it is made again, and then looked at again
        with recording():
            post.make(decision.letter_id)
        dispatch_letter(letter_id=decision.letter_id, day=life.day + timedelta(days=1))
    decision.refresh_from_db()
    assert decision.state == "returned" and "redelijke termijn" in decision.return_reason and life.case.status == "verleend"


@pytest.mark.django_db
def test_the_form_asks_the_day_where_it_counts_and_keeps_it(live):
    life = live("verleend")
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    effect = (life.day + timedelta(weeks=9)).isoformat()
    client.post(f"/behandelen/{life.id}/besluit/amend/", {"amount": "20.000", "ground": "4:50(1)(b)", "motivation": "x", "takes_effect_on": effect})
    decision = life.case.decisions.get(act="amend")
    assert decision.takes_effect_on.isoformat() == effect and effect in client.get(decision.get_absolute_url()).content.decode()
    deciding.give_back(decision_id=decision.id, reason="x", actor=life.reviewer)
    assert 'name="takes_effect_on"' not in client.get(f"/behandelen/{life.id}/besluit/grant_advance/").content.decode()
