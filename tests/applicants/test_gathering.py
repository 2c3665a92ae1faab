"""The residents of an initiative: named by the contact person, and asked for their yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from applicants.acts import gathering, registering
from applicants.acts.refusing import PartyRefused
from applicants.models import Applicant, InitiativeMember
from grants.kernel import clock, outbox
from grants.kernel.models import User
from tests.applicants.who import ADDRESS, FILLED, client_of, pdf, person, token_mailed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(world):
    return person("ada")


@pytest.fixture
def group(ada):
    return registering.register_initiative(user=ada, name="Bewonersgroep Bloem", own_name="Ada Proef", contact=ADDRESS)


def add(group, ada, name="Bert Buur", email="bert@example.org", address=""):
    return gathering.add(applicant_id=group.pk, name=name, email=email, address=address, user=ada)


def test_the_contact_person_is_the_first_who_takes_part(ada):
    answer = client_of(ada).post("/mijn/aanvragers/initiatief/", {**FILLED, "name": "Bewonersgroep Bloem", "own_name": "Ada Proef"})
    group = Applicant.objects.represented_by(ada).get()
    assert answer["Location"] == f"/mijn/aanvragers/{group.pk}/deelnemers/"
    first = group.members.get()
    assert (first.name, first.is_contact, first.accepted_how, first.address) == ("Ada Proef", True, "self", "Demoweg 1, 6211 AA Maastricht")


def test_a_resident_says_yes_with_the_link_once_and_without_signing_in(ada, group):
    client_of(ada).post(f"/mijn/aanvragers/{group.pk}/deelnemers/", {"name": "Bert Buur", "email": "bert@example.org", "address": ""})
    token = token_mailed("meedoen")
    assert token not in str(list(InitiativeMember.objects.values()))
    assert not any(word in mail.outbox[-1].body for word in ("Ada", "Bert", "Bloem"))
    page = Client().get(f"/mijn/aanvragers/meedoen/{token}/").content.decode()
    assert "Bewonersgroep Bloem" in page and "Ada" not in page and "Bert" not in page
    assert InitiativeMember.objects.get(name="Bert Buur").accepted_at is None, "looking is no yes"
    assert "Dank u wel" in Client().post(f"/mijn/aanvragers/meedoen/{token}/").content.decode()
    assert InitiativeMember.objects.get(name="Bert Buur").accepted_how == "email"
    for method in (Client().get, Client().post):
        assert "werkt niet meer" in method(f"/mijn/aanvragers/meedoen/{token}/").content.decode()


def test_a_link_of_more_than_four_weeks_old_does_not_work(ada, group):
    add(group, ada)
    token = token_mailed("meedoen")
    InitiativeMember.objects.filter(name="Bert Buur").update(asked_at=clock.now() - timedelta(days=28, seconds=1))
    with pytest.raises(PartyRefused, match="ouder dan vier weken"):
        gathering.accept(token=token)


def test_a_second_mail_kills_the_first_link(ada, group):
    bert = add(group, ada)
    first = token_mailed("meedoen")
    again = client_of(ada).post(f"/mijn/aanvragers/deelnemer/{bert.pk}/", {"act": "remind"}, follow=True)
    assert "vandaag al een e-mail" in again.content.decode()
    InitiativeMember.objects.filter(pk=bert.pk).update(asked_at=clock.now() - timedelta(days=2))
    client_of(ada).post(f"/mijn/aanvragers/deelnemer/{bert.pk}/", {"act": "remind"})
    second = token_mailed("meedoen")
    with pytest.raises(PartyRefused):
        gathering.accept(token=first)
    assert gathering.accept(token=second).name == "Bert Buur"


def test_a_resident_says_yes_on_paper(ada, group):
    piet = add(group, ada, name="Piet Papier", email="", address="Demoweg 3, Maastricht")
    outbox.run_open()
    assert not mail.outbox
    browser = client_of(ada)
    browser.post(f"/mijn/aanvragers/deelnemer/{piet.pk}/", {"paper": pdf()})
    piet.refresh_from_db()
    assert (piet.accepted_how, piet.paper.kind) == ("paper", "participation")
    assert "al ja gezegd" in browser.post(f"/mijn/aanvragers/deelnemer/{piet.pk}/", {"paper": pdf()}).content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "ada proef"}, "staat er al"), ({"email": "", "address": ""}, "e-mailadres of een adres"), ({"name": ""}, "verplicht"),
        ({"email": "bert"}, "Dit is geen e-mailadres"),
    ],
)
def test_a_wrong_resident_is_told_and_stays(ada, group, values, sentence):
    given = {"name": "Bert Buur", "email": "bert@example.org", "address": "", **values}
    page = client_of(ada).post(f"/mijn/aanvragers/{group.pk}/deelnemers/", given).content.decode()
    assert sentence in page and group.members.count() == 1


def test_who_leaves_is_asked_no_more_and_the_contact_person_stays(ada, group):
    bert = add(group, ada)
    token = token_mailed("meedoen")
    client_of(ada).post(f"/mijn/aanvragers/deelnemer/{bert.pk}/", {"act": "remove"})
    with pytest.raises(PartyRefused):
        gathering.accept(token=token)
    with pytest.raises(PartyRefused, match="contactpersoon"):
        gathering.remove(member_id=group.members.get(is_contact=True).pk, user=ada)
    assert add(group, ada).pk != bert.pk, "and may come back"


def test_nobody_else_touches_the_residents(ada, group):
    bert = add(group, ada)
    for user in (person("eva"), User.objects.get(username="bewoner"), User.objects.get(username="behandelaar")):
        browser = client_of(user)
        for act in ("remove", "remind", ""):
            assert browser.post(f"/mijn/aanvragers/deelnemer/{bert.pk}/", {"act": act}).status_code == 404
        assert browser.post(f"/mijn/aanvragers/{group.pk}/deelnemers/", {"name": "X"}).status_code == 404
        with pytest.raises(PartyRefused):
            gathering.add(applicant_id=group.pk, name="X", email="x@example.org", address="", user=user)


def test_only_an_initiative_has_residents(ada):
    me = registering.register_self(user=ada, name="Ada", contact=ADDRESS)
    with pytest.raises(PartyRefused, match="Alleen een bewonersinitiatief"):
        add(me, ada)
    assert client_of(ada).get(f"/mijn/aanvragers/{me.pk}/deelnemers/").status_code == 302


def test_the_residents_stand_ready_where_the_case_asks_who_answers_for_the_money(ada, group):
    from grants.applications.services import applying
    from grants.applications.views.access import Actor
    from grants.kernel.roles import Role
    from grants.schemes.models import Scheme

    add(group, ada, name="Piet Papier", email="", address="Demoweg 3, Maastricht")
    draft = applying.start_draft(applicant=group, scheme=Scheme.objects.get(code="LB-INW"), actor=Actor(user=ada, role=Role.APPLICANT))
    page = client_of(ada).get(f"/aanvragen/{draft.pk}/deelnemers/").content.decode()
    assert "Ada Proef; Demoweg 1, 6211 AA Maastricht" in page and "Piet Papier; Demoweg 3, Maastricht" in page
