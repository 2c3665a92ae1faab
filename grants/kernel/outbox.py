"""Work after a commit that may not get lost: asked in the transaction, carried to the broker, done exactly once.

`enqueue` writes a row beside the change. `relay` publishes open rows to the broker. `run` does one row: the handler's
effects and `done_at` commit together, under a lock on the row, so a message that arrives twice is done once. A row
that was published but never done is published again after OUTBOX_REPUBLISH_SECONDS.

Work that talks to another system (a mail server) is registered with `outside`: it runs without a transaction, on a
lease, and what it returns is carried out in the transaction that closes the row. A worker that was slower than its lease
carries it out as well, after another closed the row: it happened, and its proof is kept.

A row that fails is tried again, later and later. After MOST_ATTEMPTS it is dead: it waits for a person, who finds it on
the page of the pipeline. What waits for a repair elsewhere (a seal that expired, a full disk) never dies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet

from grants.kernel import clock
from grants.kernel.models import OutboxMessage, User
from grants.kernel.recording import recording
from grants.kernel.wording import in_dutch

MAX_BACKOFF = timedelta(minutes=15)
MOST_ATTEMPTS = 12
"""About an hour and a half of trying."""
LEASE = timedelta(minutes=5)
"""So long one worker has the work outside for itself; longer than any server may keep us waiting (EMAIL_TIMEOUT)."""


BUSY = "Hier wordt nu aan gewerkt."
"""The reason of a row while a worker has its work outside; with a lease that ran out, that worker died."""


class WaitsForRepair(Exception):
    """The work cannot be done until somebody repairs something else; `str()` is a sentence for the operator, without personal data."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not done yet: the effects are kept and the row stays open. `reason` is a sentence for the operator, without personal data."""

    reason: str
    wait: timedelta
    waits: bool = False


Answer = Later | None
Handler = Callable[[dict[str, Any]], Answer]
Finish = Callable[[], Answer]
Outside = Callable[[dict[str, Any]], Finish]

log = structlog.get_logger(__name__)
_handlers: dict[str, Handler] = {}
_outside: dict[str, Outside] = {}
_on_death: dict[str, list[Callable[[dict[str, Any], str], None]]] = {}


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register the function that does the work of a topic. It must be safe to run inside a transaction."""

    def register(function: Handler) -> Handler:
        _handlers[topic] = function
        return function

    return register


def outside(topic: str) -> Callable[[Outside], Outside]:
    """Register work that talks to another system. It runs without a transaction, and may run again when a process dies just after it;
    the function that it returns runs in the transaction that closes the row.
    """

    def register(function: Outside) -> Outside:
        _outside[topic] = function
        return function

    return register


def when_dead(topic: str, function: Callable[[dict[str, Any], str], None]) -> None:
    """Let others go on without work that is not tried any more: called with its payload and the reason for the operator, in a transaction."""
    functions = _on_death.setdefault(topic, [])
    if function not in functions:
        functions.append(function)


def nothing_more() -> Answer:
    """Of work outside that leaves nothing to keep."""
    return None


def topics() -> tuple[str, ...]:
    """Every kind of work there is."""
    return tuple(sorted({*_handlers, *_outside}))


def enqueue(topic: str, *, key: str, payload: dict[str, Any], event_id: UUID | None = None, not_before: datetime | None = None) -> None:
    """Ask for work after this transaction; the same `key` asks only once."""
    message = OutboxMessage(topic=topic, key=f"{topic}:{key}", payload=payload, event_id=event_id, not_before=not_before)
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)


def open_messages() -> QuerySet[OutboxMessage]:
    """Rows that still have to be done and may be tried now."""
    return OutboxMessage.objects.filter(done_at__isnull=True, dead_at__isnull=True).filter(_may_be_tried())


def _may_be_tried() -> Q:
    return Q(not_before__isnull=True) | Q(not_before__lte=clock.now())


def relay(publish: Callable[[str, str], None], limit: int = 200) -> int:
    """Publish open rows (id and topic) that were not published, or so long ago that they must have been lost. Returns how many.

    The rows are marked first and published after that commit: a worker that is faster than we are must not find its
    row locked, for it would leave it. When we stop halfway, the rest counts as lost and is published again later.
    """
    lost = clock.now() - timedelta(seconds=settings.OUTBOX_REPUBLISH_SECONDS)
    with transaction.atomic():
        rows = open_messages().filter(Q(published_at__isnull=True) | Q(published_at__lt=lost)).order_by("created_at")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        chosen = list(rows.values_list("id", "topic")[:limit])
        OutboxMessage.objects.filter(id__in=[message_id for message_id, _topic in chosen]).update(published_at=clock.now())
    for number, (message_id, topic) in enumerate(chosen):
        try:
            publish(str(message_id), topic)
        except Exception:
            left = [message_id for message_id, _topic in chosen[number:]]
            OutboxMessage.objects.filter(id__in=left, done_at__isnull=True).update(published_at=None)
            raise
    return len(chosen)


def run(message_id: UUID | str) -> bool:
    """Do one row. False when it was already done, is being done, or stays open; an error is kept and tried again later."""
    try:
        with recording():
            message = _taken(message_id, _may_be_tried())
            if message is None:
                return False
            work = _outside.get(message.topic)
            if work is None:
                return _close(message, _handlers[message.topic](message.payload))
            message.not_before, message.reason = clock.now() + LEASE, BUSY
            message.save(update_fields=["not_before", "reason"])
        with in_dutch():
            finish = work(message.payload)
        with recording():
            message = _taken(message_id, Q(), wait=True)
            answer = finish()  # what was done outside is noted, also when our lease ran out and another worker closed the row
            return message is not None and _close(message, answer)
    except Exception as error:  # noqa: BLE001 - the row must stay open and say why, whatever went wrong
        _note_failure(message_id, error)
        return False


def _taken(message_id: UUID | str, condition: Q, *, wait: bool = False) -> OutboxMessage | None:
    rows = OutboxMessage.objects.filter(condition, id=message_id, done_at__isnull=True, dead_at__isnull=True)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=not wait)
    return rows.first()


def _close(message: OutboxMessage, answer: Answer) -> bool:
    message.attempts += 1
    message.last_error = ""
    if answer is None:
        message.done_at, message.reason, message.waits = clock.now(), "", False
    else:
        message.reason, message.waits, message.not_before = answer.reason[:500], answer.waits, clock.now() + answer.wait
    message.save(update_fields=["attempts", "done_at", "last_error", "reason", "waits", "not_before"])
    return answer is None


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


def try_again(message_ids: Iterable[UUID], user: User) -> int:
    """A person says that rows that failed may be tried now, the dead ones too; not what a worker is doing at this moment, for that would
    be done twice. Returns how many; who did it is kept.
    """
    rows = OutboxMessage.objects.filter(id__in=list(message_ids), done_at__isnull=True, attempts__gt=0)
    rows = rows.exclude(reason=BUSY, not_before__gt=clock.now())
    count = rows.update(dead_at=None, not_before=None, published_at=None, attempts=1, retried_by=user, retried_at=clock.now())
    log.info("outbox_tried_again", count=count, user=user.pk)
    return count


def _note_failure(message_id: UUID | str, error: Exception) -> None:
    message = OutboxMessage.objects.filter(id=message_id, done_at__isnull=True).first()
    if message is None:
        return
    wait = min(timedelta(seconds=5 * 2 ** min(message.attempts, 10)), MAX_BACKOFF)
    waits = _waits_for_repair(error)
    is_dead = not waits and message.attempts + 1 >= MOST_ATTEMPTS
    OutboxMessage.objects.filter(id=message_id, done_at__isnull=True).update(
        attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}"[:2000], reason=_in_words(error)[:500], waits=waits,
        not_before=clock.now() + wait, dead_at=clock.now() if is_dead else None,
    )
    if is_dead:
        for function in _on_death.get(message.topic, ()):
            with recording():
                function(message.payload, _in_words(error))
    log.warning("outbox_failed", message=str(message_id), topic=message.topic, error=type(error).__name__, dead=is_dead, exc_info=True)


def _waits_for_repair(error: Exception) -> bool:
    """Is it not the message but what we lean on: the database, the disk, the network, a seal?"""
    return isinstance(error, WaitsForRepair | OperationalError | OSError) and not isinstance(error, FileNotFoundError)


def _in_words(error: Exception) -> str:
    """What an operator reads. The text of a strange error may name a person, so it is not shown."""
    if isinstance(error, WaitsForRepair):
        return str(error)
    if sentence := getattr(error, "sentence", ""):
        return str(sentence)
    if isinstance(error, OperationalError):
        return "De database antwoordde niet, of was bezet. Wij proberen het opnieuw."
    if isinstance(error, FileNotFoundError):
        return "Een bestand dat er moet zijn, is er niet. Controleer de opslag van bestanden, en zet het terug uit de reservekopie."
    if isinstance(error, OSError):
        return "De opslag van bestanden of het netwerk werkt niet. Controleer de schijf en de verbinding. Wij proberen het opnieuw."
    return f"Er ging iets mis dat niet was voorzien ({type(error).__name__}). Kijk in het logboek, of vraag de leverancier."
