"""The notice that a message stands in the inbox, against a real mail server: proof, repeats, and a person when it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from applicants.models import Applicant
from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Dispatch, Letter, Notice, NoticeStep
from letters.post import mailing, notices
from letters.post.notices import NoticeRefused
from tests.services.process import free_port
from tests.services.smtp import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with mail_server(tmp_path_factory.mktemp("mail")) as running:
        yield running


@pytest.fixture
def smtp(settings, server):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", server.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    server.plan()
    return server


@pytest.fixture
def notice(smtp, live):
    """The notice of a granting decision that was just placed; nothing was sent yet but its letters were made."""
    life = live("verleend", days_ago=60)
    Notice.objects.exclude(dispatch__letter__kind="L08").update(state="sent", sent_at=clock.now())
    return Notice.objects.select_related("dispatch__letter").get(dispatch__letter__chain=life.case.chain, dispatch__letter__kind="L08")


def try_now(found):
    """One attempt, whatever the pause."""
    OutboxMessage.objects.filter(done_at__isnull=True, payload__notice=str(found.pk)).update(not_before=None)
    message = OutboxMessage.objects.filter(topic="letters.notice", payload__notice=str(found.pk)).latest("created_at")
    outbox.run(message.id)
    found.refresh_from_db()
    return message.__class__.objects.get(id=message.id)


def kinds(found):
    return [step.kind for step in found.steps.all()]


def test_the_answer_of_the_server_is_the_proof(smtp, notice):
    before = len(smtp.inbox)
    assert try_now(notice).done_at is not None
    step = notice.steps.get()
    mail = smtp.inbox[before]
    assert (notice.state, step.kind, step.code) == ("sent", "accepted", 250) and "queued as Q" in step.answer
    assert mail["Message-ID"] == step.message_id and mail["To"] == "penningmeester@example.org"
    assert step.server == f"127.0.0.1:{smtp.port}" and step.address_masked == "p•••@example.org"
    assert step.address_mark == mailing.mark_of("Penningmeester@example.org") != mailing.mark_of("ander@example.org")
    raw = sorted((smtp.folder / "inbox").glob("*.eml"))[before].read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n"), "a line ends as the protocol asks"
    kinds_of_text = {part.get_content_type(): part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()}
    assert list(kinds_of_text) == ["text/plain", "text/html"]
    for text in kinds_of_text.values():
        assert "nieuw bericht" in text and "/mijn/" in text and "Vereniging" not in text and "30.000" not in text
        assert "De wet vraagt dat van ons" in text and "niet voor afmelden" in text
    assert "List-Unsubscribe" not in mail, "the law asks for this notice: nobody is taken off its list"


def test_a_notice_goes_out_once(smtp, notice):
    before = len(smtp.inbox)
    try_now(notice)
    try_now(notice)
    assert len(smtp.inbox) == before + 1 and kinds(notice) == ["accepted"]


def test_an_address_that_does_not_exist_is_for_a_person_and_the_decision_stands(smtp, notice):
    dispatch = Dispatch.objects.get(pk=notice.dispatch_id)
    smtp.plan("550")
    assert try_now(notice).done_at is not None
    step = notice.steps.get()
    assert (notice.state, step.kind, step.code) == ("failed", "refused", 550)
    assert "penningmeester" not in step.answer and "p•••@example.org" in step.answer, "the address is masked in what the server said too"
    assert notice in Notice.objects.for_a_person(clock.now())
    after = Dispatch.objects.get(pk=dispatch.pk)
    assert (after.sent_on, after.sent_at, Dispatch.objects.filter(letter=dispatch.letter).count()) == (dispatch.sent_on, dispatch.sent_at, 1)


@pytest.mark.parametrize(
    ("plan", "kind", "words"),
    [("451", "later", "neemt de melding nu niet aan"), ("cut", "unreachable", "verbreekt"), ("cut-early", "unreachable", "verbreekt"), ("530", "unreachable", "code 530")],
)
def test_what_may_pass_is_tried_again_with_the_same_number(smtp, notice, plan, kind, words):
    before = len(smtp.inbox)
    smtp.plan(plan)
    waiting = try_now(notice)
    assert notice.state == "waiting" and waiting.done_at is None and waiting.dead_at is None and words in waiting.reason
    assert waiting.not_before > clock.now(), "not at once again"
    try_now(notice)
    assert notice.state == "sent" and kinds(notice) == [kind, "accepted"]
    assert len({step.message_id for step in notice.steps.all()}) == 1
    assert len(smtp.inbox) - before == (2 if plan == "cut" else 1), "cut off after the message was told: the copy has the same Message-ID"


def test_an_address_that_the_server_writes_in_its_own_way_is_masked_too(notice, monkeypatch):
    said = mailing.Delivery(mailing.Outcome.REFUSED, "mail:25", 550, "<PENNINGMEESTER@Example.org>: unknown")
    monkeypatch.setattr(mailing, "deliver", lambda message: said)
    try_now(notice)
    assert notice.steps.get().answer == "<p•••@example.org>: unknown"


def test_a_refused_message_is_for_a_person(smtp, notice):
    smtp.plan("554")
    try_now(notice)
    assert (notice.state, notice.steps.get().code) == ("failed", 554)


def test_a_server_that_is_not_there_holds_up_nothing_and_loses_nothing(settings, smtp, notice):
    settings.EMAIL_PORT = free_port()
    assert Letter.objects.get(pk=notice.dispatch.letter_id).state == "sent"
    for _ in range(outbox.MOST_ATTEMPTS + 2):
        waiting = try_now(notice)
    assert waiting.dead_at is None and "EMAIL_URL" in waiting.reason and notice.state == "waiting"
    since, words = notices.server_trouble()
    assert since == notice.steps.first().at and "niet te bereiken" in words
    settings.EMAIL_PORT = smtp.port
    try_now(notice)
    assert notice.state == "sent" and notices.server_trouble() is None


def test_the_pauses_grow_to_an_hour_and_never_past_the_48_hours(settings, smtp, notice):
    settings.EMAIL_PORT = free_port()
    pauses = []
    with time_machine.travel(notice.placed_at, tick=False) as traveller:
        while notice.state == "waiting":
            waiting = try_now(notice)
            if notice.state == "waiting":
                pauses.append(waiting.not_before - clock.now())
                traveller.move_to(waiting.not_before)
        assert clock.now() == notice.due_at
    assert pauses[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)] and max(pauses) == timedelta(hours=1)
    assert kinds(notice)[-2:] == ["unreachable", "expired"] and notice.state == "failed"


def test_after_a_day_of_trying_a_person_sees_it_while_there_is_time(smtp, notice):
    assert notice not in Notice.objects.for_a_person(notice.placed_at + timedelta(hours=23))
    assert notice in Notice.objects.for_a_person(notice.placed_at + timedelta(hours=24))


def test_without_an_address_a_person_hears_it_at_once(smtp, notice):
    Applicant.objects.update(email="")
    try_now(notice)
    assert notice.state == "failed" and kinds(notice) == ["no_address"]


def test_a_person_repeats_it_to_a_better_address(smtp, notice):
    user = person("intake", Role.INTAKE_OFFICER).person
    smtp.plan("550")
    try_now(notice)
    notices.repeat(notice_id=notice.pk, address="nieuw@example.org", note="Gebeld, tikfout in het adres", user=user)
    before = len(smtp.inbox)
    try_now(notice)
    assert notice.state == "sent" and kinds(notice) == ["refused", "repeated", "accepted"] and notice.address == ""
    assert smtp.inbox[before]["To"] == "nieuw@example.org" and notice.steps.get(kind="repeated").by == user
    assert Applicant.objects.filter(email="penningmeester@example.org").exists(), "the applicant's own address changes only by its own way"


def test_a_person_tells_it_in_another_way_and_trying_stops(settings, smtp, notice):
    user = person("intake", Role.INTAKE_OFFICER).person
    settings.EMAIL_PORT = free_port()
    try_now(notice)
    notices.inform(notice_id=notice.pk, how="phone", note="Gesproken met de penningmeester", user=user)
    settings.EMAIL_PORT, before = smtp.port, len(smtp.inbox)
    assert try_now(notice).done_at is not None and len(smtp.inbox) == before
    assert notice.state == "informed" and kinds(notice) == ["unreachable", "phone"]


def test_a_mail_that_came_back_later_is_noted_by_a_person(smtp, notice):
    user = person("intake", Role.INTAKE_OFFICER).person
    with pytest.raises(NoticeRefused, match="Alleen een verstuurde"):
        notices.bounced(notice_id=notice.pk, note="postvak vol", user=user)
    try_now(notice)
    notices.bounced(notice_id=notice.pk, note="postvak vol", user=user)
    notice.refresh_from_db()
    assert notice.state == "failed" and kinds(notice) == ["accepted", "bounced"]


@pytest.mark.parametrize("act", [
    lambda n, u: notices.repeat(notice_id=n.pk, address="a@example.org", note=" ", user=u),
    lambda n, u: notices.inform(notice_id=n.pk, how="phone", note=" ", user=u),
    lambda n, u: notices.inform(notice_id=n.pk, how="duif", note="x", user=u),
    lambda n, u: notices.bounced(notice_id=n.pk, note="", user=u),
])
def test_a_person_says_why_and_how(smtp, notice, act):
    user = User.objects.get(username="intake")
    with pytest.raises(NoticeRefused):
        act(notice, user)
    assert not notice.steps.exists()


def test_the_proof_cannot_be_changed(smtp, notice):
    try_now(notice)
    dispatch = Dispatch.objects.filter(pk=notice.dispatch_id)
    for rows, change in (
        (NoticeStep.objects.filter(notice=notice), {"code": 550}), (Notice.objects.filter(pk=notice.pk), {"placed_at": clock.now()}),
        (dispatch, {"sent_on": "2020-01-01"}), (dispatch, {"sent_at": clock.now()}), (dispatch, {"channel": "post"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    dispatch.update(read_at=clock.now(), read_by=User.objects.get(username="penningmeester"))
    with pytest.raises(IntegrityError), transaction.atomic():
        dispatch.update(read_at=None)


# -- the pages ---------------------------------------------------------------------------------------------------------
def client_of(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_the_pages_show_what_failed_and_keep_what_was_typed(smtp, notice):
    number = notice.dispatch.letter.chain.label
    smtp.plan("550")
    try_now(notice)
    client = client_of("intake")
    page = client.get("/behandelen/post/meldingen/").content.decode()
    assert number in page and "Nog 4" in page and page.count("<h1>") == 1
    address = notice.get_absolute_url()
    page = client.get(address).content.decode()
    assert "code 550" in page and 'value="penningmeester@example.org"' in page
    wrong = client.post(address, {"how": "repeat", "address": "geen adres", "note": "tikfout hersteld"}).content.decode()
    assert "Dit is geen e-mailadres" in wrong and "geen adres" in wrong and "tikfout hersteld" in wrong
    assert "naar welk e-mailadres" in client.post(address, {"how": "repeat", "address": "", "note": "x"}).content.decode()
    done = client.post(address, {"how": "phone", "note": "Gesproken"}, follow=True).content.decode()
    assert "blijft zoals hij was" in done and "verteld met een telefoontje" in done and "Wat doet u?" not in done
    assert number not in client.get("/behandelen/post/meldingen/").content.decode()
    assert number in client.get(f"/behandelen/post/meldingen/?zaak={number}").content.decode()


def test_a_sent_notice_can_only_come_back(smtp, notice):
    try_now(notice)
    page = client_of("intake").get(notice.get_absolute_url()).content.decode()
    assert "kwam later terug" in page and "opnieuw sturen" not in page


def test_the_handler_sees_on_the_case_that_it_failed(smtp, notice):
    case = notice.dispatch.letter.chain.application
    assert "Meldingen over post" not in text_of_panels(case)
    smtp.plan("550")
    try_now(notice)
    assert "Vertel het op een andere manier" in text_of_panels(case)


def text_of_panels(case):
    page = client_of("behandelaar").get(f"/behandelen/{case.pk}/").content.decode()
    return page[page.index('id="deel-'):]


def test_who_may_read_the_letter_sees_the_proof_of_sending_and_the_first_reading_is_kept(smtp, notice):
    try_now(notice)
    letter = notice.dispatch.letter
    assert "nog niet op deze website" in client_of("behandelaar").get(letter.get_absolute_url()).content.decode(), "an official's reading is no receipt"
    page = client_of("penningmeester").get(letter.get_absolute_url()).content.decode()
    assert "queued as Q" in page and "Pip" in page
    first = Dispatch.objects.get(pk=notice.dispatch_id)
    client_of("penningmeester").get(letter.get_absolute_url())
    again = Dispatch.objects.get(pk=notice.dispatch_id)
    assert first.read_at == again.read_at and first.read_by.username == "penningmeester"
