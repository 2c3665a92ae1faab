"""The table of days put on a par with a holiday, and the running terms that a change moves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client

from grants.applications.models import Deadline
from grants.applications.services import freedays
from grants.kernel import audit, clock
from grants.kernel.models import User
from grants.law.days import is_free_day, next_working_day
from grants.project.demo.objections import Objector
from grants.schemes.models import FreeDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def objection_term(live):
    """A term of six weeks on an objection, ending on a day that is no holiday."""
    life = live("verleend", days_ago=30)
    term = Deadline.objects.get(application=life.id, rule="OBJECTION_6W", ended_by__isnull=True)
    assert not is_free_day(term.last_day)
    return term


def client_of(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_a_decree_on_the_last_day_moves_the_running_term_to_the_next_working_day(objection_term):
    day = objection_term.last_day
    ending = set(Deadline.objects.filter(ended_by__isnull=True, last_day=day).values_list("rule", flat=True))
    moved = freedays.add(day=day, decree="besluit voor de test")
    objection_term.refresh_from_db()
    assert ending == {"OBJECTION_6W", "PAYMENT_6W"} and moved == 2, "both are terms of the law, of six weeks from the same day"
    assert objection_term.last_day == next_working_day(day + timedelta(days=1))
    steps = [(step["step"], step["article"]) for step in objection_term.explanation]
    assert any("Algemene termijnenwet" in article for _, article in steps), steps


def test_a_decree_on_another_day_moves_nothing(objection_term):
    day = objection_term.last_day
    assert freedays.add(day=day - timedelta(days=1), decree="besluit voor de test") == 0
    objection_term.refresh_from_db()
    assert objection_term.last_day == day


def test_taking_a_wrong_day_out_counts_the_term_back(objection_term):
    day = objection_term.last_day
    freedays.add(day=day, decree="besluit voor de test")
    assert freedays.remove(day=day) == 2
    objection_term.refresh_from_db()
    assert objection_term.last_day == day


def test_a_decision_term_of_the_ordinance_stays_since_the_atw_does_not_cover_it(live):
    life = live("received")
    due = life.case.decision_due_on
    freedays.add(day=due, decree="besluit voor de test") if not FreeDay.objects.filter(day=due).exists() else None
    life.case.refresh_from_db()
    assert life.case.decision_due_on == due


def test_the_term_to_decide_an_objection_moves_on_the_objection_too(live):
    objection = Objector(live("verleend")).register()
    day = objection.decide_by
    moved = freedays.add(day=day, decree="besluit voor de test")
    objection.refresh_from_db()
    assert moved >= 1 and objection.decide_by > day
    assert objection.deadline.last_day == objection.decide_by
    assert not list(audit.verify()), "the work list sorts by the new day"


def test_a_day_that_is_over_stays():
    FreeDay.objects.create(day=clock.today(), decree="besluit voor de test")
    with pytest.raises(freedays.FreeDayError, match="blijft staan"):
        freedays.remove(day=clock.today())


def test_the_same_day_twice_is_said(world):
    with pytest.raises(freedays.FreeDayError, match="staat al in de tabel"):
        freedays.add(day=date(2027, 5, 7), decree="nog eens")


def test_the_page_asks_for_the_decree_and_keeps_what_was_typed(world):
    page = client_of("beheer").post("/behandelen/vrije-dagen/", {"day": "2029-05-11"}).content.decode()
    assert "welk koninklijk besluit" in page and 'value="2029-05-11"' in page
    assert not FreeDay.objects.filter(day="2029-05-11").exists()


def test_the_administrator_keeps_the_table_and_a_handler_only_reads_it(world):
    values = {"day": "2029-05-11", "decree": "Stb. 2026, 1"}
    page = client_of("behandelaar").post("/behandelen/vrije-dagen/", values, follow=True).content.decode()
    assert "Alleen de functioneel beheerder" in page and not FreeDay.objects.filter(day="2029-05-11").exists()
    page = client_of("beheer").post("/behandelen/vrije-dagen/", values, follow=True).content.decode()
    assert "De tabel is bijgewerkt" in page and "vrijdag 11 mei 2029" in page


def test_a_day_that_two_enter_at_once_stands_once_and_the_second_hears_so(world, monkeypatch):
    day = clock.today() + timedelta(days=400)
    freedays.add(day=day, decree="besluit")
    monkeypatch.setattr(QuerySet, "exists", lambda self: False)  # the first one came just after the second looked
    with pytest.raises(freedays.FreeDayError, match="staat al in de tabel"):
        freedays.add(day=day, decree="besluit")
    assert FreeDay.objects.filter(day=day).count() == 1
