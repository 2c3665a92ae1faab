"""A report on progress (T23, Awb 4:37): only when the grant asks for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from grants.applications.lifecycle.door import Refused
from grants.applications.models import Submission
from grants.applications.services import accounting
from grants.kernel import audit, outbox
from grants.kernel.models import User
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(live):
    """A grant that asks for progress every 26 weeks, for an activity of two years."""
    life = live("assessed", scheme="LB-GPI", applicant="Gemeente Voorbeeldstad (verzonnen)", amount="200000", days_ago=100)
    case = life.case
    type(case).objects.filter(pk=case.pk).update(activity_end=life.day + timedelta(weeks=104))
    life.decide("grant", life.plan.amount)
    return life


def due(life):
    return life.case.deadlines.filter(rule="PROGRESS_DUE", ended_by=None).first()


def test_the_grant_says_when_the_next_report_is_due_and_the_letter_names_it(granted):
    assert due(granted).last_day == granted.day + timedelta(weeks=26)
    outbox.run_open()
    assert "elke 26 weken" in Letter.objects.get(chain=granted.case.chain, kind="L08").text


def test_a_report_is_kept_confirmed_and_starts_the_next_term(granted):
    first = due(granted).last_day
    accounting.report_progress(application_id=granted.id, text="De bankjes staan er.", actor=granted.asker, day=granted.day)
    outbox.run_open()
    assert due(granted).last_day == first + timedelta(weeks=26)
    assert granted.case.submissions.get(kind=Submission.Kind.PROGRESS).answers == {"progress": "De bankjes staan er."}
    assert Letter.objects.filter(chain=granted.case.chain, kind="L01c").exists() and granted.case.status == "verleend"
    assert not list(audit.verify())


def test_no_report_is_due_after_the_end_of_the_activity(granted):
    for _ in range(3):
        accounting.report_progress(application_id=granted.id, text="Goed.", actor=granted.asker, day=granted.day)
    assert due(granted) is None
    with pytest.raises(Refused, match="4:37"):
        accounting.report_progress(application_id=granted.id, text="Nog een.", actor=granted.asker, day=granted.day)


def test_an_account_ends_the_term_for_progress(granted):
    granted.account()
    assert due(granted) is None


def test_a_grant_that_does_not_ask_for_it_refuses_with_the_way_to_report_a_change(live):
    life = live("verleend")
    with pytest.raises(Refused, match="Meld dan een wijziging"):
        accounting.report_progress(application_id=life.id, text="Goed.", actor=life.asker, day=life.day)


def test_the_page_keeps_what_was_typed_and_the_handler_reads_it(granted):
    client = Client()
    client.force_login(User.objects.get(username="ambtenaar"))
    address = f"/aanvragen/{granted.id}/voortgang/"
    assert "Schrijf op waarom" in client.post(address, {"text": "  "}).content.decode()
    page = client.post(address, {"text": "De bankjes staan er."}, follow=True).content.decode()
    assert "Wij hebben uw bericht over de voortgang ontvangen" in page
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.get(f"/behandelen/{granted.id}/").content.decode()
    assert "De bankjes staan er." in page and "Voorbeeldplein" in page, "the answers of the application are still shown"
