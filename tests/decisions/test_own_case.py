"""An official who acts for an applicant is an applicant there: what officials keep about that case is not for them."""

from __future__ import annotations

import pytest
from django.test import Client

from applicants.models import Representation
from applicants.services import Instead
from decisions.models import BibobFile, PartyEffect, PartyReport
from decisions.services import bibob_checking, deciding, life_events
from grants.kernel import clock, outbox
from grants.kernel.models import User
from grants.law.succession import Recipient, Stage, effect_of, kinds_for
from letters.models import Letter

pytestmark = pytest.mark.django_db
PAGES = ("", "geschiedenis/", "veranderingen/", "notities/", "tijdlijn/")


def signed_in(user):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.fixture
def life(live):
    return live("assessed")


@pytest.fixture
def official(life):
    """Reads every case, and acts for the applicant of this one."""
    user = User.objects.get(username="controller")
    Representation.objects.create(applicant=life.case.applicant, user=user, valid_from="2024-01-01")
    return user


@pytest.fixture
def draft(life):
    values = {"amount": life.case.requested_amount, "motivation": "Nog geheim."}
    return deciding.prepare(application_id=life.id, act="grant", actor=life.handler, values=values)


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_the_desk_are_not_there_for_who_acts_for_the_applicant(life, official, page):
    assert signed_in(official).get(f"/behandelen/{life.id}/{page}").status_code == 404
    assert signed_in(User.objects.get(username="auditor")).get(f"/behandelen/{life.id}/").status_code == 200


def test_a_decision_in_preparation_is_not_told_to_who_acts_for_the_applicant(official, draft):
    assert signed_in(official).get(f"/behandelen/besluit/{draft.pk}/").status_code == 404
    assert signed_in(User.objects.get(username="auditor")).get(f"/behandelen/besluit/{draft.pk}/").status_code == 200


def test_a_letter_that_was_not_sent_is_not_read_by_who_acts_for_the_applicant(life, official):
    outbox.run_open()
    sent = Letter.objects.filter(chain=life.case.chain, state="sent").first()
    waiting = Letter.objects.get(pk=sent.pk)
    waiting.pk, waiting.state = None, Letter.State.RENDERED
    waiting.save(force_insert=True)
    seen = Letter.objects.visible_to(official).filter(chain=life.case.chain)
    assert sent in seen and waiting not in seen
    assert waiting in Letter.objects.visible_to(User.objects.get(username="auditor"))


def test_what_is_known_about_the_applicant_is_not_shown_to_who_acts_for_it(life, official):
    kind = kinds_for(life.case.applicant.type)[0]
    instead = Instead("contact", "K. de Kluizenaar (verzonnen)", "Demoweg 1", "6211 AA", "Demostad")
    to = instead if effect_of(kind, Stage.RUNNING).recipient != Recipient.APPLICANT else None
    report = life_events.report(
        applicant_id=life.case.applicant_id, kind=kind, happened_on=clock.today(), source="Vertrouwelijke bron", instead=to, actor=life.handler
    )
    assert report not in PartyReport.objects.visible_to(official)
    assert report in PartyReport.objects.visible_to(User.objects.get(username="auditor"))
    assert not PartyEffect.objects.visible_to(official).exists()


def test_the_bibob_compartment_is_shut_for_a_member_who_acts_for_the_applicant(life, official):
    for user in (official, life.handler.person):
        bibob_checking.appoint(user=user, by=User.objects.get(username="beheer"))
    bibob_checking.begin(application_id=life.id, actor=life.handler)
    assert BibobFile.objects.visible_to(life.handler.person).exists()
    assert not BibobFile.objects.visible_to(official).exists()
    assert signed_in(official).get(f"/behandelen/{life.id}/bibob/").status_code == 404


def test_the_work_list_does_not_hold_ones_own_case(life, official):
    assert life.case.case_number not in signed_in(official).get("/behandelen/").content.decode()
    assert life.case.case_number in signed_in(User.objects.get(username="auditor")).get("/behandelen/").content.decode()
