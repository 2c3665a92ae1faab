"""Who helps with a draft, or once did, gets nothing of the case by another way: no log, no story, no copy, no answers to take along."""

from __future__ import annotations

import io
import zipfile

import pytest

from grants.applications.collaborating import CaseInvitation, Collaborator
from grants.control.learning.models import LessonProposal
from grants.kernel import access, clock
from grants.kernel.models import AccessLog, Chain, User
from tests.applicants.who import client_of, person
from tests.control.stories import reported

pytestmark = pytest.mark.django_db


def helps(life, name="mo", **values) -> User:
    mo = person(name)
    Collaborator.objects.create(application=life.case, user=mo, invited_by=life.asker.user, since=clock.now(), **values)
    return mo


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW")


@pytest.mark.parametrize("ended", [True, False], ids=["removed", "until the sending in"])
def test_who_once_helped_does_not_see_who_read_the_case(draft, ended):
    mo = helps(draft, ended_at=clock.now() if ended else None)
    draft.submit()
    AccessLog.objects.create(user=User.objects.get(username="behandelaar"), what="case", chain=Chain.objects.get(pk=draft.case.chain_id))
    for user, count in ((draft.asker.user, 1), (mo, 0)):
        assert client_of(user).get("/mijn/inzage/").content.decode().count(draft.case.case_number) == count
    assert not access.acting_chains(mo).exists() and access.own_chains(mo).exists()


def test_who_once_helped_neither_sees_nor_takes_back_the_story_of_the_case(world):
    life, proposal = reported()
    browser = client_of(helps(life, ended_at=clock.now()))
    address = f"/lerend-netwerk/mijn/{proposal.pk}/intrekken/"
    assert browser.get(address).status_code == browser.post(address).status_code == 404
    assert "Samen koken" not in browser.get("/lerend-netwerk/mijn/").content.decode()
    assert LessonProposal.objects.get(pk=proposal.pk).state == "waiting"


def test_a_copy_of_everything_of_mine_holds_no_draft_of_another(draft):
    def names(user):
        answer = client_of(user).post("/mijn/kopie/")
        return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()

    folder = f"concept-{str(draft.id)[:8]}/"
    assert [name for name in names(draft.asker.user) if name.startswith(folder)]
    assert not [name for name in names(helps(draft)) if name.startswith(folder)]


def test_answers_of_a_draft_that_one_helps_with_do_not_go_into_ones_own(draft, live):
    own = live("draft", scheme="LB-INW", applicant="Vereniging Buurthuis Voorbeeld (verzonnen)")
    Collaborator.objects.create(application=draft.case, user=own.asker.user, invited_by=draft.asker.user, since=clock.now())
    browser = client_of(own.asker.user)
    assert browser.get(f"/aanvragen/{draft.id}/").status_code == 200
    assert str(draft.id) not in browser.get(f"/aanvragen/{own.id}/overnemen/").content.decode()
    assert browser.post(f"/aanvragen/{own.id}/overnemen/", {"zaak": str(draft.id)}).status_code == 404


def test_who_helps_sees_no_button_for_what_is_not_hers(draft, live):
    live("received", scheme="LB-INW")
    for user, there in ((draft.asker.user, True), (helps(draft), False)):
        page = client_of(user).get(f"/aanvragen/{draft.id}/").content.decode()
        assert (f"/aanvragen/{draft.id}/intrekken/" in page) is there
        assert (f"/aanvragen/{draft.id}/overnemen/" in page) is there
        assert draft.applicant.name in page and (draft.applicant.street in page) is (draft.applicant.email in page) is there


def test_giving_access_to_a_draft_asks_the_same_sign_in_as_giving_access_elsewhere(draft, client):
    client.post("/inloggen/", {"person": draft.asker.user.username, "means": "low"})
    page = f"/aanvragen/{draft.id}/samen/"
    assert client.get(page).status_code == 200
    answer = client.post(page, {"email": "mo@example.org"})
    assert answer.status_code == 403 and "iemand toegang geven" in answer.content.decode() and "mo@example.org" in answer.content.decode()
    assert not CaseInvitation.objects.exists()
    client.post("/inloggen/", {"person": draft.asker.user.username, "means": "substantial"})
    client.post(page, {"email": "mo@example.org"})
    assert CaseInvitation.objects.count() == 1
