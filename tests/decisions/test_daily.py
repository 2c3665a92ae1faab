"""The work of the day: what lapses by itself, and what is signalled in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from decisions.models import DueSignal
from decisions.services import assessing, daily
from decisions.services.daily import stage_of
from grants.applications.services import handling
from grants.kernel import audit, outbox
from grants.kernel.models import User

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(29, None), (28, "four_weeks"), (8, "four_weeks"), (7, "one_week"), (1, "one_week"), (0, "today"), (-1, "late"), (-400, "late")],
)
def test_a_stage_begins_on_its_own_day(days, stage):
    assert stage_of(DAY + timedelta(days=days), DAY) == stage


@pytest.fixture
def at(monkeypatch):
    """Live and look on chosen days; today is 1 November 2026."""
    with time_machine.travel("2026-11-01T10:00:00+01:00", tick=True):
        yield


@pytest.mark.parametrize(("days", "lapses"), [(0, 0), (1, 1)])
def test_an_unused_recovery_term_lapses_the_day_after_its_last_day(at, live, days, lapses):
    life = live("awaiting_completion", days_ago=60)
    last = life.case.deadlines.get(rule="RECOVERY_TERM").last_day
    assert daily.run(last + timedelta(days=days)).lapsed == lapses
    assert life.case.status == ("received" if lapses else "awaiting_completion")
    assert life.case.deadlines.filter(rule="NOT_HANDLED_4W").exists() is bool(lapses)


def test_an_unused_view_term_and_an_unused_completion_of_the_account_lapse(at, live):
    view, account = live("awaiting_view", days_ago=100), live("report_incomplete", days_ago=200)
    assert daily.run().lapsed == 2
    assert (view.case.status, account.case.status) == ("assessed", "report_received")
    assert view.case.chain.events.latest("position").role == "system"
    assert daily.run().lapsed == 0, "a second run finds nothing"
    assert not list(audit.verify())


def test_a_term_that_cannot_lapse_is_named_and_does_not_stop_the_others(at, live, monkeypatch):
    stuck, other = live("awaiting_completion", days_ago=60), live("awaiting_view", days_ago=100)

    def refuse(**_):
        raise assessing.NothingAsked

    monkeypatch.setattr(handling, "recovery_lapsed", refuse)
    report = daily.run()
    assert report.lapsed == 1 and stuck.case.case_number in report.refused[0] and other.case.status == "assessed"
    with pytest.raises(CommandError) as error:
        call_command("daily")
    assert error.value.returncode == 1


def test_our_decision_term_is_signalled_once_for_each_stage(at, live):
    life = live("received", days_ago=150)
    due = life.case.decision_due_on
    found = {}
    for before in (30, 28, 20, 7, 1, 0, -1, -5):
        found[before] = daily.run(due - timedelta(days=before)).signals
    assert found == {30: 0, 28: 1, 20: 0, 7: 1, 1: 0, 0: 1, -1: 1, -5: 0}
    assert list(DueSignal.objects.order_by("id").values_list("stage", flat=True)) == ["four_weeks", "one_week", "today", "late"]


def test_a_term_that_moved_is_signalled_anew(at, live):
    life = live("received", days_ago=150)
    due = life.case.decision_due_on
    daily.run(due)
    life.case.deadlines.filter(rule="DECISION").update(last_day=due + timedelta(days=10))
    assert daily.run(due + timedelta(days=10)).signals == 1


def test_a_decided_case_gives_no_signal_about_its_decision(at, live):
    live("rejected", days_ago=300)
    daily.run()
    assert not DueSignal.objects.filter(deadline__rule="DECISION").exists()


def test_an_account_that_stays_away_is_signalled_when_it_is_late_not_before(at, live):
    life = live("verleend", days_ago=300)
    due = life.case.report_due_on
    assert due < date(2026, 11, 1)
    daily.run(due)
    assert not DueSignal.objects.filter(deadline__rule="REPORT_DUE").exists()
    daily.run(due + timedelta(days=1))
    assert DueSignal.objects.get(deadline__rule="REPORT_DUE").stage == "late"


def test_a_handler_gets_one_mail_that_names_no_case(at, live):
    User.objects.filter(username="behandelaar").update(email="bas@example.org")
    lives = [live("assessed", days_ago=150) for _ in range(2)]
    outbox.run_open()
    mail.outbox.clear()
    daily.run(max(life.case.decision_due_on for life in lives))
    daily.run(max(life.case.decision_due_on for life in lives))
    outbox.run_open()
    (message,) = mail.outbox
    assert message.to == ["bas@example.org"] and "Van 2 termijnen" in message.body
    assert not any(life.case.case_number in message.body for life in lives)


def test_a_day_in_the_future_is_refused(at, db):
    with pytest.raises(CommandError, match="toekomst"):
        call_command("daily", "--day", "2026-11-02")
