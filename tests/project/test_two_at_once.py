"""Two people do the same at the very same moment, on PostgreSQL: the second waits, and finds what the first did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from applicants.acts import inviting, mandating
from applicants.acts.refusing import PartyRefused
from applicants.models import Representation
from grants.applications.files import UploadRefused, file_questions, taking
from grants.applications.lifecycle.door import ActError
from grants.applications.services import applying
from grants.control.learning.errors import NotNow
from grants.control.learning.models import Registration
from grants.control.learning.services import meeting as meetings
from tests.applicants.who import foundation, invited, person
from tests.applications.test_saving_race import at_once
from tests.control.stories import meeting
from tests.papers import posted_pdf

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite lives in memory, where a second writer does not wait"),
    pytest.mark.django_db(transaction=True),
]


def refused(act: Callable[[], object]) -> Callable[[], object]:
    """What the act gives, or what it says when it cannot be."""

    def tried() -> object:
        try:
            return act()
        except (ActError, NotNow, PartyRefused, UploadRefused) as error:
            return error

    return tried


def test_who_is_admitted_twice_at_once_acts_once(world):
    club, bert = foundation(person("ada")), person("bert")
    first, second = at_once(lambda: mandating.admit(applicant=club, user=bert), lambda: mandating.admit(applicant=club, user=person("bert")), waits=True)
    assert first == second and Representation.objects.filter(user=bert).count() == 1


def test_an_invitation_serves_one_of_two(world):
    ada = person("ada")
    club = foundation(ada)
    token, code = invited(club, ada)
    bert, cleo = person("bert"), person("cleo")
    _first, second = at_once(
        lambda: inviting.accept(token=token, code=code, user=bert), refused(lambda: inviting.accept(token=token, code=code, user=cleo)), waits=True
    )
    assert isinstance(second, PartyRefused) and not Representation.objects.filter(user=cleo).exists()


def test_the_last_place_goes_to_one(world):
    found = meeting(capacity=1)
    _first, second = at_once(
        lambda: meetings.register(meeting_id=found.pk, name="An", email="an@example.org"),
        refused(lambda: meetings.register(meeting_id=found.pk, name="Bo", email="bo@example.org")), waits=True,
    )
    assert isinstance(second, NotNow) and Registration.objects.count() == 1


def test_the_last_room_for_files_goes_to_one(live, settings):
    settings.CASE_FILES_LIMIT = 1
    life = live("draft", scheme="LB-INW")
    case, key, user = life.case, file_questions(life.case)[0].key, life.asker.user
    _first, second = at_once(
        lambda: taking.take(application=case, key=key, upload=posted_pdf(mark="een"), user=user),
        refused(lambda: taking.take(application=life.case, key=key, upload=posted_pdf(mark="twee"), user=user)), waits=True,
    )
    assert isinstance(second, UploadRefused) and case.documents.count() == 1


def test_a_file_that_waits_for_the_sending_in_is_refused(live):
    life = live("draft", scheme="LB-INW")
    case, key = life.case, file_questions(life.case)[0].key
    _first, second = at_once(
        lambda: applying.submit(application_id=life.id, actor=life.asker, declared=["verklaring"]),
        refused(lambda: taking.take(application=case, key=key, upload=posted_pdf(), user=life.asker.user)), waits=True,
    )
    assert isinstance(second, UploadRefused) and not case.documents.exists()


def test_two_clicks_on_send_send_once(live):
    life = live("draft", scheme="LB-INW")
    _first, second = at_once(
        lambda: applying.submit(application_id=life.id, actor=life.asker, declared=["verklaring"]),
        refused(lambda: applying.submit(application_id=life.id, actor=life.asker, declared=["verklaring"])), waits=True,
    )
    assert isinstance(second, ActError) and life.case.submissions.count() == 1
