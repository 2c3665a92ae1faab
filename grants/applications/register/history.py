"""What a case's register events come to: pure rules on plain events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RegisterEvent:
    """One event as the rules look at it. `id` breaks ties, as text."""

    id: str
    code: str
    valid_on: date
    known_at: datetime
    amount: Decimal | None = None
    annuls: str = ""


STATUS_AFTER = {
    "concept": "assessed",
    "aanvraag_ontvangen": "received",
    "verleend": "verleend",
    "direct_vastgesteld": "vastgesteld",
    "vastgesteld": "vastgesteld",
    "afgewezen": "rejected",
    "buiten_behandeling": "not_handled",
    "aanvraag_ingetrokken": "withdrawn",
    "verlening_ingetrokken": "grant_withdrawn",
    "vaststelling_ingetrokken": "settlement_withdrawn",
}


def effective(events: Iterable[RegisterEvent]) -> list[RegisterEvent]:
    """The events that no working annulment took away, in legal order.

    An annulment works as long as no working annulment took it away itself: judged from late to early registered.
    """
    known = list(events)
    gone: set[str] = set()
    for event in sorted(known, key=lambda e: (e.known_at, e.id), reverse=True):
        if event.code == "herroeping" and event.id not in gone:
            gone.add(event.annuls)
    left = [event for event in known if event.id not in gone and event.code != "herroeping"]
    return sorted(left, key=lambda e: (e.valid_on, e.known_at, e.id))


def status_after(events: Iterable[RegisterEvent]) -> str:
    """The state in which these events leave a case; `received` when nothing works any more."""
    status = "received"
    for event in effective(events):
        status = STATUS_AFTER.get(event.code, status)
    return status


def amount_after(events: Sequence[RegisterEvent]) -> Decimal | None:
    """The granted amount after effective events in legal order.

    The last grant, direct settlement or change counts; an empty amount at a change leaves it; a changed settlement
    counts only after a direct settlement.
    """
    amount: Decimal | None = None
    direct = False
    for event in events:
        if event.code in ("verleend", "direct_vastgesteld"):
            amount, direct = event.amount if event.amount is not None else amount, event.code == "direct_vastgesteld"
        elif event.code == "verlening_gewijzigd" or (event.code == "vaststelling_gewijzigd" and direct):
            amount = event.amount if event.amount is not None else amount
    return amount


def settled_after(events: Sequence[RegisterEvent]) -> Decimal | None:
    """The settled amount after effective events in legal order; nothing while it is not settled, zero once withdrawn."""
    amount: Decimal | None = None
    for event in events:
        if event.code in ("vastgesteld", "direct_vastgesteld", "vaststelling_gewijzigd") and event.amount is not None:
            amount = event.amount
        elif event.code == "vaststelling_ingetrokken":
            amount = Decimal("0.00")
    return amount
