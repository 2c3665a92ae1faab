"""From received to opened: nobody opens a file before the scanner said that it is clean."""

from __future__ import annotations

import io
import os
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from decisions.services import daily
from grants.applications.files import UploadRefused, take
from grants.applications.models import Document
from grants.kernel import clock, outbox
from grants.kernel.models import AccessLog, OutboxMessage, User
from tests.applications.files.test_safe_copies import active, javascript, told_all
from tests.papers import document, pdf, posted_pdf, zipped
from tests.services import process
from tests.services.clamd import EICAR, own_scanner

pytestmark = [pytest.mark.django_db, pytest.mark.serial]


@pytest.fixture
def scanned(settings, clamav):
    """A real scanner looks at every file."""
    settings.CLAMD_URL = clamav.tcp


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW", amount="3000").case


@pytest.fixture
def resident(draft):
    return signed_in("bewoner")


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def added(case, content: bytes = b"", name: str = "plan.pdf") -> Document:
    key = case.definition.documents[0].key
    return take(application=case, key=key, upload=SimpleUploadedFile(name, content or pdf()), user=User.objects.get(username="bewoner"))


def virus() -> bytes:
    """A PDF that carries the test virus and opens as any other."""
    return active(lambda d: d.Root.__setitem__("/Extra", d.make_stream(b"x" * 3))) + b"\n%" + EICAR + b"\n%%EOF\n"


def again(kept: Document) -> Document:
    return Document.objects.get(pk=kept.pk)


def content_at(client, kept):
    return client.get(f"/aanvragen/bestand/{kept.pk}/")


def submitted(client, case):
    return client.post(f"/aanvragen/{case.pk}/insturen/", {"verklaring": "ja"}, follow=True).content.decode()


def test_a_clean_file_opens_only_after_the_check(scanned, draft, resident):
    kept = added(draft)
    closed = content_at(resident, kept)
    assert kept.state == "received" and closed.status_code == 409 and "wordt nog gecontroleerd" in closed.content.decode()
    outbox.run_open()
    opened = content_at(resident, kept)
    assert again(kept).state == "clean" and again(kept).checked_at
    assert b"".join(opened.streaming_content) == pdf()
    assert opened["Content-Disposition"] == 'attachment; filename="plan.pdf"' and opened["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in opened["Content-Security-Policy"] and opened["Content-Type"] == "application/pdf"


def test_an_infected_file_is_deleted_and_everybody_is_told(scanned, draft, resident):
    kept = added(draft, virus())
    path = kept.file.name
    submitted(resident, draft)
    mail.outbox.clear()
    outbox.run_open()
    kept = again(kept)
    assert (kept.state, kept.file.name) == ("infected", "") and "Eicar" in kept.finding
    assert not default_storage.exists(path)
    assert kept.submission_id is not None, "the row stays with what was sent in"
    told = [message for message in mail.outbox if "bestand" in message.subject]
    assert len(told) == 1 and told[0].to == [draft.applicant.email] and "plan.pdf" not in told[0].body
    page = resident.get(f"/aanvragen/{draft.pk}/").content.decode()
    assert "Ander bestand toevoegen" in page and "Eicar-Test-Signature" in page
    official = signed_in("behandelaar")
    assert "Eicar-Test-Signature" in official.get(f"/behandelen/{draft.pk}/").content.decode()
    for client in (resident, official):
        assert content_at(client, kept).status_code == 409
    assert added(type(draft).objects.get(pk=draft.pk)).state == "received", "another file may come"


def test_a_submit_does_not_wait_for_the_scanner_and_the_verdict_comes_after_it(settings, draft, resident):
    settings.CLAMD_URL = f"tcp://127.0.0.1:{process.free_port()}"
    kept = added(draft, told_all(), "foto.jpg")
    outbox.run_open()
    assert "Uw zaaknummer is" in submitted(resident, draft)
    kept = again(kept)
    assert kept.state == "waiting" and kept.submission_id is not None
    official = signed_in("behandelaar")
    for client, address in ((resident, f"/aanvragen/{draft.pk}/"), (official, f"/behandelen/{draft.pk}/")):
        page = client.get(address).content.decode()
        assert "wordt nog gecontroleerd" in page and f"/bestand/{kept.pk}/" not in page
        assert content_at(client, kept).status_code == 409
    assert not AccessLog.objects.filter(what__startswith="document").exists(), "nothing was read"
    message = OutboxMessage.objects.get(topic="files.check")
    assert message.done_at is None and message.dead_at is None and message.waits and "virusscanner" in message.reason


def test_when_the_scanner_is_back_the_waiting_file_is_checked_by_itself(settings, clamav, draft, resident):
    settings.CLAMD_URL = f"tcp://127.0.0.1:{process.free_port()}"
    kept = added(draft, told_all(), "foto.jpg")
    submitted(resident, draft)
    start = clock.now()
    for hours in range(20):  # far more often than work that fails by its own fault is tried
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            outbox.run_open()
    settings.CLAMD_URL = clamav.unix
    with time_machine.travel(start + timedelta(hours=21), tick=False):
        outbox.run_open()
    after = again(kept)
    assert after.state == "clean" and after.digest != after.received_digest == kept.digest and after.size < after.received_size
    official = signed_in("behandelaar")
    content = b"".join(content_at(official, after).streaming_content)
    assert not dict(Image.open(io.BytesIO(content)).getexif())
    assert not default_storage.exists(kept.file.name), "the original is not kept"
    assert AccessLog.objects.filter(what__startswith="document").count() == 1


def test_longer_than_the_scanner_takes_it_waits_and_the_operator_reads_why(settings, draft):
    with own_scanner(stream_limit="1M") as small:
        settings.CLAMD_URL = small.tcp
        kept = added(draft, active(lambda d: d.Root.__setitem__("/Extra", d.make_stream(os.urandom(3_000_000)))))
        outbox.run_open()
    assert again(kept).state == "waiting"
    assert OutboxMessage.objects.get(topic="files.check").waits


def test_a_pdf_that_acts_is_kept_without_that_and_says_so(scanned, draft, resident):
    kept = added(draft, active(javascript))
    outbox.run_open()
    assert again(kept).state == "clean"
    assert b"app.alert" not in b"".join(content_at(resident, kept).streaming_content)
    assert "Wij hebben delen verwijderd" in resident.get(f"/aanvragen/{draft.pk}/bestanden/").content.decode()


def test_a_virus_behind_a_lock_that_needs_no_password_is_found(scanned, draft):
    made = io.BytesIO()
    with pikepdf.new() as locked:
        locked.add_blank_page()
        locked.Root.Extra = locked.make_stream(EICAR)
        locked.save(made, encryption=pikepdf.Encryption(owner="eigenaar", user=""))
    kept = added(draft, made.getvalue())
    outbox.run_open()
    assert again(kept).state == "infected"


def test_a_lock_on_printing_is_taken_off_and_said(scanned, draft, resident):
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as locked:
        locked.save(made, encryption=pikepdf.Encryption(owner="eigenaar", user=""))
    kept = added(draft, made.getvalue())
    outbox.run_open()
    assert again(kept).state == "clean" and "slot" in again(kept).finding
    with pikepdf.open(io.BytesIO(b"".join(content_at(resident, kept).streaming_content))) as opened:
        assert not opened.is_encrypted


def test_a_photo_that_cannot_be_decoded_is_unreadable_and_told(scanned, draft, resident):
    kept = added(draft, told_all(size=(1200, 900))[:2500], "foto.jpg")
    outbox.run_open()
    assert again(kept).state == "unreadable" and not again(kept).file
    assert "Ander bestand toevoegen" in resident.get(f"/aanvragen/{draft.pk}/").content.decode()
    missing = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    assert draft.definition.documents[0].label in missing, "what nobody can read does not count as received"


def test_a_demonstration_without_a_scanner_says_that_nobody_looked(settings, draft, resident):
    settings.CLAMD_URL = ""
    kept = added(draft, virus())
    outbox.run_open()
    assert again(kept).state == "unchecked" and content_at(resident, kept).status_code == 200
    assert "niet op virussen gecontroleerd (demo)" in resident.get(f"/aanvragen/{draft.pk}/bestanden/").content.decode()


def test_content_that_changed_in_the_storage_is_not_shown(scanned, draft, resident):
    kept = added(draft)
    outbox.run_open()
    with default_storage.open(again(kept).file.name, "wb") as stored:
        stored.write(b"iets anders")
    closed = content_at(resident, kept)
    assert closed.status_code == 409 and "niet meer wat wij hebben gecontroleerd" in closed.content.decode()
    default_storage.delete(again(kept).file.name)
    assert content_at(resident, kept).status_code == 409


def test_a_file_removed_from_a_draft_leaves_nothing_behind(scanned, draft, resident):
    kept = added(draft)
    page = resident.post(f"/aanvragen/{draft.pk}/bestanden/", {"remove-file": str(kept.pk)}, follow=True).content.decode()
    assert "plan.pdf is verwijderd" in page and not Document.objects.exists()
    outbox.run_open()
    assert not default_storage.exists(kept.file.name)
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()


def test_what_was_sent_in_is_not_removed(draft, resident):
    kept = added(draft)
    submitted(resident, draft)
    page = resident.post(f"/aanvragen/{draft.pk}/bestanden/", {"remove-file": str(kept.pk)}, follow=True).content.decode()
    assert "al ingestuurd" in page and Document.objects.filter(pk=kept.pk).exists()


def test_a_document_of_before_the_check_is_asked_for_by_the_work_of_the_day(scanned, draft):
    old = document(draft, User.objects.get(username="bewoner"), state="received")
    daily.run()
    outbox.run_open()
    assert again(old).state == "clean"


def test_the_same_file_twice_is_one_and_a_case_has_its_limits(settings, draft):
    assert added(draft) == added(draft)
    settings.CASE_FILES_LIMIT = 2
    added(draft, pdf("tweede"))
    with pytest.raises(UploadRefused, match="al 2 bestanden"):
        added(draft, pdf("derde"))
    settings.CASE_FILES_LIMIT, settings.CASE_SIZE_LIMIT = 9, 1024 * 1024
    with pytest.raises(UploadRefused, match="samen te groot"):
        added(draft, active(lambda d: d.Root.__setitem__("/Extra", d.make_stream(os.urandom(1_100_000)))))


def test_several_files_at_once_and_one_that_is_wrong_does_not_stop_the_others(draft, resident):
    key = draft.definition.documents[0].key
    files = [posted_pdf("een.pdf", "1"), SimpleUploadedFile("fout.pdf", zipped(a=b"b")), posted_pdf("twee.pdf", "2")]
    page = resident.post(f"/aanvragen/{draft.pk}/bestanden/", {f"file-{key}": files}).content.decode()
    assert set(Document.objects.values_list("filename", flat=True)) == {"een.pdf", "twee.pdf"}
    assert "fout.pdf: De naam eindigt op .pdf" in page and f'href="#id_file-{key}"' in page and 'aria-invalid="true"' in page
