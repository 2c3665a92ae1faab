"""Two people save at the very same moment, each in a transaction of their own, on PostgreSQL: the second waits, and sees the first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from grants.applications.merging import Posted, read_token, token
from grants.applications.models import Application
from grants.applications.services.saving import save_answers
from grants.kernel.models import User

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite lives in memory, where a second writer does not wait"),
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 60.0
"""Seconds in which the second transaction must have come to the lock of the first."""


@pytest.fixture
def draft(live):
    return live("draft", scheme="LB-INW").case


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the activity of its first look otherwise
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        return bool(cursor.fetchone()[0])


def at_once(first: Callable[[], object], second: Callable[[], object], *, waits: bool) -> list[object]:
    """`first` in a transaction that stays open until `second` waits for it (or, when nothing makes it wait, has read); both outcomes."""
    found: list[object] = [None, None]

    def other() -> None:
        try:
            found[1] = second()
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        found[0] = first()
        thread.start()
        until = time.monotonic() + PATIENCE
        while not somebody_waits():
            assert time.monotonic() < until and (thread.is_alive() or not waits), "the second transaction did not wait"
            if not thread.is_alive():
                break
            time.sleep(0.05)
    thread.join(PATIENCE)
    return found


def naive(pk: object, key: str, text: str) -> None:
    """Read the answers, change one, write them all: no lock, no version."""
    case = Application.objects.get(pk=pk)
    Application.objects.filter(pk=pk).update(draft_answers={**case.draft_answers, key: text})


def test_naive_saving_loses_the_first_answer(draft):
    at_once(lambda: naive(draft.pk, "titel", "Van Ann"), lambda: naive(draft.pk, "samenvatting", "Van Bob"), waits=False)
    after = Application.objects.get(pk=draft.pk).draft_answers
    assert after["samenvatting"] == "Van Bob" and after["titel"] != "Van Ann"


def test_on_different_questions_both_win(draft):
    ann, bob = User.objects.get(username="bewoner"), User.objects.get(username="penningmeester")
    found = at_once(
        lambda: save_answers(application_id=draft.pk, posted=[posted(draft, "titel", "Van Ann")], user=ann),
        lambda: save_answers(application_id=draft.pk, posted=[posted(draft, "samenvatting", "Van Bob")], user=bob), waits=True,
    )
    assert not found[0].conflicts and not found[1].conflicts
    after = Application.objects.get(pk=draft.pk).draft_answers
    assert (after["titel"], after["samenvatting"]) == ("Van Ann", "Van Bob")


def test_on_one_answer_the_second_is_told_of_the_first(draft):
    ann, bob = User.objects.get(username="bewoner"), User.objects.get(username="penningmeester")
    found = at_once(
        lambda: save_answers(application_id=draft.pk, posted=[posted(draft, "titel", "Van Ann")], user=ann),
        lambda: save_answers(application_id=draft.pk, posted=[posted(draft, "titel", "Van Bob")], user=bob), waits=True,
    )
    conflict = found[1].conflicts["titel"]
    assert (conflict.theirs, conflict.by) == ("Van Ann", ann)
    assert Application.objects.get(pk=draft.pk).draft_answers["titel"] == "Van Ann"
    assert draft.answer_versions.get(key="titel").version == 2


def posted(draft, key, text):
    """Typed on a page that was opened before anybody saved."""
    return Posted(key, text, read_token(token(1, draft.draft_answers[key])))
