"""Bad input gets a clear sentence, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants.applications.models import Application, Document
from grants.kernel import outbox
from grants.kernel.models import User
from tests.forms import posted
from tests.papers import pdf, posted_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW", amount="3000").case


@pytest.fixture
def resident(draft):
    client = Client()
    client.force_login(User.objects.get(username="bewoner"))
    return client


def fill(resident, case, **changed):
    """Type these answers on the pages where they are asked, one section after the other; the last page that came back."""
    for section in case.definition.sections:
        typed = {key: answer for key, answer in changed.items() if case.definition.question(key).section == section.key}
        if typed:
            address = f"/aanvragen/{case.pk}/invullen/{section.key}/"
            page = resident.post(address, posted(resident.get(address), **typed, verder=""), follow=True)
    return page


def key_of(case, target):
    return next(q.key for q in case.definition.questions if q.maps_to == target)


@pytest.mark.parametrize(
    ("target", "typed", "sentence"),
    [
        ("requested_amount", "5.000,01", r"5\.000,0"),
        ("requested_amount", "2.499,99", r"2\.500"),
        ("requested_amount", "drieduizend", "bedrag"),
        ("activity_end", "2020-01-01", "2020"),
        ("activity_start", "2026-02-30", "datum"),
    ],
)
def test_a_wrong_answer_is_told_kept_and_never_blocks(resident, draft, target, typed, sentence):
    key = key_of(draft, target)
    page = fill(resident, draft, **{key: typed})
    beside = re.findall(r'class="field-warning">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert re.search(sentence, " ".join(beside))
    assert typed in page.content.decode(), "the same page comes back once, with what was typed"
    onward = resident.post(page.request["PATH_INFO"], posted(page, verder=""))
    assert onward["Location"] != page.request["PATH_INFO"], "and does not stop anybody a second time"
    check = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    warnings = re.search(r'notice-warning">(.*?)</div>', check, re.DOTALL)
    assert warnings and re.search(sentence, warnings[1])
    after = resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"}, follow=True).content.decode()
    assert "Uw zaaknummer is" in after
    assert Application.objects.get(pk=draft.pk).status == "received"


def test_a_missing_answer_and_document_are_named(resident, draft):
    fill(resident, draft, **{key_of(draft, "title"): ""})
    text = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    for document in draft.definition.documents:
        if document.required and document.condition is None:
            assert document.label in text
    label = next(q.label for q in draft.definition.questions if q.maps_to == "title")
    assert label in text


def test_a_closed_scheme_is_told_and_the_application_accepted(resident, draft, time_machine_after_closing):
    resident.force_login(User.objects.get(username="bewoner"))
    page = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    assert "31 december 2026" in page
    assert "Uw zaaknummer is" in resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"}, follow=True).content.decode()


@pytest.fixture
def time_machine_after_closing():
    import time_machine

    with time_machine.travel("2027-01-04T10:00:00+01:00", tick=True):
        yield


def test_without_the_legal_minimum_the_page_says_what_is_needed(resident, draft):
    empty = {key_of(draft, name): "" for name in ("title", "summary", "requested_amount")}
    fill(resident, draft, **empty)
    page = resident.get(f"/aanvragen/{draft.pk}/controleren/").content.decode()
    assert "naam, uw adres en wat u vraagt" in page
    resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"})
    assert Application.objects.get(pk=draft.pk).status == "draft"


def test_a_second_submit_changes_nothing_and_says_so(resident, draft):
    resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"})
    number = Application.objects.get(pk=draft.pk).case_number
    page = resident.post(f"/aanvragen/{draft.pk}/insturen/", {"verklaring": "ja"}, follow=True).content.decode()
    assert "al ingestuurd" in page and Application.objects.get(pk=draft.pk).case_number == number
    assert draft.submissions.count() == 1


def test_after_an_expired_session_the_typed_answers_come_along(resident, draft):
    title = key_of(draft, "title")
    address = f"/aanvragen/{draft.pk}/invullen/plan/"
    typed = posted(resident.get(address), **{title: "Met moeite getypt"})
    resident.logout()
    ended = resident.post(address, typed)
    assert ended.status_code == 401 and "niet weg" in ended.content.decode()
    to_sign_in = hidden(ended)
    choose = resident.post("/inloggen/", to_sign_in)
    resumed = resident.post("/inloggen/", {**hidden(choose), "person": "bewoner"})
    assert "Ga verder" in resumed.content.decode()
    resident.post(address, hidden(resumed))
    assert Application.objects.get(pk=draft.pk).title == "Met moeite getypt"


def hidden(page):
    """The hidden fields of the page's own form, as a browser would post them."""
    form = page.content.decode().split("<main", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: value.replace("&#x27;", "'") for name, value in found}


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-" + b"0" * (60 * 1024 * 1024), "groot.pdf", "te groot: 60 MB"),
        (b"MZ\x90\x00 niet echt", "foto.jpg", "PDF of een foto"),
        (b"", "leeg.pdf", "leeg"),
    ],
)
def test_a_wrong_upload_is_refused_in_words(resident, draft, content, name, sentence):
    key = draft.definition.documents[0].key
    page = resident.post(f"/aanvragen/{draft.pk}/bestanden/", {f"file-{key}": SimpleUploadedFile(name, content)}, follow=True)
    assert sentence in page.content.decode()
    assert not Document.objects.exists()


def test_a_right_upload_is_kept_and_only_for_its_own_people(resident, draft):
    key = draft.definition.documents[0].key
    resident.post(f"/aanvragen/{draft.pk}/bestanden/", {f"file-{key}": posted_pdf()})
    outbox.run_open()
    found = Document.objects.get()
    assert b"".join(resident.get(f"/aanvragen/bestand/{found.pk}/").streaming_content) == pdf()
    other = Client()
    other.force_login(User.objects.get(username="ambtenaar"))
    assert other.get(f"/aanvragen/bestand/{found.pk}/").status_code == 404


def test_a_nul_in_an_answer_is_left_out(resident, draft):
    fill(resident, draft, **{key_of(draft, "title"): "Bank\x00je"})
    assert Application.objects.get(pk=draft.pk).title == "Bankje"


def test_an_imported_case_offers_only_what_needs_no_rules_and_refuses_the_rest_in_words(world):
    from grants.applications.register.importing import import_register
    from grants.applications.register.reading import read_register
    from grants.project.demo.load import REGISTER

    import_register(read_register(REGISTER.read_bytes()))
    case = Application.objects.filter(origin="import", status="verleend").first()
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.get(f"/behandelen/{case.pk}/").content.decode()
    assert "Rappel sturen" not in page and "Kenmerken verbeteren" in page
    type(case).objects.filter(pk=case.pk).update(report_due_on="2025-01-01")
    for address, data in (("handeling/send_reminder/", {}), ("zienswijze/", {"about": "withdraw_grant", "reason": "feiten"})):
        answer = client.post(f"/behandelen/{case.pk}/{address}", data, follow=True).content.decode()
        assert "ingelezen uit een register" in answer, address
