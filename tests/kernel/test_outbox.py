"""What fails waits, dies or is repaired, in words; what talks to another system holds no transaction; what was asked never changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage, User
from grants.kernel.outbox import Later, WaitsForRepair
from grants.kernel.tasks import publish, task_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    """`ask(work)` registers work for a topic of its own and asks for it once; gives the row."""

    def make(work, register=outbox.handler, topic="test.wait"):
        register(topic)(work)
        outbox.enqueue(topic, key="one", payload={"n": 1})
        return OutboxMessage.objects.get(topic=topic)

    return make


def failing(error):
    def work(payload):
        raise error

    return work


def fresh(message):
    message.refresh_from_db()
    return message


def try_often(message, times):
    for _ in range(times):
        OutboxMessage.objects.filter(id=message.id, done_at__isnull=True).update(not_before=None)
        outbox.run(message.id)
    return fresh(message)


def test_after_so_many_attempts_it_waits_for_a_person(ask):
    message = ask(failing(KeyError("Bo Bewoner")))
    assert try_often(message, outbox.MOST_ATTEMPTS - 1).dead_at is None
    assert try_often(message, 1).dead_at is not None
    assert not outbox.open_messages().exists() and outbox.run(message.id) is False
    assert "KeyError" in message.reason and "Bo Bewoner" not in message.reason, "a person's name may stand in the text of a strange error"


def test_a_person_lets_it_try_again_and_that_is_kept(ask):
    works = []
    message = ask(lambda payload: works.append(payload["n"]) if works else works.append(0) or 1 / 0)
    works.clear()
    OutboxMessage.objects.filter(id=message.id).update(attempts=outbox.MOST_ATTEMPTS, dead_at=clock.now(), reason="stuk")
    works.append("repaired")
    user = User.objects.create(username="b")
    assert outbox.try_again([message.id], user) == 1
    assert outbox.run_open() == 1 and works == ["repaired", 1]
    assert (fresh(message).retried_by, message.dead_at, message.reason) == (user, None, "")
    assert outbox.try_again([message.id], user) == 0, "what was done is not done again"


@pytest.mark.parametrize(
    ("error", "words"),
    [(WaitsForRepair("Zet een nieuw zegel in SEAL."), "Zet een nieuw zegel"), (OperationalError("locked"), "database"), (PermissionError("disk"), "schijf")],
)
def test_what_waits_for_a_repair_elsewhere_never_dies(ask, error, words):
    message = try_often(ask(failing(error)), outbox.MOST_ATTEMPTS + 3)
    assert message.dead_at is None and message.waits and words in message.reason


def test_a_lost_file_does_not_repair_itself(ask):
    message = try_often(ask(failing(FileNotFoundError("brief.pdf"))), outbox.MOST_ATTEMPTS)
    assert message.dead_at is not None and "reservekopie" in message.reason


def test_not_yet_keeps_the_effects_and_the_row_open(ask):
    def work(payload):
        User.objects.create(username=f"u{User.objects.count()}")
        return Later("Nog niet.", timedelta(minutes=3)) if User.objects.count() < 2 else None

    message = ask(work)
    assert outbox.run(message.id) is False and User.objects.count() == 1
    assert fresh(message).reason == "Nog niet." and message.not_before > clock.now() + timedelta(minutes=2)
    assert try_often(message, 1).done_at is not None and User.objects.count() == 2 and message.reason == ""


def test_work_outside_is_leased_so_that_another_worker_leaves_it(ask):
    seen = []

    def work(payload):
        seen.append(outbox.run(OutboxMessage.objects.get(topic="test.wait").id))  # the message arrives a second time, meanwhile
        return lambda: seen.append("finished")

    message = ask(work, outbox.outside)
    assert outbox.run(message.id) is True and seen == [False, "finished"]
    assert fresh(message).done_at is not None and message.attempts == 1


def test_what_a_worker_is_doing_is_not_tried_again_by_a_person_meanwhile(ask):
    sent, user = [], User.objects.create(username="b")

    def work(payload):
        sent.append("mail")
        if len(sent) == 1:  # a person presses the button, and another worker is there at once
            row = OutboxMessage.objects.get(topic="test.wait")
            assert outbox.try_again([row.id], user) == 0 and outbox.run(row.id) is False
        return lambda: None

    message = ask(work, outbox.outside)
    OutboxMessage.objects.filter(id=message.id).update(attempts=1, reason="De mailserver antwoordde niet.")
    assert outbox.run(message.id) is True and sent == ["mail"]
    assert fresh(message).retried_by is None and message.reason == ""


def test_a_person_lets_work_outside_that_died_try_again(ask):
    message, user = ask(lambda payload: lambda: None, outbox.outside), User.objects.create(username="b")
    OutboxMessage.objects.filter(id=message.id).update(attempts=1, reason=outbox.BUSY, not_before=clock.now() - timedelta(seconds=1))
    assert outbox.try_again([message.id], user) == 1 and outbox.run(message.id) is True


def test_work_outside_that_died_is_tried_again_after_the_lease(ask):
    message = ask(lambda payload: lambda: None, outbox.outside)
    OutboxMessage.objects.filter(id=message.id).update(not_before=clock.now() + outbox.LEASE)
    assert outbox.run(message.id) is False
    OutboxMessage.objects.filter(id=message.id).update(not_before=clock.now() - timedelta(seconds=1))
    assert outbox.run(message.id) is True


def test_a_worker_slower_than_its_lease_still_keeps_its_proof(ask):
    proof, works = [], []

    def work(payload):
        works.append(len(works) + 1)
        mine = works[-1]
        if mine == 1:  # its lease runs out while it waits for the mail server, and a second worker does the work
            row = OutboxMessage.objects.get(topic="test.wait")
            OutboxMessage.objects.filter(id=row.id).update(not_before=clock.now() - timedelta(seconds=1))
            assert outbox.run(row.id) is True
        return lambda: proof.append(mine)

    message = ask(work, outbox.outside)
    assert outbox.run(message.id) is False and proof == [2, 1], "both spoke to the server, and both are kept"
    assert fresh(message).done_at is not None and message.attempts == 1


def test_others_hear_of_work_that_is_given_up(ask, monkeypatch):
    told = []
    monkeypatch.setattr(outbox, "_on_death", {})
    outbox.when_dead("test.die", lambda payload, reason: told.append((payload, reason)))
    message = ask(failing(KeyError("Bo Bewoner")), topic="test.die")
    try_often(message, outbox.MOST_ATTEMPTS - 1)
    assert told == []
    try_often(message, 1)
    assert told == [({"n": 1}, fresh(message).reason)]


@pytest.mark.django_db(transaction=True)
def test_work_outside_holds_no_transaction(ask):
    seen = []

    def work(payload):
        seen.append(connection.in_atomic_block)
        return lambda: seen.append(connection.in_atomic_block)

    outbox.run(ask(work, outbox.outside).id)
    assert seen == [False, True]


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_what_was_asked_never_changes_and_is_kept(ask):
    rows = OutboxMessage.objects.filter(id=ask(lambda payload: None).id)
    for change in ({"topic": "other"}, {"key": "other"}, {"payload": {"n": 2}}):
        refused(lambda change=change: rows.update(**change))
    outbox.run_open()
    refused(lambda: rows.update(done_at=None))
    refused(lambda: rows.update(attempts=0))
    refused(rows.delete)


def test_a_topic_has_a_task_of_its_own(monkeypatch):
    sent = []
    task = task_for("test.own")
    monkeypatch.setattr(task, "apply_async", lambda **given: sent.append((task.name, given["args"])))
    publish("1", "test.own")
    assert sent == [("test.own", ["1"])]
