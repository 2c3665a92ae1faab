"""Who must be heard before an adverse decision, and when that may be left out (Awb 4:7 to 4:12)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from decisions.facts import ground_article, view_refusal
from decisions.models import Beschikking, View
from decisions.services import assessing
from grants.applications.lifecycle.door import ActError
from grants.kernel import outbox
from grants.kernel.models import User
from letters.models import Letter

pytestmark = pytest.mark.django_db


def about(case, act, ground=""):
    return Beschikking(application=case, act=act, ground=ground, amount=Decimal(1))


@pytest.mark.parametrize(
    ("act", "ground"),
    [
        ("settle_lower", "4:46(2)(b)"),
        ("settle_nil", "4:46(2)(a)"),
        ("settle_ex_officio", ""),
        ("settle_ex_officio_after_reminder", "4:46(2)(b)"),
        ("amend", "4:48"),
        ("withdraw_grant", "4:48"),
        ("amend_settlement", "4:49"),
        ("withdraw_settlement", "4:49"),
        ("reject", "R35_1a"),
        ("reject", "R35_3"),
        ("reject", "4:51"),
    ],
)
def test_money_is_no_reason_to_skip_the_hearing_before_these_decisions(live, act, ground):
    case = live("assessed").case
    View.objects.create(application=case, about=act, not_required="4:12(1)")
    looked_at, refusal = view_refusal(case, about(case, act, ground), case.received_on)
    assert looked_at and "4:12, tweede lid" in refusal


@pytest.mark.parametrize(("act", "ground"), [("reject", "CEILING"), ("reject", "APPLICANT"), ("grant_partly", "CEILING")])
def test_it_is_a_reason_before_other_refusals(live, act, ground):
    case = live("assessed").case
    View.objects.create(application=case, about=act, not_required="4:12(1)")
    assert view_refusal(case, about(case, act, ground), case.received_on) == (True, None)


def test_a_hearing_that_nobody_looked_at_is_told(live):
    case = live("assessed").case
    assert view_refusal(case, about(case, "reject"), case.received_on) == (False, None)


@pytest.mark.parametrize(("days", "waits"), [(0, True), (14, True), (15, False)])
def test_one_waits_until_the_last_day_of_the_term_is_over(live, days, waits):
    case = live("assessed").case
    View.objects.create(application=case, about="reject", asked_on=case.received_on, last_day=case.received_on + timedelta(days=14))
    refusal = view_refusal(case, about(case, "reject"), case.received_on + timedelta(days=days))[1]
    assert (refusal is not None) is waits


@pytest.mark.parametrize(
    ("ground", "article"), [("R35_1a", "4:35(1)(a)"), ("R35_2a", "4:35(2)"), ("R35_3", "4:35(3)"), ("4:46(2)(c)", "4:46(2)(c)"), ("4:48", "4:48")]
)
def test_a_ground_of_the_scheme_is_read_as_its_article(live, ground, article):
    assert ground_article(live("assessed").case, ground) == article


def test_a_view_on_a_lower_settlement_is_asked_beside_the_spine(live):
    life = live("report_received")
    view = assessing.ask_view(application_id=life.id, about="settle_lower", reason="De foto's ontbreken.", actor=life.handler, day=life.day)
    assert life.case.status == "report_received"
    outbox.run_open()
    assert Letter.objects.filter(chain=life.case.chain, kind="L07", state="sent").count() == 1
    assessing.receive_view(application_id=life.id, text="Ze komen eraan.", actor=life.asker, day=life.day)
    view.refresh_from_db()
    assert view.received_on == life.day and life.case.status == "report_received"
    assert view_refusal(life.case, about(life.case, "settle_lower", "4:46(2)(b)"), life.day) == (True, None)


def test_a_view_that_nobody_asked_cannot_come_in(live):
    life = live("verleend")
    with pytest.raises(ActError, match="geen zienswijze gevraagd"):
        assessing.receive_view(application_id=life.id, text="Ik wil iets zeggen.", actor=life.asker, day=life.day)


ADVERSE = {"ground": "4:48(1)(a)", "ground_text": "De activiteit gaat niet door.", "proportionality": "Er is niets uitgegeven (verzonnen)."}


def test_a_note_that_nobody_had_to_be_asked_does_not_hide_what_was_said(live):
    life = live("verleend")
    assessing.ask_view(application_id=life.id, about="withdraw_grant", reason="feiten", actor=life.handler, day=life.day)
    assessing.receive_view(application_id=life.id, text="Ik zocht een andere plek.", actor=life.asker, day=life.day)
    decision = life.decide("withdraw_grant", **ADVERSE)  # notes the reason 4:8(1) besides
    outbox.run_open()
    text = " ".join(Letter.objects.get(decisions=decision).text.split())
    assert "Ik zocht een andere plek." in text and "niet om een reactie gevraagd" not in text


def test_an_unlawful_note_after_the_hearing_does_not_undo_it(live):
    life = live("verleend")
    assessing.ask_view(application_id=life.id, about="withdraw_grant", reason="feiten", actor=life.handler, day=life.day)
    assessing.receive_view(application_id=life.id, text="Ik zocht een andere plek.", actor=life.asker, day=life.day)
    assessing.note_view_not_required(application_id=life.id, about="withdraw_grant", reason="4:7(1)")
    assert view_refusal(life.case, about(life.case, "withdraw_grant", "4:48(1)(a)"), life.day) == (True, None)


def test_what_was_said_about_an_earlier_change_is_not_about_the_next(live):
    life = live("verleend")
    assessing.ask_view(application_id=life.id, about="amend", reason="feiten", actor=life.handler, day=life.day)
    assessing.receive_view(application_id=life.id, text="Goed.", actor=life.asker, day=life.day)
    life.decide("amend", Decimal(20000), **ADVERSE)
    life.later(5)
    assessing.note_view_not_required(application_id=life.id, about="amend", reason="4:7(1)")
    assert "artikel 4:8" in view_refusal(life.case, about(life.case, "amend", "4:48(1)(a)"), life.day)[1]


def test_the_form_of_a_withdrawal_does_not_offer_the_hearing_about_an_application(live):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    life = live("verleend")
    page = client.get(f"/behandelen/{life.id}/besluit/withdraw_grant/").content.decode()
    assert 'value="4:8(2)"' in page and 'value="4:11"' in page and 'value="4:7' not in page and 'value="4:12' not in page
