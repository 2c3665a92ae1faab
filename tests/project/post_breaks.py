"""How each constraint of the post and of what carries it is tried to be broken."""

from __future__ import annotations

from grants.kernel import clock
from grants.kernel.models import OutboxMessage


def message_of(**values):
    return OutboxMessage.objects.create(**{"topic": "x", "key": "x", **values})


POST_BREAKS = {
    "outbox_done_is_not_dead": lambda life: message_of(done_at=clock.now(), dead_at=clock.now(), reason="x"),
    "outbox_dead_says_why": lambda life: message_of(dead_at=clock.now()),
}
