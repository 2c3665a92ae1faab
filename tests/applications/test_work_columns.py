"""What the work list sorts by and is searched by follows the case, in the same transaction; verify_audit proves it."""

from __future__ import annotations

import importlib
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db.models import Max

from applicants.models import Applicant
from grants.applications.deadlines import OURS
from grants.applications.finding import CaseWord, found_by, words_are_whole
from grants.applications.models import Application, Deadline
from grants.applications.worklist import columns_are_what_rows_say, handlers_were_assigned
from grants.kernel.recording import recording

pytestmark = pytest.mark.django_db

STATES = ["received", "awaiting_completion", "assessed", "verleend", "report_received", "withdrawn", "rejected", "closed"]


def due_of(case):
    running = case.deadlines.filter(ended_by__isnull=True, rule__in=OURS).order_by("last_day").first()
    return running.last_day if running else None


@pytest.mark.parametrize("state", STATES)
def test_the_columns_are_what_the_terms_and_events_say(live, state):
    case = live(state).case
    assert case.next_due_on == due_of(case)
    assert case.last_event_at == case.chain.events.aggregate(last=Max("recorded_at"))["last"]
    assert [*columns_are_what_rows_say(), *words_are_whole(), *handlers_were_assigned()] == []


def test_a_case_on_our_desk_has_a_term_and_one_that_waits_for_the_recipient_has_none(live):
    assert live("received").case.next_due_on is not None
    assert live("verleend").case.next_due_on is None
    assert live("report_received").case.next_due_on is not None


def test_a_request_to_complete_moves_the_term_once_it_is_answered(live):
    life = live("awaiting_completion", days_ago=20)
    before = life.case.next_due_on
    life.later(10)
    life.complete()
    assert life.case.decision_due_on > before and life.case.next_due_on == due_of(life.case)


def test_an_act_that_is_refused_leaves_the_columns_alone(live):
    life = live("received")
    before = life.case.last_event_at
    with pytest.raises(RuntimeError), recording():
        life.mark_complete()
        raise RuntimeError
    assert life.case.last_event_at == before


FAULTS = {
    "eerstvolgende termijn": lambda case: Application.objects.filter(pk=case.pk).update(next_due_on=date(2020, 1, 1)),
    "eerstvolgende termijn staat op": lambda case: Application.objects.filter(pk=case.pk).update(next_due_on=None),
    "laatst bijgewerkt": lambda case: Application.objects.filter(pk=case.pk).update(last_event_at=case.last_event_at + timedelta(seconds=1)),
    "de termijnen zeggen": lambda case: Deadline.objects.filter(application=case, rule="DECISION").update(last_day=date(2020, 1, 1)),
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_column_that_was_changed_past_the_acts_is_found(live, words):
    FAULTS[words](live("received").case)
    assert any(words in finding.problem for finding in columns_are_what_rows_say())


def test_a_handler_that_nobody_assigned_is_found(live):
    case = live("assessed").case
    assert list(handlers_were_assigned()) == []
    Application.objects.filter(pk=case.pk).update(handler=None)
    assert [finding.where for finding in handlers_were_assigned()] == [case.case_number]


def test_a_missing_word_and_a_word_too_many_are_found(live):
    case = live("received").case
    case.words.filter(word="bankjes").delete()
    assert [finding.where for finding in words_are_whole()] == [case.case_number]
    case.words.create(word="bankjes")
    case.words.create(word="vreemd")
    assert [finding.where for finding in words_are_whole()] == [case.case_number]


QUESTIONS = {
    "{number}": False, "{prefix}": True, "buurthuis": False, "BUURT voorb": False, "bankjes plein": True, "00000001": False, "{running}": False,
}
"""What is asked, and whether another case with the same title answers to it too."""


@pytest.mark.parametrize(("question", "fits_both"), QUESTIONS.items())
def test_a_case_is_found_by_number_title_name_and_kvk_number(live, question, fits_both):
    case = live("received").case
    other = live("received", scheme="LB-INW", amount="3000").case
    number = case.case_number
    asked = question.format(number=number, prefix=number[:-1], running=str(int(number[-6:])))
    found = found_by(Application.objects.all(), asked)
    assert case in found and (other in found) is fits_both


@pytest.mark.parametrize("question", ["", "   ", "--", "uurthuis", "buurthuis zwembad", "2026"])
def test_nothing_asked_or_nothing_right_finds_nothing(live, question):
    live("received")
    assert not found_by(Application.objects.all(), question).exists()


def test_a_draft_is_not_found(live):
    live("draft")
    assert not CaseWord.objects.exists()


def test_an_applicant_with_a_new_name_is_found_by_it(live):
    case = live("received").case
    applicant = Applicant.objects.get(pk=case.applicant_id)
    applicant.name = "Vereniging Dorpshuis Voorbeeld (verzonnen)"
    applicant.save()
    assert found_by(Application.objects.all(), "dorpshuis").get() == case and not found_by(Application.objects.all(), "buurthuis").exists()


def test_cases_from_before_the_work_list_are_filled_in(live):
    case = live("received").case
    CaseWord.objects.all().delete()
    Application.objects.update(next_due_on=None, last_event_at="2020-01-01T00:00:00Z")
    importlib.import_module("grants.migrations.0006_work_list_filled").fill(apps, None)
    assert [*columns_are_what_rows_say(), *words_are_whole()] == []
    assert Application.objects.get(pk=case.pk).next_due_on is not None
