"""Notes on a case: written once, put right by a follow-up, and never for an applicant to read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from applicants.models import Representation
from decisions.models import CaseNote
from decisions.services import noting
from grants.kernel import clock
from grants.kernel.models import User

pytestmark = pytest.mark.django_db
SECRET = "Belde boos over de buurman."


@pytest.fixture
def life(live):
    return live("received")


@pytest.fixture
def note(life):
    return noting.write(application_id=life.id, kind="note", text=SECRET, actor=life.handler)


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.mark.parametrize("kind", ["desk", "call"])
@pytest.mark.parametrize(("who", "ago"), [("", 1), ("Bo", None), ("Bo", -1)])
def test_a_visit_or_call_without_who_and_when_or_in_the_future_is_refused(life, kind, who, ago):
    at = None if ago is None else clock.now() - timedelta(hours=ago)
    with pytest.raises(noting.NoteRefused):
        noting.write(application_id=life.id, kind=kind, text="x", with_whom=who, happened_at=at, actor=life.handler)


def test_a_call_keeps_with_whom_and_when(life):
    at = clock.now() - timedelta(hours=1)
    made = noting.write(application_id=life.id, kind="call", text="Vraagt om uitstel", with_whom="mevrouw Penning", happened_at=at, actor=life.handler)
    assert (made.with_whom, made.happened_at, made.author) == ("mevrouw Penning", at, life.handler.user)


def test_an_empty_note_is_refused(life):
    with pytest.raises(noting.NoteRefused):
        noting.write(application_id=life.id, kind="note", text="  \n", actor=life.handler)


def test_a_note_leaves_no_event(life, note):
    assert not life.case.chain.events.filter(data__icontains="note").exists()
    assert life.case.chain.length == 2


@pytest.mark.parametrize("change", [lambda n: n.update(text="anders"), lambda n: n.delete()])
def test_the_database_refuses_to_change_or_delete_a_note(note, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(CaseNote.objects.filter(pk=note.pk))


def test_a_note_is_put_right_once_and_both_stay(life, note):
    better = noting.write(application_id=life.id, kind="note", text="Belde over de buurman.", actor=life.handler, corrects_id=note.pk)
    assert CaseNote.objects.get(pk=note.pk).corrected_by == better
    with pytest.raises(noting.NoteRefused, match="al verbeterd"):
        noting.write(application_id=life.id, kind="note", text="Nog eens", actor=life.handler, corrects_id=note.pk)


def test_a_note_of_another_case_cannot_be_put_right_here(live, note):
    other = live("received")
    with pytest.raises(noting.NoteRefused, match="niet bij deze zaak"):
        noting.write(application_id=other.id, kind="note", text="x", actor=other.handler, corrects_id=note.pk)
    assert signed_in("behandelaar").get(f"/behandelen/{other.id}/notities/?verbeter={note.pk}").status_code == 404


def test_an_applicant_never_sees_a_note(life, note):
    client = signed_in("penningmeester")
    assert not CaseNote.objects.visible_to(life.asker.user).exists()
    for page in (f"/aanvragen/{life.id}/", f"/aanvragen/{life.id}/gegevens/", "/mijn/"):
        assert SECRET not in client.get(page).content.decode(), page
    assert client.get(f"/behandelen/{life.id}/notities/").status_code == 403


def test_an_official_who_acts_for_the_applicant_sees_no_note_either(life, note):
    user = User.objects.get(username="senior")
    client = signed_in("senior")
    assert SECRET in client.get(f"/behandelen/{life.id}/").content.decode()
    Representation.objects.create(applicant=life.case.applicant, user=user, valid_from="2024-01-01")
    assert not CaseNote.objects.visible_to(user).exists()
    assert SECRET not in client.get(f"/behandelen/{life.id}/").content.decode()
    assert client.get(f"/behandelen/{life.id}/notities/").status_code == 404


def test_who_only_looks_on_reads_but_does_not_write(life, note):
    client = signed_in("controller")
    address = f"/behandelen/{life.id}/notities/"
    assert SECRET in client.get(address).content.decode() and "<textarea" not in client.get(address).content.decode()
    assert client.post(address, {"kind": "note", "text": "x"}).status_code == 403
    assert CaseNote.objects.count() == 1


def test_what_was_typed_stays_and_the_error_stands_with_its_field(life):
    client = signed_in("behandelaar")
    answer = client.post(f"/behandelen/{life.id}/notities/", {"kind": "call", "text": "Lang verhaal", "with_whom": "", "happened_at": ""}).content.decode()
    assert "Lang verhaal" in answer and "Schrijf op met wie het gesprek was." in answer and 'href="#id_with_whom"' in answer
    answer = client.post(
        f"/behandelen/{life.id}/notities/", {"kind": "call", "text": "Lang verhaal", "with_whom": "Bo", "happened_at": "2026-01-05T10:30"}, follow=True
    ).content.decode()
    assert "De notitie is bewaard." in answer and "5 januari 2026 10.30" in answer
