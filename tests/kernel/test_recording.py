"""The unit of work: events and rows that point to them commit together, or not at all."""

from __future__ import annotations

import pytest

from grants.kernel import audit, outbox
from grants.kernel.models import Chain, Event, OutboxMessage
from grants.kernel.recording import recording

pytestmark = pytest.mark.django_db


def event(chain, act="try"):
    return Event(chain=chain, act=act, to_status="draft", role="system", valid_on="2026-01-01", register_code="")


def test_events_get_their_place_in_the_order_of_recording():
    chain = Chain.objects.create()
    with recording() as record:
        record.append(event(chain, "first"))
        record.append(event(chain, "second"))
        assert Event.objects.count() == 0
    assert list(Event.objects.in_order().values_list("act", "position", "sequence")) == [("first", 1, 1), ("second", 2, 2)]


def test_an_error_leaves_no_event():
    chain = Chain.objects.create()
    with pytest.raises(ValueError), recording() as record:
        record.append(event(chain))
        raise ValueError
    assert Event.objects.count() == 0 and Chain.objects.get().length == 0


def test_a_failed_inner_step_takes_only_its_own_events_away():
    chain = Chain.objects.create()
    with recording() as outer:
        outer.append(event(chain, "kept"))
        with pytest.raises(ValueError), recording() as inner:
            inner.append(event(chain, "dropped"))
            raise ValueError
    assert list(Event.objects.values_list("act", flat=True)) == ["kept"]


def test_each_event_points_to_the_hash_of_the_one_before():
    chain = Chain.objects.create()
    for _ in range(3):
        with recording() as record:
            record.append(event(chain))
    hashes = list(chain.events.order_by("position").values_list("previous_hash", "hash"))
    assert hashes[0][0] == "" and hashes[1][0] == hashes[0][1] and hashes[2][0] == hashes[1][1]
    assert list(audit._verify_chains(Chain.objects.all(), Event.objects.all())) == []


@pytest.fixture
def topic():
    done: list[int] = []

    @outbox.handler("test.topic")
    def handle(payload):
        if payload["number"] in fails:
            raise RuntimeError("not now")
        done.append(payload["number"])

    fails: set[int] = set()
    return done, fails


def test_the_same_key_asks_once_and_is_done_once(topic):
    done, _ = topic
    outbox.enqueue("test.topic", key="a", payload={"number": 1})
    outbox.enqueue("test.topic", key="a", payload={"number": 1})
    message = OutboxMessage.objects.get()
    assert outbox.run(message.id) is True
    assert outbox.run(message.id) is False
    assert done == [1]


def test_a_failure_stays_open_and_says_why_and_is_tried_later(topic):
    done, fails = topic
    fails.add(1)
    outbox.enqueue("test.topic", key="a", payload={"number": 1})
    assert outbox.run_open() == 0
    message = OutboxMessage.objects.get()
    assert message.done_at is None and message.attempts == 1 and "not now" in message.last_error and message.not_before
    assert outbox.run_open() == 0, "not before its time"
    fails.clear()
    OutboxMessage.objects.update(not_before=None)
    assert outbox.run_open() == 1 and done == [1]


def test_a_message_the_broker_lost_is_published_again(topic):
    outbox.enqueue("test.topic", key="a", payload={"number": 1})
    published: list[str] = []
    assert outbox.relay(lambda message_id, _topic: published.append(message_id)) == 1
    assert outbox.relay(lambda message_id, _topic: published.append(message_id)) == 0, "it may still be under way"
    OutboxMessage.objects.update(published_at="2020-01-01T00:00:00Z")
    assert outbox.relay(lambda message_id, _topic: published.append(message_id)) == 1 and len(published) == 2
