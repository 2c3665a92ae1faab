"""Reminders by e-mail: on the right day, once, to who wants them, without a word about the person; against a real mail server."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from applicants.models import Applicant, Correspondent
from decisions.services import daily
from grants.applications import reminder_days, reminder_mail, reminders
from grants.applications.models import Application
from grants.applications.reminder_models import Reminder, ReminderChoice
from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage, User
from grants.schemes.models import Scheme
from letters.post import mailing
from tests.services.smtp import mail_server

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
VERENIGING = "Vereniging Buurthuis Voorbeeld (verzonnen)"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with mail_server(tmp_path_factory.mktemp("mail")) as running:
        yield running


@pytest.fixture
def smtp(settings, server):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", server.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.PUBLIC_URL = "https://subsidies.example.org"
    server.plan()
    return server


@pytest.fixture
def travel():
    """`travel(day)` goes to a day at ten in the morning; today is 1 June 2026."""
    with time_machine.travel("2026-06-01T10:00:00+02:00", tick=True) as traveller:
        yield lambda day: traveller.move_to(f"{day.isoformat()}T10:00:00+02:00")


@pytest.fixture
def draft(travel, live):
    """A draft of today under a scheme that is open for a year."""
    Scheme.objects.filter(code="LB-SVC").update(opens_on=DAY, closes_on=DAY + timedelta(days=365))
    return live("draft", days_ago=0)


def occasions():
    return [(one.occasion, one.days_before) for one in Reminder.objects.order_by("found_on", "about")]


def sent(smtp, subject=""):
    return [mail for mail in smtp.inbox if mail["Subject"] is None or subject in str(mail["Subject"])]


def texts_of(mail):
    return {part.get_content_type(): part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()}


# -- when ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("left", "found"), [(8, None), (7, 7), (3, 7), (2, 2), (0, 2), (-1, None)])
def test_only_the_most_urgent_of_what_was_reached_counts(left, found):
    assert reminder_days.reached(DAY + timedelta(days=left), DAY, (7, 2)) == found


@pytest.mark.parametrize(("past", "late"), [(0, False), (1, True), (14, True), (15, False)])
def test_late_is_told_for_a_while_after_the_last_day(past, late):
    assert reminder_days.is_just_late(DAY, DAY + timedelta(days=past), 14) is late


@pytest.mark.parametrize(("days", "found"), [(6, []), (7, [("draft_idle", 0)]), (30, [("draft_idle", 0)])])
def test_a_draft_that_lies_still_for_a_week_is_remembered(draft, travel, days, found):
    travel(DAY + timedelta(days=days))
    assert reminders.run() == len(found) and occasions() == found


def test_a_draft_is_remembered_once_however_often_and_however_long(draft, travel):
    for days in (7, 7, 8, 20, 40):
        travel(DAY + timedelta(days=days))
        daily.run()
    assert occasions() == [("draft_idle", 0)]
    Application.objects.filter(pk=draft.id).update(draft_saved_at=clock.now())
    travel(DAY + timedelta(days=60))
    assert reminders.run() == 0, "once for one case and one occasion"


def test_a_draft_that_somebody_works_on_is_left_in_peace(draft, travel):
    travel(DAY + timedelta(days=6))
    Application.objects.filter(pk=draft.id).update(draft_saved_at=clock.now())
    travel(DAY + timedelta(days=12))
    assert reminders.run() == 0


def test_before_the_scheme_closes_a_draft_is_remembered_a_week_and_a_day_before(draft, travel):
    Scheme.objects.filter(code="LB-SVC").update(closes_on=DAY + timedelta(days=10))
    for days in range(13):
        travel(DAY + timedelta(days=days))
        reminders.run()
    assert occasions() == [("draft_closing", 7), ("draft_closing", 1)], "and nothing when it is closed"


def test_a_term_to_complete_is_remembered_a_week_and_two_days_before_its_end(travel, live):
    life = live("awaiting_completion", days_ago=10)
    term = life.case.deadlines.get(rule="RECOVERY_TERM")
    for days in range((term.last_day - term.starts_on).days + 1):
        travel(term.starts_on + timedelta(days=days))
        reminders.run()
    assert [(one.occasion, one.days_before, (term.last_day - one.found_on).days) for one in Reminder.objects.order_by("found_on")] == [
        ("completion", 7, 7), ("completion", 2, 2)
    ]


def test_a_letter_of_yesterday_is_not_remembered(travel, live):
    life = live("awaiting_completion", days_ago=10)
    term = life.case.deadlines.get(rule="RECOVERY_TERM")
    type(term).objects.filter(pk=term.pk).update(last_day=term.starts_on + timedelta(days=4))
    travel(term.starts_on + timedelta(days=1))
    assert reminders.run() == 0
    travel(term.starts_on + timedelta(days=3))
    assert reminders.run() == 1


def test_an_account_is_remembered_four_weeks_and_a_week_before_and_once_after(travel, live):
    life = live("verleend", days_ago=100)
    term = life.case.deadlines.get(rule="REPORT_DUE")
    assert reminders.asks_a_report(life.case)
    for days in (-30, -28, -20, -7, -1, 0, 1, 2, 14, 15):
        travel(term.last_day + timedelta(days=days))
        reminders.run()
    assert [(one.occasion, one.days_before, (one.found_on - term.last_day).days) for one in Reminder.objects.order_by("found_on")] == [
        ("report", 28, -28), ("report", 7, -7), ("report_late", 0, 1)
    ]


def test_an_account_that_nobody_has_to_send_is_not_asked(travel, live):
    life = live("verleend", days_ago=100)
    term = life.case.deadlines.get(rule="REPORT_DUE")
    travel(term.last_day - timedelta(days=7))
    Application.objects.filter(pk=life.id).update(granted_amount=1)  # the lightest arrangement: we settle of our own accord
    asked = reminders.asks_a_report(Application.objects.get(pk=life.id))
    assert reminders.run() == int(asked)


# -- to whom -------------------------------------------------------------------------------------------------------------
def test_about_a_case_only_who_chose_digital_post_gets_e_mail(travel, live):
    life = live("awaiting_completion", days_ago=10)
    term = life.case.deadlines.get(rule="RECOVERY_TERM")
    travel(term.last_day)
    Applicant.objects.filter(pk=life.case.applicant_id).update(channel_consent=False)
    assert reminders.run() == 0
    Applicant.objects.filter(pk=life.case.applicant_id).update(channel_consent=True)
    assert reminders.run() == 1


def test_without_an_address_or_with_somebody_in_the_place_of_the_applicant_nothing_goes(draft, travel):
    applicant = Applicant.objects.filter(pk=draft.case.applicant_id)
    travel(DAY + timedelta(days=7))
    known = applicant.get().email
    applicant.update(email="")
    assert reminders.run() == 0
    applicant.update(email=known)
    instead = Correspondent.objects.create(
        applicant=applicant.get(), kind="heirs", name="Erf", street="x 1", postcode="6211 AA", city="M", valid_from=DAY - timedelta(days=1)
    )
    assert reminders.run() == 0
    instead.delete()
    assert reminders.run() == 1


# -- the e-mail ----------------------------------------------------------------------------------------------------------
def test_the_e_mail_says_nothing_about_the_person_or_the_plan_and_ends_with_one_click(smtp, draft, travel):
    Application.objects.filter(pk=draft.id).update(title="Bankjes op het plein", requested_amount=30000)
    before = len(smtp.inbox)
    travel(DAY + timedelta(days=7))
    daily.run()
    daily.run()
    outbox.run_open()
    outbox.run_open()
    (mail,) = [one for one in smtp.inbox[before:] if one["List-Unsubscribe"]]
    assert mail["To"] == "penningmeester@example.org" and Reminder.objects.get().state == "sent" and Reminder.objects.get().code == 250
    texts = texts_of(mail)
    assert list(texts) == ["text/plain", "text/html"]
    stop = re.fullmatch(r"<(https://subsidies\.example\.org/e-mail/afmelden/[^/]+/)>", "".join(mail["List-Unsubscribe"].split()))[1]
    for text in (*texts.values(), str(mail["Subject"])):
        for secret in (VERENIGING, "Buurthuis", "Bankjes", "plein", "30.000", "30000", "Leefbaarheid", "penningmeester", "Pip"):
            assert secret not in text
    for text in texts.values():
        assert f"https://subsidies.example.org/aanvragen/{draft.id}/invullen/" in text and stop in text and "U begon aan een aanvraag" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path, client = stop.removeprefix("https://subsidies.example.org"), Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200 and not ReminderChoice.objects.exists(), "looking changes nothing"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    choice = ReminderChoice.objects.get()
    assert (choice.wants, choice.how, choice.applicant_id) == (False, "mail", draft.case.applicant_id)
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert ReminderChoice.objects.count() == 1, "said twice is said once"


@pytest.mark.parametrize("occasion", Reminder.Occasion.values)
def test_every_reminder_is_short_and_names_nothing(draft, occasion):
    one = Reminder(application=draft.case, occasion=occasion, about=DAY, found_on=DAY)
    words = reminder_mail.words_of(one)
    assert Client().get(words.link.split("8000")[1]).status_code == 302, "to a page behind the sign-in"
    for sentence in re.split(r"(?<=[.?])\s+", " ".join((words.subject, *words.lines, words.act, words.why))):
        assert len(sentence.split()) <= 20, sentence
    said = " ".join((words.subject, *words.lines, words.act, words.why))
    assert not any(secret in said for secret in (VERENIGING, str(draft.case.title), draft.case.scheme.title))


def test_who_wants_no_reminders_gets_none_also_when_one_was_under_way(smtp, draft, travel):
    before = len(sent(smtp, "nog niet ingestuurd"))
    travel(DAY + timedelta(days=7))
    assert reminders.run() == 1
    reminders.choose(draft.case.applicant, False, how="mail")
    outbox.run_open()
    assert len(sent(smtp, "nog niet ingestuurd")) == before and Reminder.objects.get().state == "not_needed"
    Reminder.objects.all().delete()
    assert reminders.run() == 0
    reminders.choose(draft.case.applicant, True, how="mail")
    assert reminders.run() == 1


def test_what_was_done_meanwhile_is_not_remembered(smtp, draft, travel):
    before = len(smtp.inbox)
    travel(DAY + timedelta(days=7))
    reminders.run()
    Application.objects.filter(pk=draft.id).update(origin="paper")
    outbox.run(OutboxMessage.objects.get(topic=reminders.TOPIC).id)
    assert Reminder.objects.get().state == "not_needed" and len(smtp.inbox) == before


def test_a_mail_server_that_does_not_answer_is_tried_again_and_a_refusal_is_kept(smtp, draft, travel):
    travel(DAY + timedelta(days=7))
    reminders.run()
    row = OutboxMessage.objects.get(topic=reminders.TOPIC)
    smtp.plan("451", "550")
    assert outbox.run(row.id) is False and Reminder.objects.get().state == "waiting"
    row.refresh_from_db()
    assert row.waits and "example.org" not in row.reason
    OutboxMessage.objects.update(not_before=None)
    assert outbox.run(row.id) is True and (Reminder.objects.get().state, Reminder.objects.get().code) == ("failed", 550)


def test_two_workers_send_it_once(draft, travel, monkeypatch):
    told = []
    monkeypatch.setattr(mailing, "deliver", lambda message: told.append(message) or mailing.Delivery(mailing.Outcome.ACCEPTED, "mail:25", 250, "ok"))
    travel(DAY + timedelta(days=7))
    reminders.run()
    row = OutboxMessage.objects.get(topic=reminders.TOPIC)
    assert outbox.run(row.id) is True and outbox.run(row.id) is False
    assert reminder_mail.attempt(row.payload)() is None and len(told) == 1


# -- the pages -----------------------------------------------------------------------------------------------------------
def test_the_applicant_sees_and_changes_it_and_reads_what_always_comes(draft):
    client = Client()
    client.force_login(User.objects.get(username="penningmeester"))
    assert "/mijn/e-mail/" in client.get("/mijn/").content.decode()
    page = client.get("/mijn/e-mail/").content.decode()
    assert page.count("<h1>") == 1 and VERENIGING in page and "Zet herinneringen uit" in page and "De wet vraagt dat van ons (artikel 2:10 Awb)" in page
    applicant = draft.case.applicant
    page = client.post("/mijn/e-mail/", {"applicant": applicant.pk, "wants": "nee"}, follow=True).content.decode()
    assert "U krijgt geen herinneringen meer" in page and "Zet herinneringen aan" in page and "op de website" in page
    page = client.post("/mijn/e-mail/", {"applicant": applicant.pk, "wants": "ja"}, follow=True).content.decode()
    assert "Zet herinneringen uit" in page and [choice.wants for choice in ReminderChoice.objects.all()] == [True, False]


def test_somebody_else_cannot_choose_nor_with_a_token_that_is_not_ours(draft):
    client = Client()
    client.force_login(User.objects.get(username="bewoner"))
    applicant = draft.case.applicant
    assert client.post("/mijn/e-mail/", {"applicant": applicant.pk, "wants": "nee"}).status_code == 404
    assert client.post("/mijn/e-mail/", {"applicant": "²", "wants": "nee"}).status_code == 404
    token = reminder_mail.token_of(applicant)
    assert applicant.name not in token and client.get(f"/e-mail/afmelden/{token}/").status_code == 200
    other = token.replace(str(applicant.pk), str(applicant.pk + 1), 1)
    for wrong in (other, token[:-1], "x", "1:y"):
        assert client.post(f"/e-mail/afmelden/{wrong}/").status_code == 404
    assert not ReminderChoice.objects.exists()


def test_who_ended_them_can_begin_again_from_the_same_page(draft):
    path, client = f"/e-mail/afmelden/{reminder_mail.token_of(draft.case.applicant)}/", Client()
    assert "U krijgt geen herinneringen meer" in client.post(path, {"wants": "nee"}).content.decode()
    page = client.post(path, {"wants": "ja"}).content.decode()
    assert "U krijgt weer herinneringen" in page and page.count("<h1>") == 1
    assert [choice.wants for choice in ReminderChoice.objects.all()] == [True, False]
