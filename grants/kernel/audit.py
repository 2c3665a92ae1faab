"""The proof that nothing was changed, taken out or put in between afterwards, and the daily seals that hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from grants.kernel import clock, triggers
from grants.kernel.canonical import sha256
from grants.kernel.models import Chain, DailyDigest, Event
from grants.kernel.recording import event_hash


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken link: where, and what is wrong."""

    where: str
    problem: str


Check = Callable[[], Iterator[Finding]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Add a check of a higher floor (for example: a case's status equals the target of its last event)."""
    if check not in _checks:
        _checks.append(check)
    return check


def verify() -> Iterator[Finding]:
    """All findings, the first broken link first. Nothing found means the record is whole."""
    for name in triggers.missing(connection):
        yield Finding(name, "trigger ontbreekt in de database")
    yield from _verify_chains(Chain.objects.all(), Event.objects.all())
    yield from _verify_sequence()
    yield from _verify_digests()
    for check in _checks:
        yield from check()


def verify_chain(chain: Chain) -> Iterator[Finding]:
    """The findings of one chain alone: every event is there, and is as it was recorded."""
    yield from _verify_chains(Chain.objects.filter(id=chain.id), Event.objects.filter(chain=chain))


def _verify_chains(chains: QuerySet[Chain], events: QuerySet[Event]) -> Iterator[Finding]:
    heads = {chain.id: (chain.label or str(chain.id), chain.length, chain.head) for chain in chains}
    current, position, previous = None, 0, ""

    def ended() -> Iterator[Finding]:
        if current is not None:
            label, length, head = heads.pop(current)
            if (position, previous) != (length, head):
                yield Finding(label, f"keten eindigt na {position} gebeurtenissen; het zouden er {length} moeten zijn")

    for event in events.order_by("chain_id", "position").iterator(chunk_size=2000):
        if event.chain_id != current:
            yield from ended()
            current, position, previous = event.chain_id, 0, ""
        position += 1
        label = heads[event.chain_id][0]
        if event.position != position:
            yield Finding(label, f"gebeurtenis {position} ontbreekt")
            position = event.position
        if event.previous_hash != previous:
            yield Finding(label, f"gebeurtenis {event.position} sluit niet aan op de vorige")
        if event_hash(event) != event.hash:
            yield Finding(label, f"gebeurtenis {event.position} ({event.act}) is gewijzigd na het vastleggen")
        previous = event.hash
    yield from ended()
    for label, length, _head in heads.values():
        if length:
            yield Finding(label, f"alle {length} gebeurtenissen ontbreken")


def _verify_sequence() -> Iterator[Finding]:
    expected, moment = 0, None
    for number, recorded in Event.objects.order_by("sequence").values_list("sequence", "recorded_at").iterator():
        expected += 1
        if number != expected:
            yield Finding(f"volgnummer {expected}", f"ontbreekt; het volgende is {number}")
            expected = number
        if moment is not None and recorded < moment:
            yield Finding(f"volgnummer {number}", "ligt voor het moment van het vorige volgnummer")
        moment = recorded


def _verify_digests() -> Iterator[Finding]:
    previous = ""
    for seal in DailyDigest.objects.order_by("day"):
        made = _digest_of(seal.day, previous)
        if (seal.previous_digest, seal.digest, seal.count) != (previous, made.digest, made.count):
            yield Finding(f"dagzegel {seal.day}", "past niet op de gebeurtenissen van die dag")
        previous = seal.digest


def _digest_of(day: date, previous: str) -> DailyDigest:
    rows = list(
        Event.objects.filter(recorded_at__gte=clock.start_of(day), recorded_at__lt=clock.start_of(day + timedelta(days=1)))
        .order_by("sequence")
        .values_list("sequence", "hash")
    )
    return DailyDigest(
        day=day,
        first_sequence=rows[0][0] if rows else None,
        last_sequence=rows[-1][0] if rows else None,
        count=len(rows),
        previous_digest=previous,
        digest=sha256({"day": day, "previous": previous, "events": [list(row) for row in rows]}),
    )


@transaction.atomic
def seal_days(until: date | None = None) -> int:
    """Seal every full day that has no seal yet, up to and including the day before `until` (default: today)."""
    until = until or clock.today()
    last = DailyDigest.objects.select_for_update().order_by("-day").first()
    if last is not None:
        day, previous = last.day + timedelta(days=1), last.digest
    else:
        first = Event.objects.order_by("sequence").first()
        if first is None:
            return 0
        day, previous = clock.legal_day(first.recorded_at), ""
    made = 0
    while day < until:
        seal = _digest_of(day, previous)
        seal.save(force_insert=True)
        previous = seal.digest
        day += timedelta(days=1)
        made += 1
    return made
