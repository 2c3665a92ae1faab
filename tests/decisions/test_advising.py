"""Advice on a case: asked, given, withdrawn; what the adviser sees and for how long; what a decision says about it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from applicants.models import Representation
from decisions import advice_guards as ag
from decisions.advice_guards import AdviceFacts
from decisions.models import AdviceRequest
from decisions.services import advising, assessing, deciding
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus
from grants.kernel import audit, clock, outbox
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Letter
from tests.papers import document

DAY = date(2026, 5, 4)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("guard", "facts", "refused"),
    [
        (ag.question_given, {"question": "  "}, True),
        (ag.question_given, {"question": "Past dit?"}, False),
        (ag.adviser_is_known, {}, True),
        (ag.adviser_is_known, {"adviser_id": 3}, False),
        (ag.adviser_is_known, {"is_outside": True, "expert_name": "A", "organisation": ""}, True),
        (ag.adviser_is_known, {"is_outside": True, "expert_name": "A", "organisation": "B"}, False),
        (ag.adviser_is_known, {"is_outside": True, "expert_name": "A", "organisation": "B", "is_statutory": True}, True),
        (ag.adviser_is_known, {"is_outside": True, "expert_name": "A", "organisation": "B", "is_statutory": True, "basis": "C"}, False),
        (ag.adviser_is_another, {"adviser_id": 3, "actor_id": 3}, True),
        (ag.adviser_is_another, {"adviser_id": 3, "actor_id": 4}, False),
        (ag.adviser_is_another, {"adviser_id": 3, "actor_id": 4, "interest_refusal": "x"}, True),
        (ag.due_day_is_ahead, {"due_on": DAY - ONE}, True),
        (ag.due_day_is_ahead, {"due_on": DAY}, False),
        (ag.due_day_is_ahead, {}, True),
        (ag.answer_given, {"answer": " "}, True),
        (ag.answer_day_is_possible, {"asked_on": DAY, "answered_on": DAY - ONE}, True),
        (ag.answer_day_is_possible, {"asked_on": DAY, "answered_on": DAY}, False),
        (ag.answer_day_is_possible, {"asked_on": DAY, "answered_on": DAY + ONE}, True),
        (ag.reason_given, {"reason": ""}, True),
    ],
)
def test_the_guards_of_advice(guard, facts, refused):
    assert (guard(AdviceFacts(**facts), DAY) is not None) == refused


pytestmark = pytest.mark.django_db


@pytest.fixture
def life(live):
    return live("assessed", scheme="LB-INW")


def file_of(life, name):
    return document(life.case, life.handler.user, name=name)


def asked(life, adviser="beleid", **values):
    given = {
        "kind": "colleague", "about": "application", "question": "Past dit bij het beleid?", "due_on": clock.today() + ONE,
        "adviser": User.objects.get(username=adviser) if adviser else None, "actor": life.handler, "day": life.day, **values,
    }
    return advising.ask(application_id=life.id, **given)


def statutory(life, **values):
    given = {"kind": "statutory", "expert_name": "A. Deskundige", "organisation": "Erfgoedcommissie", "basis": "artikel 3 van de regeling", **values}
    made = asked(life, adviser="", **given)
    return advising.give(request_id=made.id, answer="Niet doen.", actor=life.handler, answered_on=life.day, day=life.day)


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_an_adviser_sees_this_question_and_the_chosen_files_and_nothing_else_until_it_is_answered(life, live):
    chosen, other = file_of(life, "plan.pdf"), file_of(life, "rekening.pdf")
    made = asked(life, documents=[chosen.pk])
    other_case = asked(live("assessed", scheme="LB-INW"), adviser="toetser")
    client = signed_in("beleid")
    page = client.get(f"/behandelen/adviezen/{made.id}/")
    assert page.status_code == 200 and "Past dit bij het beleid?" in page.content.decode() and "Demogegeven" in page.content.decode()
    assert "NL91" not in page.content.decode()
    assert client.get(f"/aanvragen/bestand/{chosen.pk}/").status_code == 200
    assert client.get(f"/aanvragen/bestand/{other.pk}/").status_code == 404
    assert client.get(f"/behandelen/{life.id}/").status_code == 403
    assert client.get(f"/behandelen/adviezen/{other_case.id}/").status_code == 404

    answer = client.post(f"/behandelen/adviezen/{made.id}/geven/", {"answer": "Ja, dat past."}, follow=True)
    assert "Het advies is vastgelegd" in answer.content.decode()
    assert client.get(f"/behandelen/adviezen/{made.id}/").status_code == 404
    assert client.get(f"/aanvragen/bestand/{chosen.pk}/").status_code == 404
    assert client.post(f"/behandelen/adviezen/{made.id}/geven/", {"answer": "Toch niet."}).status_code == 404


def test_an_adviser_loses_access_when_the_question_is_taken_back(life):
    made = asked(life)
    advising.withdraw(request_id=made.id, reason="niet meer nodig", actor=life.handler, day=life.day)
    assert signed_in("beleid").get(f"/behandelen/adviezen/{made.id}/").status_code == 404


def test_an_applicant_never_sees_advice(life):
    made = asked(life)
    assert not AdviceRequest.objects.visible_to(life.asker.user).exists()
    client = signed_in("bewoner")
    assert client.get(f"/behandelen/adviezen/{made.id}/").status_code == 403
    assert "Past dit bij het beleid?" not in client.get(f"/aanvragen/{life.id}/").content.decode()


def test_who_asked_finds_the_answer_as_news_until_it_is_read(life):
    made = asked(life)
    User.objects.filter(username__in=["beleid", "behandelaar"]).update(email="collega@example.org")
    advising.give(request_id=made.id, answer="Ja.", actor=person("beleid", Role.POLICY_OFFICER), day=life.day)
    outbox.run_open()
    notices = [message for message in mail.outbox if "advies" in message.subject]
    assert len(notices) == 2 and all("Past dit" not in message.body and "SUB-" not in message.body for message in notices)
    client = signed_in("behandelaar")
    assert "nieuw</span>" in client.get("/behandelen/adviezen/").content.decode()
    client.post(f"/behandelen/adviezen/{made.id}/gelezen/")
    assert "nieuw</span>" not in client.get("/behandelen/adviezen/").content.decode()


def test_only_the_adviser_answers_and_only_once(life):
    made = asked(life)
    with pytest.raises(NotPermitted):
        advising.give(request_id=made.id, answer="Ja.", actor=life.handler, day=life.day)
    adviser = person("beleid", Role.POLICY_OFFICER)
    advising.give(request_id=made.id, answer="Ja.", actor=adviser, day=life.day)
    with pytest.raises(WrongStatus):
        advising.give(request_id=made.id, answer="Nee.", actor=adviser, day=life.day)


def test_a_colleague_who_acts_for_the_applicant_is_not_asked_and_gives_no_advice(life):
    made = asked(life)
    Representation.objects.create(applicant=life.case.applicant, user=User.objects.get(username="beleid"), valid_from="2024-01-01")
    with pytest.raises(Refused, match="persoonlijk belang"):
        asked(life)
    with pytest.raises(Refused):
        advising.give(request_id=made.id, answer="Ja.", actor=person("beleid", Role.POLICY_OFFICER), day=life.day)
    assert signed_in("beleid").get(f"/behandelen/adviezen/{made.id}/").status_code == 404


def test_files_of_another_case_do_not_go_along(life, live):
    elsewhere = file_of(live("assessed", scheme="LB-INW"), "elders.pdf")
    assert not asked(life, documents=[elsewhere.pk]).documents.exists()


def test_each_act_leaves_one_event_without_a_word_of_question_or_answer(life):
    before = life.case.chain.length
    made = asked(life)
    advising.give(request_id=made.id, answer="Vertrouwelijk antwoord", actor=person("beleid", Role.POLICY_OFFICER), day=life.day)
    events = list(life.case.chain.events.filter(position__gt=before).order_by("position"))
    assert [event.act for event in events] == ["ask_advice", "give_asked_advice"]
    assert not any("Past dit" in str(event.data) or "Vertrouwelijk" in str(event.data) for event in events)
    assert list(audit.verify()) == []


def test_the_database_keeps_an_advice_that_was_given(life):
    made = statutory(life)
    for change in (lambda rows: rows.update(answer="Toch doen."), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(AdviceRequest.objects.filter(pk=made.pk))


# -- a decision and a statutory advice (Awb 3:50) ---------------------------------------------------------------------
def decided(life, said):
    assessing.note_view_not_required(application_id=life.id, about="settle_directly", reason="4:7(1)")
    values = {"amount": life.plan.amount, "motivation": "omdat", "advice": said}
    decision = deciding.prepare(application_id=life.id, act="settle_directly", actor=life.handler, values=values, day=life.day)
    deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)
    return deciding.sign(decision_id=decision.id, actor=life.signer, day=life.day)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "wordt gevolgd"),
        ({"followed": None, "reason": "x"}, "wordt gevolgd"),
        ({"followed": False, "reason": " "}, "wijkt af"),
    ],
)
def test_a_decision_that_does_not_say_why_it_leaves_an_advice_aside_is_not_signed(life, said, expected):
    made = statutory(life)
    with pytest.raises(Refused, match=expected):
        decided(life, {str(made.pk): said} if said else {})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"followed": False, "reason": "Het plan is daarna aangepast."}, "Wij volgen dit advies niet. Dat doen wij om deze reden: Het plan is daarna aangepast."),
        ({"followed": True, "reason": ""}, "Wij volgen dit advies."),
    ],
)
def test_the_letter_says_whether_the_advice_is_followed_and_why_not(life, said, words):
    made = statutory(life)
    decision = decided(life, {str(made.pk): said})
    text = Letter.objects.get(id=decision.letter_id).text
    assert words in text and "Erfgoedcommissie" in text and "A. Deskundige" not in text


@pytest.mark.parametrize("kind", ["colleague", "expert"])
def test_an_advice_that_no_rule_asks_needs_no_word_in_the_decision(life, kind):
    made = asked(life, adviser="beleid" if kind == "colleague" else "", kind=kind, expert_name="A", organisation="B")
    actor = life.handler if kind == "expert" else person("beleid", Role.POLICY_OFFICER)
    advising.give(request_id=made.id, answer="Niet doen.", actor=actor, answered_on=life.day, day=life.day)
    assert decided(life, {}).state == "signed"


def test_an_advice_about_the_settlement_is_no_matter_of_the_decision_on_the_application(life):
    statutory(life, about="settlement")
    assert decided(life, {}).state == "signed"


def test_the_form_asks_about_the_advice_and_keeps_what_is_said(life):
    made = statutory(life)
    client = signed_in("behandelaar")
    address = f"/behandelen/{life.id}/besluit/settle_directly/"
    assert "Volgt het besluit het advies van A. Deskundige, Erfgoedcommissie?" in client.get(address).content.decode()
    typed = {"amount": "3000", "motivation": "omdat", f"advice_{made.pk}": "nee", f"advice_reason_{made.pk}": "Het plan is aangepast.", "view_not_required": "4:7(1)"}
    client.post(address, typed)
    decision = life.case.decisions.get()
    assert decision.advice == {str(made.pk): {"followed": False, "reason": "Het plan is aangepast."}} and decision.amount == Decimal(3000)
    assert "Het plan is aangepast." in client.get(f"/behandelen/besluit/{decision.pk}/").content.decode()


def test_the_form_to_ask_puts_each_error_with_its_field(life):
    client = signed_in("behandelaar")
    typed = {"kind": "statutory", "about": "application", "question": "Past dit?", "due_on": str(clock.today()), "expert_name": "", "organisation": "X"}
    page = client.post(f"/behandelen/{life.id}/advies/", typed).content.decode()
    assert 'href="#id_expert_name"' in page and 'href="#id_basis"' in page and "Past dit?" in page
    typed |= {"expert_name": "A", "basis": "artikel 3"}
    client.post(f"/behandelen/{life.id}/advies/", typed)
    made = AdviceRequest.objects.get()
    assert made.is_outside and made.adviser_name == "A, X"
