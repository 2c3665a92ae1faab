"""A file that comes in parts: a lost line costs one part, and nobody touches the parts of somebody else."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.services import daily
from grants.applications.files import UploadRefused, partial, taking
from grants.applications.models import Document, PartialUpload
from grants.kernel import clock, outbox
from grants.kernel.models import User
from tests.applications.files.test_safe_copies import active
from tests.papers import pdf

pytestmark = pytest.mark.django_db
MB = partial.PART


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW", amount="3000").case


@pytest.fixture
def resident(draft):
    return signed_in("bewoner")


@pytest.fixture(scope="module")
def large() -> bytes:
    """A PDF of more than three parts."""
    return active(lambda document: document.Root.__setitem__("/Extra", document.make_stream(os.urandom(int(3.4 * MB)))))


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def begun(client, case, content, **changed):
    values = {
        "key": case.definition.documents[0].key, "filename": "plan.pdf", "size": len(content), "digest": hashlib.sha256(content).hexdigest(), **changed,
    }
    return client.post(f"/aanvragen/{case.pk}/bestanden/begin/", values)


def sent(client, to, content, offset, length=MB):
    return client.post(to, content[offset : offset + length], content_type="application/octet-stream", headers={"Upload-Offset": str(offset)})


def stored_parts() -> list[str]:
    return [name for folder in default_storage.listdir("parts")[0] for name in default_storage.listdir(f"parts/{folder}")[1]] if default_storage.exists("parts") else []


def test_two_parts_then_the_line_is_lost_and_it_goes_on_to_the_same_digest(draft, resident, large):
    first = begun(resident, draft, large).json()
    for offset in (0, MB):
        assert sent(resident, first["to"], large, offset).json() == {"offset": offset + MB}
    # The line is lost, the page is loaded again, and the same file is chosen.
    later = signed_in("bewoner")
    assert later.get(first["to"]).json() == {"offset": 2 * MB}
    second = begun(later, draft, large).json()
    assert second["to"] == first["to"] and second["offset"] == 2 * MB
    for offset in range(2 * MB, len(large), MB):
        sent(later, second["to"], large, offset)
    done = later.post(second["finish"])
    assert done.status_code == 200 and "plan.pdf" in done.json()["html"]
    document = Document.objects.get()
    assert document.received_digest == hashlib.sha256(large).hexdigest() and document.received_size == len(large)
    with document.file.open("rb") as kept:
        assert kept.read() == large
    assert later.post(second["finish"]).json() == done.json() and Document.objects.count() == 1, "an answer that was lost is given again"
    outbox.run_open()
    assert not stored_parts()
    assert Document.objects.get().state == "unchecked"


def test_a_part_that_comes_twice_or_too_early_changes_nothing(draft, resident, large):
    to = begun(resident, draft, large).json()["to"]
    sent(resident, to, large, 0)
    for offset in (0, 2 * MB, 5):
        again = sent(resident, to, large, offset)
        assert again.status_code == 409 and again.json() == {"offset": MB}
    assert resident.post(to, b"x", content_type="application/octet-stream").status_code == 409, "without saying where it begins"
    assert sent(resident, to, large, MB, 0).status_code == 409, "an empty part"
    assert len(stored_parts()) == 1


def test_two_windows_that_send_the_same_part_at_once_keep_one(draft, resident, large):
    begun(resident, draft, large)
    one, other = PartialUpload.objects.get(), PartialUpload.objects.get()
    partial.add(upload=one, offset=0, content=large[:MB])
    with pytest.raises(partial.WrongOffset) as wrong:
        partial.add(upload=other, offset=0, content=large[:MB])
    assert wrong.value.offset == MB and len(stored_parts()) == 1


def test_a_part_larger_than_a_part_and_more_than_was_promised_are_refused(draft, resident, large):
    to = begun(resident, draft, large).json()["to"]
    assert resident.post(to, large[: MB + 1], content_type="application/octet-stream", headers={"Upload-Offset": "0"}).status_code == 413
    small = begun(resident, draft, pdf()).json()["to"]
    assert sent(resident, small, pdf() + b"meer", 0).status_code == 409
    assert PartialUpload.objects.filter(received=0).count() == 2


def test_what_is_not_the_file_that_was_promised_is_refused_and_forgotten(draft, resident):
    content = pdf()
    answer = begun(resident, draft, content).json()
    assert resident.post(answer["finish"]).status_code == 409, "it is not whole yet"
    sent(resident, answer["to"], content[:-3] + b"xyz", 0)
    refused = resident.post(answer["finish"])
    assert refused.status_code == 422 and "niet heel" in refused.json()["problem"]
    assert not PartialUpload.objects.exists() and not Document.objects.exists()
    outbox.run_open()
    assert not stored_parts()


def test_the_content_is_looked_at_as_of_any_other_file(draft, resident):
    content = b"MZ geen foto"
    answer = begun(resident, draft, content, filename="foto.jpg").json()
    sent(resident, answer["to"], content, 0)
    refused = resident.post(answer["finish"])
    assert refused.status_code == 422 and "De naam eindigt op .jpg" in refused.json()["problem"] and not Document.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"size": 26 * MB}, "te groot: 26 MB"), ({"size": 0}, "leeg"), ({"size": "veel"}, "leeg"), ({"key": "bestaatniet"}, "bij welke vraag"),
        ({"digest": "../../etc"}, "niet goed aan"), ({"digest": ""}, "niet goed aan"),
    ],
)
def test_what_can_never_be_taken_is_refused_before_a_byte_is_sent(draft, resident, changed, words):
    refused = begun(resident, draft, pdf(), **changed)
    assert refused.status_code == 422 and words in refused.json()["problem"] and not PartialUpload.objects.exists()


def test_there_is_an_end_to_what_one_person_has_under_way(draft, resident, settings):
    for number in range(partial.MOST_OPEN):
        assert begun(resident, draft, pdf(str(number))).status_code == 200
    assert "te veel bestanden" in begun(resident, draft, pdf("meer")).json()["problem"]
    assert begun(resident, draft, pdf("3")).status_code == 200, "but what was begun goes on"


@pytest.mark.parametrize("username", ["ambtenaar", "penningmeester", "behandelaar", "beheer"])
def test_the_parts_of_somebody_else_are_not_found(draft, resident, large, username):
    answer = begun(resident, draft, large).json()
    other = signed_in(username)
    assert other.get(answer["to"]).status_code == 404
    assert sent(other, answer["to"], large, 0).status_code == 404
    assert other.post(answer["finish"]).status_code == 404
    assert begun(other, draft, large).status_code == 404
    assert PartialUpload.objects.get().received == 0


def test_a_colleague_does_not_go_on_with_my_parts(draft, resident, large):
    from applicants.models import Representation

    to = begun(resident, draft, large).json()["to"]
    colleague = User.objects.get(username="ambtenaar")
    Representation.objects.create(user=colleague, applicant=draft.applicant, valid_from=clock.today())
    client = signed_in("ambtenaar")
    assert client.get(f"/aanvragen/{draft.pk}/bestanden/").status_code == 200 and client.get(to).status_code == 404
    assert begun(client, draft, large).json()["to"] != to


def test_after_the_session_ended_the_answer_says_so(draft, resident, large):
    to = begun(resident, draft, large).json()["to"]
    assert sent(Client(), to, large, 0).status_code == 401


def test_a_form_of_another_site_cannot_send_parts(draft, large):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="bewoner"))
    assert begun(client, draft, large).status_code == 403


def test_what_nobody_goes_on_with_is_cleared_after_a_day(draft, resident, large):
    answer = begun(resident, draft, large).json()
    sent(resident, answer["to"], large, 0)
    with time_machine.travel(clock.now() + timedelta(hours=23), tick=False):
        daily.run()
    assert PartialUpload.objects.exists()
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        daily.run()
        outbox.run_open()
    assert not PartialUpload.objects.exists() and not stored_parts()


def test_the_answer_is_plain_data(draft, resident):
    answer = begun(resident, draft, pdf(), filename="<b>plan</b>.pdf")
    sent(resident, answer.json()["to"], pdf(), 0)
    done = json.loads(resident.post(answer.json()["finish"]).content)
    assert "<b>" not in done["html"]


def test_a_file_that_comes_in_beside_the_sending_in_does_not_slip_in_unsent(live, large):
    """Read as a draft, and sent in before the file was kept: it would hang unsent on the case, and go along with a later message."""
    life = live("draft", scheme="LB-INW", amount="3000")
    seen = life.case
    life.submit()
    key = seen.definition.documents[0].key
    with pytest.raises(UploadRefused, match="net ingestuurd"):
        taking.take(application=seen, key=key, upload=SimpleUploadedFile("plan.pdf", large), user=life.asker.user)
    assert not Document.objects.filter(application=seen, submission__isnull=True).exists()
    assert taking.take(application=life.case, key=key, upload=SimpleUploadedFile("plan.pdf", large), user=life.asker.user).pk
