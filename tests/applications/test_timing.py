"""The decision term while it runs: what moves its end, and what does not (Awb 4:14, 4:15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from decisions.models import MandateRule
from grants.applications.lifecycle.door import Refused
from grants.applications.services import timing
from grants.applications.services.timing import Pause
from grants.applications.term_changes import TermChange
from grants.kernel import audit, outbox
from grants.kernel.canonical import sha256
from grants.kernel.models import User
from grants.schemes.freedays import count
from grants.schemes.models import FreeDay, SchemeVersion
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(live):
    return live("received", days_ago=30)


def pause(life, kind, first, last=None, day=None):
    value = Pause(kind, life.day + timedelta(days=first), None if last is None else life.day + timedelta(days=last), "Brief van de aanvrager.")
    return timing.suspend(application_id=life.id, pause=value, actor=life.handler, day=day or life.day + timedelta(days=max(first, 0)))


def end(life, change, last):
    day = life.day + timedelta(days=last)
    return timing.end_suspension(application_id=life.id, change_id=change.pk, last_day=day, actor=life.handler, day=day)


def allow_extension(life, weeks):
    version = SchemeVersion.objects.get(pk=life.case.version_id)
    content = {**version.content, "terms": {**version.content["terms"], "extension_weeks": weeks}}
    SchemeVersion.objects.bulk_create([SchemeVersion(scheme=version.scheme, number=99, content=content, digest=sha256(content), published_at=version.published_at)])
    type(life.case).objects.filter(pk=life.id).update(version=SchemeVersion.objects.get(number=99))


def test_an_agreed_delay_of_fourteen_days_counts_whole(case):
    due = case.case.decision_due_on
    pause(case, "agreed", 5, 18)
    assert case.case.decision_due_on == due + timedelta(days=14)
    outbox.run_open()
    text = Letter.objects.get(chain=case.case.chain, kind="L06").text
    assert "stemt schriftelijk in" in text and "4:15" in text


def test_force_majeure_counts_when_it_ends_and_the_applicant_hears_twice(case):
    due = case.case.decision_due_on
    change = pause(case, "force_majeure", 3)
    assert case.case.decision_due_on == due, "nobody knows yet how long it lasts"
    end(case, change, 12)
    assert case.case.decision_due_on == due + timedelta(days=10)
    outbox.run_open()
    texts = list(Letter.objects.filter(chain=case.case.chain, kind="L06").order_by("created_at").values_list("text", flat=True))
    assert "staat stil vanaf" in texts[0] and "uiterlijk op" in texts[1]
    assert not list(audit.verify())


def test_two_suspensions_that_overlap_count_once(case):
    due = case.case.decision_due_on
    pause(case, "agreed", 1, 10)
    first = pause(case, "bibob", 5)
    end(case, first, 14)
    assert case.case.decision_due_on == due + timedelta(days=14)


def test_a_reason_that_runs_already_is_refused(case):
    pause(case, "bibob", 1)
    with pytest.raises(Refused, match="al stil"):
        pause(case, "bibob", 2)


@pytest.mark.parametrize(
    ("kind", "first", "last", "words"),
    [
        ("agreed", 3, None, "laatste dag van het uitstel"),
        ("agreed", 5, 4, "eindigt voordat"),
        ("agreed", 0, 5, "na de dag van ontvangst"),
        ("force_majeure", 2, 9, "Laat de laatste dag leeg"),
    ],
)
def test_days_that_cannot_be_are_refused_with_what_to_do(case, kind, first, last, words):
    with pytest.raises(Refused, match=words):
        pause(case, kind, first, last)
    assert not TermChange.objects.exists()


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_a_term_that_is_over_cannot_be_put_off(live, days, refused):
    life = live("received", days_ago=200)
    day = life.case.decision_due_on + timedelta(days=days)
    value = Pause("agreed", day, day + timedelta(days=6), "brief")
    if refused:
        with pytest.raises(Refused, match="voorbij"):
            timing.suspend(application_id=life.id, pause=value, actor=life.handler, day=day)
    else:
        timing.suspend(application_id=life.id, pause=value, actor=life.handler, day=day)
        assert life.case.decision_due_on == day + timedelta(days=7)


def test_an_extension_needs_a_scheme_that_gives_it(case):
    with pytest.raises(Refused, match="geen recht om de termijn te verlengen"):
        timing.delay_notice(application_id=case.id, reason="druk", weeks=2, actor=case.handler, day=case.day)


def test_an_extension_moves_the_term_once_and_no_further_than_the_scheme_allows(case):
    allow_extension(case, 6)
    due = case.case.decision_due_on
    values = {"application_id": case.id, "reason": "druk", "actor": case.handler, "day": case.day}
    with pytest.raises(Refused, match="ten hoogste 6 weken"):
        timing.delay_notice(weeks=7, **values)
    timing.delay_notice(weeks=6, **values)
    assert case.case.decision_due_on == due + timedelta(weeks=6)
    with pytest.raises(Refused, match="al een keer"):
        timing.delay_notice(weeks=1, **values)
    outbox.run_open()
    assert "formele verlenging" in Letter.objects.get(chain=case.case.chain, kind="L06").text


def test_completion_and_agreed_delay_together_are_one_union(live):
    life = live("awaiting_completion", days_ago=20)
    due = life.case.decision_due_on
    pause(life, "agreed", 3, 8)
    life.later(6)
    life.complete()
    assert life.case.decision_due_on == due + timedelta(days=8), "days 1 to 5 of the request and 3 to 8 of the agreement"


def test_a_day_by_decree_moves_a_term_as_soon_as_it_stands_in_the_table(world):
    start = date(2026, 2, 23)  # six weeks end on Tuesday 7 April after Easter Monday
    assert count("OBJECTION_6W", start).last_day == date(2026, 4, 7)
    FreeDay.objects.create(day=date(2026, 4, 7), decree="besluit voor de test")
    assert count("OBJECTION_6W", start).last_day == date(2026, 4, 8)


def test_the_pages_suspend_and_explain(case):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    values = {"kind": "agreed", "first_day": case.day + timedelta(days=1), "last_day": case.day + timedelta(days=7), "evidence": "brief"}
    page = client.post(f"/behandelen/{case.id}/opschorten/", values, follow=True).content.decode()
    assert "De opschorting is vastgelegd" in page
    page = client.get(f"/behandelen/{case.id}/tijdlijn/").content.decode()
    assert "de aanvrager heeft schriftelijk met uitstel ingestemd" in page and "4:15, tweede lid, onder a" in page
    assert "Er loopt geen opschorting" in client.get(f"/behandelen/{case.id}/opschorting-beeindigen/").content.decode()


def test_a_delay_notice_needs_a_mandate(case):
    MandateRule.objects.filter(decision_kind="delay_notice").delete()
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    values = {"until": case.case.decision_due_on + timedelta(days=7), "reason": "druk"}
    page = client.post(f"/behandelen/{case.id}/later/", values, follow=True).content.decode()
    assert "10:1" in page and not Letter.objects.filter(chain=case.case.chain, kind="L06").exists()


def test_a_date_and_weeks_together_are_refused_and_nothing_typed_is_lost(case):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    page = client.post(f"/behandelen/{case.id}/later/", {"until": "2027-01-01", "weeks": "2", "reason": "druk op de afdeling"}).content.decode()
    assert "niet allebei" in page and "druk op de afdeling" in page
