"""Absence of handlers: the work goes to the substitute, the record says for whom, and four eyes stay four."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import Absence, Beschikking
from decisions.people import people_acting_for
from decisions.services import absences, assessing, deciding
from decisions.services.absences import AbsenceRefused
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.applications.models import Application
from grants.kernel import audit, clock
from grants.kernel.actor import Actor
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def who(username):
    return User.objects.get(username=username)


def also(username, role):
    RoleAssignment.objects.create(user=who(username), role=role, valid_from="2024-01-01")


@pytest.fixture
def colleague(world):
    """A second handler: the reviewer is one as well."""
    also("toetser", Role.CASE_HANDLER)
    return who("toetser")


def away(user="behandelaar", substitute="toetser", first=0, last=7, by=None):
    return absences.arrange(
        user=who(user), substitute=who(substitute), valid_from=TODAY + timedelta(days=first), valid_to=TODAY + timedelta(days=last),
        entered_by=by or who(user),
    )


@pytest.mark.parametrize(("days", "acts"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_substitute_acts_on_the_first_and_the_last_day_and_no_other(colleague, days, acts):
    away()
    found = people_acting_for(colleague, TODAY + timedelta(days=days))
    assert found == (frozenset({who("behandelaar").pk}) if acts else frozenset())
    assert not people_acting_for(who("behandelaar"), TODAY)


def test_the_record_says_for_whom_and_the_case_stays_with_who_is_away(live, colleague):
    life = live("assessed", scheme="LB-INW")
    away()
    actor = Actor(user=colleague, role=Role.CASE_HANDLER)
    values = {"amount": life.plan.amount, "motivation": "omdat"}
    deciding.prepare(application_id=life.id, act="settle_directly", actor=actor, values=values)
    event = life.case.chain.events.get(act="prepare_decision")
    assert (event.actor, event.on_behalf_of) == (colleague, who("behandelaar")) and life.case.handler == who("behandelaar")
    assert not list(audit.verify())


@pytest.mark.parametrize(("first", "shown"), [(0, True), (1, False)])
def test_my_work_holds_the_cases_of_whom_i_replace_today(live, colleague, first, shown):
    life = live("received")
    Application.objects.filter(pk=life.id).update(handler=who("behandelaar"))
    away(first=first)
    client = Client()
    client.force_login(colleague)
    assert [row.pk for row in client.get("/behandelen/?werk=mijn").context["page"].rows] == ([life.id] if shown else [])


def test_one_who_is_no_substitute_acts_for_nobody(live, colleague):
    life = live("assessed", scheme="LB-INW")
    deciding.prepare(
        application_id=life.id, act="settle_directly", actor=Actor(user=colleague, role=Role.CASE_HANDLER), values={"amount": life.plan.amount}
    )
    assert life.case.chain.events.get(act="prepare_decision").on_behalf_of is None


def test_the_substitute_assesses_and_the_case_stays_with_the_absent_handler(live, colleague):
    life = live("received", scheme="LB-INW")
    life.mark_complete()
    away()
    values = {"has_interest": False, "facts": "x", "weighing": "y", "advice": "positive", "advised_amount": life.plan.amount}
    made = assessing.save_assessment(application_id=life.id, actor=Actor(user=colleague, role=Role.CASE_HANDLER), values=values, offer=True)
    assert (made.handler, life.case.handler) == (colleague, who("behandelaar"))
    with pytest.raises(Refused):
        assessing.confirm_assessment(application_id=life.id, actor=Actor(user=colleague, role=Role.REVIEWER))


def prepared(life):
    assessing.note_view_not_required(application_id=life.id, about="settle_directly", reason="4:7(1)")
    return deciding.prepare(
        application_id=life.id, act="settle_directly", actor=life.handler, values={"amount": life.plan.amount, "motivation": "omdat"}, day=life.day
    )


def test_who_stands_in_for_the_preparer_neither_reviews_nor_signs(live, colleague):
    life = live("assessed", scheme="LB-INW")
    decision = prepared(life)
    absence = away()
    with pytest.raises(Refused, match="U vervangt de opsteller"):
        deciding.review(decision_id=decision.id, actor=life.reviewer)
    absences.end(absence_id=absence.pk, by=who("behandelaar"))
    deciding.review(decision_id=decision.id, actor=life.reviewer)
    also("directeur", Role.CASE_HANDLER)
    away(substitute="directeur")
    with pytest.raises(Refused, match="U vervangt de opsteller"):
        deciding.sign(decision_id=decision.id, actor=life.signer)
    assert Beschikking.objects.get(id=decision.id).state == "reviewed"


def test_substitution_gives_no_role_that_the_substitute_did_not_have(live, colleague):
    life = live("assessed", scheme="LB-INW")
    away(user="behandelaar", substitute="toetser")
    RoleAssignment.objects.filter(user=colleague, role=Role.CASE_HANDLER).delete()
    with pytest.raises(NotPermitted):
        deciding.prepare(application_id=life.id, act="settle_directly", actor=Actor(user=who("toetser"), role=Role.CASE_HANDLER), values={})


@pytest.mark.parametrize(
    ("arranged", "words"),
    [
        ({"substitute": "behandelaar"}, "Kies een collega"),
        ({"first": 3, "last": 2}, "ligt voor de eerste"),
        ({"first": -3, "last": -1}, "al voorbij"),
        ({"substitute": "financien"}, "geen rol"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_in_words(colleague, arranged, words):
    with pytest.raises(AbsenceRefused, match=words):
        away(**arranged)
    assert not Absence.objects.exists()


def test_nobody_is_left_without_a_substitute_who_is_there(colleague):
    also("senior", Role.CASE_HANDLER)
    away()
    with pytest.raises(AbsenceRefused, match="staat al een vervanger"):
        away(substitute="senior", first=7, last=9)
    with pytest.raises(AbsenceRefused, match="vervangt deze persoon zelf"):
        away(user="toetser", substitute="senior", first=7, last=9)
    with pytest.raises(AbsenceRefused, match="is zelf weg"):
        away(user="senior", substitute="behandelaar")
    away(substitute="senior", first=8, last=9)


def test_one_arranges_ones_own_absence_and_the_administrator_that_of_others(colleague):
    with pytest.raises(AbsenceRefused, match="alleen uw eigen"):
        away(by=colleague)
    made = away(by=who("beheer"))
    with pytest.raises(AbsenceRefused, match="alleen uw eigen"):
        absences.end(absence_id=made.pk, by=colleague)


def test_back_earlier_ends_it_yesterday_and_what_was_is_kept(colleague):
    made = away()
    Absence.objects.filter(pk=made.pk).update(valid_from=TODAY - timedelta(days=4))
    absences.end(absence_id=made.pk, by=who("behandelaar"))
    assert Absence.objects.get().valid_to == TODAY - timedelta(days=1) and not people_acting_for(colleague)


def test_the_page_shows_the_work_that_was_taken_over_and_keeps_what_was_typed(live, colleague):
    life = live("assessed")
    client = Client()
    client.force_login(who("behandelaar"))
    typed = {"user": who("behandelaar").pk, "substitute": colleague.pk, "valid_from": TODAY.isoformat(), "valid_to": (TODAY - timedelta(days=1)).isoformat()}
    page = client.post("/behandelen/afwezig/", typed).content.decode()
    assert "ligt voor de eerste" in page and TODAY.isoformat() in page and page.count("<h1>") == 1
    client.post("/behandelen/afwezig/", {**typed, "valid_to": TODAY.isoformat()})
    mine = Client()
    mine.force_login(colleague)
    assert life.case.case_number in mine.get("/behandelen/afwezig/").content.decode()
    assert life.case.case_number not in client.get("/behandelen/afwezig/").content.decode()
    client.post("/behandelen/afwezig/", {"einde": Absence.objects.get().pk})
    assert not Absence.objects.exists()


def test_the_page_asks_as_many_queries_at_1_case_as_at_9(live, colleague):
    def queries():
        client = Client()
        client.force_login(colleague)
        with CaptureQueriesContext(connection) as found:
            client.get("/behandelen/afwezig/")
        return len(found)

    def more(number):
        for _ in range(number):
            Application.objects.filter(id=live("received").id).update(handler=who("behandelaar"))

    away()
    more(1)
    few = queries()
    more(8)
    assert queries() == few <= 14
