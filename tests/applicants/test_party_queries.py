"""The number of queries of a page about who asks does not grow with what is on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applicants.acts import gathering, mandating, registering
from applicants.invitations import prepared
from applicants.models import ColleagueInvitation, RegisterCheck
from grants.applications.collaborating import CaseInvitation, Collaborator
from grants.kernel import clock
from grants.kernel.models import User
from tests.applicants.who import ADDRESS, client_of, person

pytestmark = pytest.mark.django_db


def queries(user, address) -> int:
    browser = client_of(user)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200, address
    return len(found)


def test_the_list_asks_as_many_queries_for_3_applicants_as_for_20(world):
    ada = person("ada")

    def more(first, last):
        for number in range(first, last):
            registering.register_organisation(
                user=ada, kvk_number=f"000009{number:02d}", record=None, type="stichting", name=f"S{number}", contact=ADDRESS, capacity="board"
            )

    more(0, 3)
    few = queries(ada, "/mijn/aanvragers/")
    more(3, 20)
    assert queries(ada, "/mijn/aanvragers/") == few <= 8


@pytest.mark.parametrize("page", ["/mijn/aanvragers/{party}/", "/behandelen/{case}/aanvrager/", "/behandelen/{case}/"])
def test_the_page_of_an_applicant_asks_as_many_queries_for_2_people_as_for_20(live, page):
    life = live("received", scheme="LB-INW", applicant="Bewonersgroep De Proeftuin (verzonnen)")
    contact = life.asker.user
    user = User.objects.get(username="behandelaar") if "behandelen" in page else contact
    address = page.format(party=life.applicant.pk, case=life.id)

    def more(first, last):
        for number in range(first, last):
            mandate = mandating.admit(applicant=life.applicant, user=person(f"p{number}"), by=contact)
            mandating.judge(representation_id=mandate.pk, verdict="accepted", why="", user=life.handler.user)
            gathering.add(applicant_id=life.applicant.pk, name=f"B{number}", email="", address="Straat 1", user=contact)
            RegisterCheck.objects.create(applicant=life.applicant, source="typed", at=clock.now())
            given, _code = prepared(email=f"e{number}@example.org", user=contact)
            ColleagueInvitation.objects.create(applicant=life.applicant, **given)

    more(0, 2)
    few = queries(user, address)
    more(2, 20)
    assert queries(user, address) == few <= 34


def test_filling_in_together_asks_as_many_queries_for_2_people_as_for_20(live):
    life = live("draft")

    def more(first, last):
        for number in range(first, last):
            Collaborator.objects.create(application=life.case, user=person(f"p{number}"), invited_by=life.asker.user, since=clock.now())
            given, _code = prepared(email=f"e{number}@example.org", user=life.asker.user)
            CaseInvitation.objects.create(application=life.case, **given)

    address = f"/aanvragen/{life.id}/samen/"
    more(0, 2)
    few = queries(life.asker.user, address)
    more(2, 20)
    assert queries(life.asker.user, address) == few <= 10
