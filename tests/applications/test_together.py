"""A draft that two people fill in: one case, only as a draft, and never the sending in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from applicants.acts.refusing import PartyRefused
from applicants.models import Representation
from decisions import interest
from grants.applications import collaborating
from grants.applications.collaborating import CaseInvitation, Collaborator
from grants.applications.files import file_questions
from grants.applications.lifecycle.door import NotPermitted
from grants.applications.models import Application
from grants.applications.services import applying
from grants.kernel import access, clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.roles import Role
from tests.applicants.who import client_of, other, person, token_mailed
from tests.forms import posted
from tests.papers import posted_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-SVC")


@pytest.fixture
def mo(world):
    return person("mo")


def invited(draft) -> tuple[str, str]:
    _made, code = collaborating.invite(application_id=draft.id, email="mo@example.org", user=draft.asker.user)
    return token_mailed(), code


@pytest.fixture
def joined(draft, mo):
    token, code = invited(draft)
    collaborating.accept(token=token, code=code, user=mo)
    return draft


def test_from_the_page_to_the_draft(draft, mo):
    page = client_of(draft.asker.user).post(f"/aanvragen/{draft.id}/samen/", {"email": "mo@example.org"})
    assert page["Cache-Control"] == "no-store"
    token = token_mailed()
    browser = client_of(mo)
    shown = browser.get(f"/aanvragen/uitnodiging/{token}/").content.decode()
    assert draft.applicant.name not in shown and draft.case.title not in shown
    answer = browser.post(f"/aanvragen/uitnodiging/{token}/", {"code": page.context["code"]})
    assert answer["Location"] == f"/aanvragen/{draft.id}/invullen/"
    assert browser.get(answer["Location"], follow=True).status_code == 200
    assert draft.case.title in browser.get("/mijn/").content.decode()


def test_who_helps_edits_answers_and_files_and_does_not_send_in(joined, mo):
    browser = client_of(mo)
    page = f"/aanvragen/{joined.id}/invullen/{joined.case.definition.sections[0].key}/"
    browser.post(page, posted(browser.get(page), titel="Van Mo"))
    assert joined.case.draft_answers["titel"] == "Van Mo"
    document = file_questions(joined.case)[0].key
    browser.post(f"/aanvragen/{joined.id}/bestanden/", {f"file-{document}": posted_pdf()})
    assert joined.case.documents.get().uploaded_by == mo
    check = browser.get(f"/aanvragen/{joined.id}/controleren/").content.decode()
    assert "U helpt mee met deze aanvraag" in check and 'name="verklaring"' not in check
    assert "U mag meeschrijven, maar niet insturen" in browser.post(f"/aanvragen/{joined.id}/insturen/", {"verklaring": "ja"}, follow=True).content.decode()
    assert joined.case.status == "draft"


@pytest.mark.parametrize(
    "page", ["intrekken/", "aanvullen/", "verantwoorden/", "melden/", "voortgang/", "gegevens/", "wijzigen/", "digitale-post/", "deelnemers/"]
)
def test_everything_else_of_the_case_is_not_found_for_who_helps(joined, mo, page):
    browser = client_of(mo)
    for method in (browser.get, browser.post):
        assert method(f"/aanvragen/{joined.id}/{page}").status_code in (404, 405)


def test_the_door_refuses_who_helps(joined, mo):
    for act in (applying.submit, applying.withdraw):
        with pytest.raises(NotPermitted):
            act(application_id=joined.id, actor=Actor(user=User.objects.get(pk=mo.pk), role=Role.APPLICANT))


def test_only_that_draft_is_seen(joined, live, mo):
    live("draft", scheme="LB-SVC")
    assert list(Application.objects.visible_to(mo)) == list(Application.objects.of_applicants_of(mo)) == [joined.case]
    assert not Application.objects.acted_for_by(mo).exists()
    assert client_of(mo).get(f"/mijn/aanvragers/{joined.applicant.pk}/").status_code == 404


def test_after_the_sending_in_who_helped_sees_nothing_more(joined, mo):
    joined.submit()
    browser = client_of(mo)
    assert not Application.objects.visible_to(mo).exists()
    for page in ("", "invullen/", "samen/", "bestanden/"):
        assert browser.get(f"/aanvragen/{joined.id}/{page}").status_code == 404
    assert not access.visible_chains(mo).exists()


def test_the_end_works_at_once_and_is_kept(joined, mo):
    row = Collaborator.objects.get()
    browser = client_of(joined.asker.user)
    browser.post(f"/aanvragen/{joined.id}/samen/", {"act": "end", "collaborator": row.pk})
    assert client_of(mo).get(f"/aanvragen/{joined.id}/invullen/").status_code == 404
    row.refresh_from_db()
    assert row.ended_at is not None
    for change in (lambda: Collaborator.objects.update(ended_at=None), lambda: Collaborator.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    page = browser.post(f"/aanvragen/{joined.id}/samen/", {"act": "end", "collaborator": row.pk}, follow=True).content.decode()
    assert "vult al niet meer mee in" in page


def test_who_helps_may_stop_and_may_not_stop_or_invite_others(joined, mo):
    eva = person("eva")
    theirs = Collaborator.objects.create(application=joined.case, user=eva, invited_by=joined.asker.user, since=clock.now())
    browser = client_of(mo)
    browser.post(f"/aanvragen/{joined.id}/samen/", {"act": "end", "collaborator": theirs.pk})
    browser.post(f"/aanvragen/{joined.id}/samen/", {"email": "x@example.org"})
    theirs.refresh_from_db()
    assert theirs.ended_at is None and not CaseInvitation.objects.filter(accepted_at__isnull=True).exists()
    with pytest.raises(PartyRefused, match="Alleen wie optreedt"):
        collaborating.invite(application_id=joined.id, email="x@example.org", user=mo)
    assert browser.post(f"/aanvragen/{joined.id}/samen/", {"act": "end", "collaborator": Collaborator.objects.get(user=mo).pk})["Location"] == "/mijn/"
    assert not Application.objects.visible_to(mo).exists()


def test_an_invitation_works_once_in_time_and_with_its_code(draft, mo):
    token, code = invited(draft)
    with pytest.raises(PartyRefused, match="klopt niet"):
        collaborating.accept(token=token, code=other(code), user=mo)
    collaborating.accept(token=token, code=code, user=mo)
    with pytest.raises(PartyRefused, match="werkt niet meer"):
        collaborating.accept(token=token, code=code, user=person("eva"))
    late, code = collaborating.invite(application_id=draft.id, email="laat@example.org", user=draft.asker.user)
    token = token_mailed()
    CaseInvitation.objects.filter(pk=late.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(PartyRefused, match="werkt niet meer"):
        collaborating.accept(token=token, code=code, user=person("eva"))


def test_an_invitation_that_waits_dies_with_the_sending_in(draft, mo):
    token, code = invited(draft)
    draft.submit()
    with pytest.raises(PartyRefused, match="al ingestuurd"):
        collaborating.accept(token=token, code=code, user=mo)
    with pytest.raises(PartyRefused, match="al ingestuurd"):
        collaborating.invite(application_id=draft.id, email="x@example.org", user=draft.asker.user)


def test_an_invitation_of_somebody_who_no_longer_acts_does_not_work(draft, mo):
    token, code = invited(draft)
    Representation.objects.filter(user=draft.asker.user, applicant=draft.applicant).update(paper="refused")
    with pytest.raises(PartyRefused, match="Alleen wie optreedt"):
        collaborating.accept(token=token, code=code, user=mo)


def test_an_invitation_is_taken_back_by_who_acts_alone(draft, live, mo):
    token, code = invited(draft)
    found = CaseInvitation.objects.get()
    elsewhere = live("draft")
    client_of(elsewhere.asker.user).post(f"/aanvragen/{elsewhere.id}/samen/", {"act": "withdraw", "invitation": str(found.pk)})
    assert CaseInvitation.objects.get().is_open
    client_of(draft.asker.user).post(f"/aanvragen/{draft.id}/samen/", {"act": "withdraw", "invitation": str(found.pk)})
    with pytest.raises(PartyRefused, match="werkt niet meer"):
        collaborating.accept(token=token, code=code, user=mo)


def test_signing_in_comes_first(draft):
    token, code = invited(draft)
    assert "/inloggen/" in Client().get(f"/aanvragen/uitnodiging/{token}/")["Location"]
    assert Client().post(f"/aanvragen/uitnodiging/{token}/", {"code": code}).status_code == 401


def test_an_official_does_not_help_and_who_once_helped_keeps_away_as_an_official(draft):
    token, code = invited(draft)
    handler = User.objects.get(username="behandelaar")
    with pytest.raises(PartyRefused, match="als medewerker"):
        collaborating.accept(token=token, code=code, user=handler)
    auditor = User.objects.get(username="auditor")
    Collaborator.objects.create(application=draft.case, user=auditor, invited_by=draft.asker.user, since=clock.now(), ended_at=clock.now())
    draft.submit()
    assert draft.case in Application.objects.visible_to_official(User.objects.get(username="controller"))
    assert draft.case not in Application.objects.visible_to_official(auditor)
    assert access.own_chains(auditor).filter(pk=draft.case.chain_id).exists()
    assert "vertegenwoordigt deze aanvrager" in (interest.refusal(draft.case, auditor) or "")
    assert client_of(auditor).get(f"/behandelen/{draft.id}/").status_code == 404


def test_a_guess_of_an_invitation_or_a_helper_changes_nothing(joined):
    browser = client_of(joined.asker.user)
    for values in ({"act": "withdraw", "invitation": "x"}, {"act": "withdraw"}, {"act": "end", "collaborator": "x"}, {"act": "end", "collaborator": "9" * 30}):
        assert browser.post(f"/aanvragen/{joined.id}/samen/", values).status_code == 302
    assert Collaborator.objects.get().ended_at is None
