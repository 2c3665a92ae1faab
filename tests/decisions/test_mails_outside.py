"""No mail of ours is sent inside a transaction: a slow mail server locks no case, no change and no row of the outbox."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection

from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage, User
from tests.project import life_breaks

pytestmark = pytest.mark.django_db


def payload_of(topic, live):
    if topic == "decisions.due":
        return {"user": User.objects.get(username="behandelaar").pk, "count": 3}
    if topic == "decisions.advice":
        return {"user": User.objects.get(username="behandelaar").pk, "state": "asked"}
    life = live("verleend")
    return {"change": str(life_breaks.change_of(life, new={"email": "nieuw@example.org"}, kind="email", asked_on=clock.today(), entered_by=life.reviewer.user).pk)}


@pytest.mark.parametrize("topic", ["decisions.due", "decisions.advice", "decisions.change_asked", "decisions.change_confirmed"])
def test_a_mail_is_sent_without_a_transaction(live, monkeypatch, topic):
    User.objects.filter(username="behandelaar").update(email="behandelaar@example.org")
    payload, before, depths = payload_of(topic, live), len(connection.savepoint_ids), []
    send = locmem.EmailBackend.send_messages

    def sending(backend, messages):
        depths.append(len(connection.savepoint_ids) - before)
        return send(backend, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", sending)
    mail.outbox.clear()
    outbox.enqueue(topic, key="probe", payload=payload)
    message = OutboxMessage.objects.get(key=f"{topic}:probe")
    assert outbox.run(message.pk) is True
    assert mail.outbox and set(depths) == {0}
    assert outbox.run(message.pk) is False and len(mail.outbox) == len(depths)
