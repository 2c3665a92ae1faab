"""Work after a commit that may not get lost: asked in the transaction, carried to the broker, done exactly once.

`enqueue` writes a row beside the change. `relay` publishes open rows to the broker. `run` does one row: the handler's
effects and `done_at` commit together, under a lock on the row, so a message that arrives twice is done once. A row
that was published but never done is published again after OUTBOX_REPUBLISH_SECONDS.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from grants.kernel import clock
from grants.kernel.models import OutboxMessage
from grants.kernel.recording import recording

Handler = Callable[[dict[str, Any]], None]
MAX_BACKOFF = timedelta(minutes=15)

log = structlog.get_logger(__name__)
_handlers: dict[str, Handler] = {}


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register the function that does the work of a topic. It must be safe to run inside a transaction."""

    def register(function: Handler) -> Handler:
        _handlers[topic] = function
        return function

    return register


def enqueue(topic: str, *, key: str, payload: dict[str, Any], event_id: UUID | None = None) -> None:
    """Ask for work after this transaction; the same `key` asks only once."""
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(topic=topic, key=f"{topic}:{key}", payload=payload, event_id=event_id)], ignore_conflicts=True
    )


def open_messages() -> QuerySet[OutboxMessage]:
    """Rows that still have to be done and may be tried now."""
    now = clock.now()
    return OutboxMessage.objects.filter(done_at__isnull=True).filter(
        Q(not_before__isnull=True) | Q(not_before__lte=now)
    )


def relay(publish: Callable[[str], None], limit: int = 200) -> int:
    """Publish open rows that were not published, or so long ago that they must have been lost. Returns how many.

    The rows are marked first and published after that commit: a worker that is faster than we are must not find its
    row locked, for it would leave it. When we stop halfway, the rest counts as lost and is published again later.
    """
    lost = clock.now() - timedelta(seconds=settings.OUTBOX_REPUBLISH_SECONDS)
    with transaction.atomic():
        rows = open_messages().filter(Q(published_at__isnull=True) | Q(published_at__lt=lost)).order_by("created_at")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        chosen = list(rows.values_list("id", flat=True)[:limit])
        OutboxMessage.objects.filter(id__in=chosen).update(published_at=clock.now())
    for number, message_id in enumerate(chosen):
        try:
            publish(str(message_id))
        except Exception:
            OutboxMessage.objects.filter(id__in=chosen[number:]).update(published_at=None)
            raise
    return len(chosen)


def run(message_id: UUID | str) -> bool:
    """Do one row. False when it was already done or is being done; an error is kept and tried again later."""
    try:
        with recording():
            rows = OutboxMessage.objects.filter(id=message_id, done_at__isnull=True)
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            message = rows.first()
            if message is None:
                return False
            _handlers[message.topic](message.payload)
            message.attempts += 1
            message.done_at = clock.now()
            message.last_error = ""
            message.save(update_fields=["attempts", "done_at", "last_error"])
    except Exception as error:  # noqa: BLE001 - the row must stay open and say why, whatever went wrong
        _note_failure(message_id, error)
        return False
    return True


def run_open(limit: int = 1000) -> int:
    """Do open rows here and now, without a broker; rows that such work asks for are done too. Returns how many."""
    done = 0
    tried: set[UUID] = set()
    while done < limit:
        ids = [i for i in open_messages().order_by("created_at").values_list("id", flat=True)[:50] if i not in tried]
        if not ids:
            return done
        for message_id in ids:
            tried.add(message_id)
            done += run(message_id)
    return done


def _note_failure(message_id: UUID | str, error: Exception) -> None:
    message = OutboxMessage.objects.filter(id=message_id, done_at__isnull=True).first()
    if message is None:
        return
    wait = min(timedelta(seconds=5 * 2 ** min(message.attempts, 10)), MAX_BACKOFF)
    OutboxMessage.objects.filter(id=message_id).update(
        attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}"[:2000], not_before=clock.now() + wait
    )
    log.warning("outbox_failed", message=str(message_id), topic=message.topic, error=type(error).__name__, exc_info=True)
