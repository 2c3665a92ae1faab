"""Messages in a case: both ways, never changed, a mail without the content, and nothing for who has no part in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from applicants.models import Representation
from grants.applications.messages import services
from grants.applications.messages.models import CaseMessage, MessageMark
from grants.kernel import clock, outbox
from grants.kernel.models import AccessLog, User

pytestmark = pytest.mark.django_db
ASKED = "Mag de bank ook blauw zijn?"
SAID = "Ja, blauw mag ook."


@pytest.fixture
def life(live):
    return live("received", days_ago=3)


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_a_question_and_an_answer_stand_on_both_pages(life):
    club, desk = signed_in("penningmeester"), signed_in("behandelaar")
    assert "verstuurd" in club.post(f"/aanvragen/{life.id}/berichten/", {"text": ASKED}, follow=True).content.decode()
    assert ASKED in desk.get(f"/behandelen/{life.id}/berichten/").content.decode()
    desk.post(f"/behandelen/{life.id}/berichten/", {"text": SAID})
    page = club.get(f"/aanvragen/{life.id}/berichten/").content.decode()
    assert ASKED in page and SAID in page and "Gelezen door ons op" in page


def test_the_mail_says_that_a_message_waits_and_not_what_it_says(life):
    outbox.run_open()
    mail.outbox.clear()
    services.write(application_id=life.id, text=SAID, actor=life.handler)
    outbox.run_open()
    (sent,) = mail.outbox
    assert sent.to == ["penningmeester@example.org"] and "/mijn/" in sent.body
    assert SAID not in sent.body + sent.subject and life.case.title not in sent.body


def test_a_message_of_the_applicant_brings_no_mail_and_no_event(life):
    outbox.run_open()
    mail.outbox.clear()
    before = life.case.chain.length
    services.write(application_id=life.id, text=ASKED, actor=life.asker)
    outbox.run_open()
    assert not mail.outbox and life.case.chain.length == before


def test_what_waits_for_an_answer_is_on_the_list_until_it_is_answered_or_needs_none(life):
    desk = signed_in("behandelaar")
    services.write(application_id=life.id, text=ASKED, actor=life.asker)
    assert life.case.case_number in desk.get("/behandelen/berichten/").content.decode()
    assert "bericht zonder antwoord" in desk.get("/behandelen/?werk=bericht").content.decode()
    services.write(application_id=life.id, text=SAID, actor=life.handler)
    assert life.case.case_number not in desk.get("/behandelen/berichten/").content.decode()
    services.write(application_id=life.id, text="Dank u wel!", actor=life.asker)
    desk.post(f"/behandelen/{life.id}/berichten/geen-antwoord/")
    assert not CaseMessage.objects.unanswered().exists()


def test_the_same_text_at_once_again_is_a_second_click(life):
    first, second = (services.write(application_id=life.id, text=ASKED, actor=life.asker) for _ in "ab")
    assert first == second and CaseMessage.objects.count() == 1


def test_the_same_text_later_is_a_message_of_its_own(life):
    services.write(application_id=life.id, text=ASKED, actor=life.asker)


    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        services.write(application_id=life.id, text=ASKED, actor=life.asker)
    assert CaseMessage.objects.count() == 2


@pytest.mark.parametrize("text", ["", "   \n", "x" * (services.LONGEST + 1)])
def test_a_text_that_cannot_be_sent_is_refused_and_stays_on_the_page(life, text):
    page = signed_in("penningmeester").post(f"/aanvragen/{life.id}/berichten/", {"text": text}).content.decode()
    assert not CaseMessage.objects.exists() and "error-summary" in page
    assert text.strip() in page


def test_a_draft_takes_no_messages(live):
    life = live("draft")
    with pytest.raises(services.MessageRefused):
        services.write(application_id=life.id, text=ASKED, actor=life.asker)


@pytest.mark.parametrize("change", [{"text": "x"}, None])
def test_the_database_refuses_to_change_or_delete_a_message(life, change):
    made = services.write(application_id=life.id, text=ASKED, actor=life.asker)
    rows = CaseMessage.objects.filter(pk=made.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change) if change else rows.delete()


def test_reading_is_noted_once_for_each_reader_and_only_of_the_other_side(life):
    services.write(application_id=life.id, text=SAID, actor=life.handler)
    services.write(application_id=life.id, text=ASKED, actor=life.asker)
    club = signed_in("penningmeester")
    for _ in "ab":
        club.get(f"/aanvragen/{life.id}/berichten/")
    (mark,) = MessageMark.objects.all()
    assert mark.message.text == SAID and mark.by.username == "penningmeester"


def test_who_only_looks_on_reads_leaves_a_trace_and_marks_and_writes_nothing(life):
    services.write(application_id=life.id, text=ASKED, actor=life.asker)
    auditor = signed_in("auditor")
    assert ASKED in auditor.get(f"/behandelen/{life.id}/berichten/").content.decode()
    assert auditor.post(f"/behandelen/{life.id}/berichten/", {"text": SAID}).status_code == 403
    assert not MessageMark.objects.exists() and AccessLog.objects.filter(user__username="auditor", what="messages").count() == 1


@pytest.mark.parametrize("username", ["bewoner", "ambtenaar", "behandelaar"])
def test_the_page_of_the_applicant_is_for_who_acts_for_her(life, username):
    client = signed_in(username)
    for method in (client.get, client.post):
        assert method(f"/aanvragen/{life.id}/berichten/", {"text": "x"}).status_code == 404
    assert not CaseMessage.objects.exists()


def test_who_no_longer_acts_for_the_applicant_reads_nothing_more(life):
    services.write(application_id=life.id, text=SAID, actor=life.handler)
    Representation.objects.filter(user__username="penningmeester").update(valid_to=clock.today() - timedelta(days=1))
    client = signed_in("penningmeester")
    assert client.get(f"/aanvragen/{life.id}/berichten/").status_code == 404
    assert life.case.case_number not in client.get("/mijn/").content.decode()
    with pytest.raises(services.MessageRefused):
        services.write(application_id=life.id, text=ASKED, actor=life.asker)


def test_an_official_who_acts_for_the_applicant_does_not_answer_as_an_official(life):
    Representation.objects.create(applicant=life.case.applicant, user=life.handler.user, valid_from=clock.today())
    assert signed_in("behandelaar").get(f"/behandelen/{life.id}/berichten/").status_code == 404
    with pytest.raises(services.MessageRefused):
        services.write(application_id=life.id, text=SAID, actor=life.handler)
