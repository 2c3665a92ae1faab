"""Papers about applicants and the evidence of officials: scanned as the files of a case are, and closed until then."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from applicants import papers
from applicants.models import PartyPaper
from decisions.models import BibobNote, PartyReport
from grants.applications.files import inspect
from grants.kernel import checked, outbox
from grants.kernel.models import OutboxMessage, User
from tests.applications.files.test_checking import virus
from tests.applications.files.test_safe_copies import active, javascript
from tests.papers import pdf, posted_pdf
from tests.project.life_breaks import bibob_of
from tests.services import process

pytestmark = [pytest.mark.django_db, pytest.mark.serial]


@pytest.fixture
def scanned(settings, clamav):
    settings.CLAMD_URL = clamav.tcp


@pytest.fixture
def life(live):
    return live("received", scheme="LB-INW")


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def sent(life, content: bytes = b"") -> PartyPaper:
    upload = SimpleUploadedFile("machtiging.pdf", content or pdf())
    return papers.store(applicant=life.case.applicant, kind="authorisation", upload=upload, user=life.asker.user)


def report(life, content: bytes = b"") -> PartyReport:
    made = PartyReport(
        applicant=life.case.applicant, kind="bankruptcy", happened_on="2026-01-01", known_on="2026-01-02", source="rechtbank", registered_by=life.handler.user
    )
    made.take(inspect(SimpleUploadedFile("uitspraak.pdf", content or pdf())))
    made.save()
    return made


def note(life, content: bytes = b"") -> BibobNote:
    made = BibobNote(bibob=bibob_of(life), written_by=life.handler.user)
    made.take(inspect(SimpleUploadedFile("stuk.pdf", content or pdf())))
    made.save()
    return made


def again(record):
    return type(record).objects.get(pk=record.pk)


ADDRESSES = {"applicant": ("bewoner", "/mijn/aanvragers/papier/{}/"), "official": ("behandelaar", "/behandelen/papieren/{}/")}


@pytest.mark.parametrize("who", ADDRESSES)
def test_a_paper_opens_only_after_the_check(scanned, life, who):
    username, address = ADDRESSES[who]
    kept = sent(life)
    closed = signed_in(username).get(address.format(kept.pk))
    assert (kept.check_state, closed.status_code) == ("received", 409) and "wordt nog gecontroleerd" in closed.content.decode()
    outbox.run_open()
    opened = signed_in(username).get(address.format(kept.pk))
    assert again(kept).check_state == "clean" and again(kept).checked_at and b"".join(opened.streaming_content) == pdf()
    assert "sandbox" in opened["Content-Security-Policy"]


@pytest.mark.parametrize("made_by", [sent, report, note])
def test_of_an_infected_one_nothing_is_kept_but_its_row(scanned, life, made_by):
    kept = made_by(life, virus())
    path = kept.file.name
    outbox.run_open()
    after = again(kept)
    assert (after.check_state, after.file.name) == ("infected", "") and "Eicar" in after.finding and not default_storage.exists(path)
    assert after.filename == kept.filename and not after.may_open


def test_who_sent_an_infected_paper_hears_it(scanned, life):
    kept = sent(life, virus())
    outbox.run_open()
    told = [message for message in mail.outbox if "bestand" in message.subject]
    assert [message.to for message in told] == [[life.asker.user.email or life.case.applicant.email]] and "machtiging.pdf" not in told[0].body
    page = signed_in("bewoner").get(f"/mijn/aanvragers/papier/{kept.pk}/")
    assert page.status_code == 409 and "zat een virus" in page.content.decode()


def test_while_the_scanner_is_down_it_waits(settings, life):
    settings.CLAMD_URL = f"tcp://127.0.0.1:{process.free_port()}"
    kept = report(life)
    outbox.run_open()
    closed = signed_in("behandelaar").get(f"/behandelen/gebeurtenis/{kept.pk}/bewijs/")
    assert again(kept).check_state == "waiting" and closed.status_code == 409
    assert OutboxMessage.objects.get(topic=checked.CHECK).waits


def test_a_paper_that_acts_becomes_a_safe_copy(scanned, life):
    kept = sent(life, active(javascript))
    outbox.run_open()
    after = again(kept)
    assert after.check_state == "clean" and after.digest != after.received_digest == kept.digest and after.finding
    content = b"".join(signed_in("behandelaar").get(f"/behandelen/papieren/{kept.pk}/").streaming_content)
    assert b"app.alert" not in content and not default_storage.exists(kept.file.name)


def test_what_is_no_longer_what_was_checked_stays_closed(settings, life):
    settings.CLAMD_URL = ""
    kept = sent(life)
    outbox.run_open()
    path = again(kept).file.name
    default_storage.delete(path)
    default_storage.save(path, SimpleUploadedFile("x", b"iets anders"))
    answer = signed_in("behandelaar").get(f"/behandelen/papieren/{kept.pk}/")
    assert answer.status_code == 409 and "niet meer wat wij hebben gecontroleerd" in answer.content.decode()


def test_what_was_never_asked_for_is_asked_again(settings, life):
    settings.CLAMD_URL = ""
    first = sent(life)
    outbox.run_open()
    values = {"applicant": first.applicant, "kind": first.kind, "uploaded_by": first.uploaded_by, "filename": "oud.pdf", "content_type": first.content_type}
    [kept] = PartyPaper.objects.bulk_create([PartyPaper(**values, size=first.size, digest=first.digest, file=again(first).file.name)])
    assert checked.ask_for_the_forgotten() == 1
    outbox.run_open()
    assert again(kept).check_state == "unchecked" and checked.ask_for_the_forgotten() == 0


@pytest.mark.parametrize("made_by", [sent, report, note])
@pytest.mark.parametrize("change", [{"file": "anders"}, {"check_state": "received"}, {"filename": "anders.pdf"}, {"received_digest": "1" * 64}])
def test_the_verdict_stands(settings, life, made_by, change):
    settings.CLAMD_URL = ""
    kept = made_by(life)
    outbox.run_open()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(kept).objects.filter(pk=kept.pk).update(**change)


@pytest.mark.parametrize("made_by", [sent, report, note])
def test_before_the_verdict_the_content_is_not_swapped(life, made_by):
    kept = made_by(life)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(kept).objects.filter(pk=kept.pk).update(file="anders")


@pytest.mark.parametrize(("made_by", "change"), [(sent, {"kind": "participation"}), (note, {"text": "anders"})])
def test_what_was_written_with_it_never_changes(life, made_by, change):
    kept = made_by(life)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(kept).objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()


def test_every_new_paper_is_asked_for_once(settings, life):
    settings.CLAMD_URL = ""
    papers.store(applicant=life.case.applicant, kind="authorisation", upload=posted_pdf(), user=life.asker.user)
    assert OutboxMessage.objects.filter(topic=checked.CHECK).count() == 1
