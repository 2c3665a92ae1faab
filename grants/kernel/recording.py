"""The unit of work: one transaction, and the events that it leaves.

Events get their sequence, moment and hash at the very end of the outermost `recording()`, under a short advisory
lock that lasts until commit: so the order of recording is the order of commit. Until then rows may already point to
an event by its id (foreign keys are checked at commit).

Lock order everywhere: ceiling, application, event chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from grants.kernel import clock
from grants.kernel.canonical import sha256
from grants.kernel.models import Chain, Event
from grants.kernel.wording import in_dutch

SEQUENCE_LOCK = 0x5645524C  # "VERL": the advisory lock that orders all recording

AfterRecording = Callable[[list[Event]], None]
_after: list[AfterRecording] = []


def when_recorded(function: AfterRecording) -> None:
    """Let a higher floor keep up what it derives from events: called in the same transaction, with the events just written."""
    if function not in _after:
        _after.append(function)


class Recording:
    """The events of one transaction, in the order in which they were made."""

    def __init__(self) -> None:
        self.pending: list[Event] = []

    def append(self, event: Event) -> Event:
        self.pending.append(event)
        return event

    def flush(self) -> None:
        """Give the pending events their place and write them."""
        if not self.pending:
            return
        chain_ids = sorted({event.chain_id for event in self.pending})
        chains = {c.id: c for c in Chain.objects.select_for_update(no_key=True).filter(id__in=chain_ids).order_by("id")}
        sequence, last_moment = take_sequence()
        moment = clock.now()
        if last_moment is not None and last_moment > moment:
            moment = last_moment  # a clock set back never puts a later event before an earlier one
        for event in self.pending:
            chain = chains[event.chain_id]
            sequence += 1
            event.sequence = sequence
            event.position = chain.length + 1
            event.recorded_at = moment
            if event.known_at is None:
                event.known_at = moment
            event.previous_hash = chain.head
            event.hash = event_hash(event)
            chain.length += 1
            chain.head = event.hash
        Event.objects.bulk_create(self.pending)
        Chain.objects.bulk_update(chains.values(), ["length", "head"])
        recorded, self.pending = self.pending, []
        for function in _after:
            function(recorded)


def take_sequence() -> tuple[int, datetime | None]:
    """Let nobody else record until this transaction ends; gives the last sequence and moment of the record."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCE_LOCK])
    last = Event.objects.aggregate(last=Max("sequence"), at=Max("recorded_at"))
    return last["last"] or 0, last["at"]


HASHED = (
    "id chain_id position sequence act from_status to_status actor_id on_behalf_of_id role article valid_on known_at "
    "recorded_at register_code amount scheme_code bundle subsidy_form goals applicant_type municipality_code area_code "
    "received_on source_id annuls_id data previous_hash"
).split()


def event_hash(event: Event) -> str:
    """SHA-256 over every column of the event but the hash itself, the hash of the previous event included."""
    return sha256({name: getattr(event, name) for name in HASHED})


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording() -> Iterator[Recording]:
    """One transaction that records events; a nested call joins the outer one as a savepoint.

    What is written in it speaks Dutch, whatever language the page has on which somebody acts: reasons on events, the
    content of letters, the words of notices.
    """
    outer = _current.get()
    if outer is not None:
        before = len(outer.pending)
        try:
            with transaction.atomic():
                yield outer
        except BaseException:
            del outer.pending[before:]
            raise
        return
    with in_dutch(), transaction.atomic():
        own = Recording()
        token = _current.set(own)
        try:
            yield own
            own.flush()
        finally:
            _current.reset(token)


def note(event_id: UUID, name: str, key: str, value: Any) -> bool:
    """Write `data[name][key] = value` on an event that this transaction is still to record, so that its hash covers it.

    False when the event was recorded before: an event never changes.
    """
    unit = _current.get()
    event = next((found for found in unit.pending if found.id == event_id), None) if unit is not None else None
    if event is None:
        return False
    event.data = {**event.data, name: {**event.data.get(name, {}), key: value}}
    return True
