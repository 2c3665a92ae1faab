"""How a case stood: its labels, days and amounts at a reference day, as known at a moment. The reading in plain Python.

`state_sql` says the same in SQL for the many cases with a plain history; a property test holds them equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from grants.applications.register.history import RegisterEvent, amount_after, effective, settled_after
from grants.kernel.models import Event
from grants.kernel.money import ZERO

DECISIONS = ("verleend", "direct_vastgesteld", "afgewezen", "buiten_behandeling")
"""What counts as a first decision on an application."""
GRANTS = ("verleend", "direct_vastgesteld")


@dataclass(frozen=True, slots=True)
class AsOf:
    """`reference_date` does not count itself; only what was known strictly before `known_at` does. `gross` looks past
    withdrawals of a grant.
    """

    reference_date: date
    known_at: datetime
    gross: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The known events of one case, and the labels that its last registered one gives it."""

    case_number: str
    labels: Mapping[str, Any]
    events: tuple[RegisterEvent, ...]


@dataclass(frozen=True, slots=True)
class CaseState:
    """One case at the reference day. Amounts in euros; a day is None when that did not happen before the reference day."""

    case_number: str
    bundle: str
    scheme: str
    form: str
    goals: frozenset[str]
    area: str
    municipality: str
    applicant_type: str
    received_on: date | None
    granted_on: date | None
    decided_on: date | None
    settled_on: date | None
    is_open: bool
    granted: Decimal
    settled: Decimal
    requested: Decimal

    @property
    def days(self) -> int | None:
        """Calendar days from receipt to the first decision."""
        return (self.decided_on - self.received_on).days if self.decided_on and self.received_on else None


def state_of(history: History, asof: AsOf) -> CaseState:
    """Read one history."""
    working = effective(history.events)
    valid = [event for event in working if event.valid_on < asof.reference_date]
    codes = {event.code for event in valid}
    labels = history.labels
    received_on = labels["received_on"]
    received = received_on is not None and received_on < asof.reference_date and any(event.code != "concept" for event in working)
    return CaseState(
        case_number=history.case_number,
        bundle=labels["bundle"],
        scheme=labels["scheme_code"],
        form=labels["subsidy_form"],
        goals=frozenset(filter(None, labels["goals"].split("|"))),
        area=labels["area_code"],
        municipality=labels["municipality_code"],
        applicant_type=labels["applicant_type"],
        received_on=received_on if received else None,
        granted_on=grant_date(valid, gross=asof.gross),
        decided_on=next((event.valid_on for event in valid if event.code in DECISIONS), None),
        settled_on=next((event.valid_on for event in reversed(valid) if event.code in ("vastgesteld", "direct_vastgesteld")), None),
        is_open=received and codes.isdisjoint((*DECISIONS, "aanvraag_ingetrokken")),
        granted=amount_after(valid) or ZERO,
        settled=settled_after(valid) or ZERO,
        requested=next((event.amount for event in reversed(valid) if event.code == "aanvraag_ontvangen" and event.amount is not None), ZERO),
    )


def grant_date(events: list[RegisterEvent], *, gross: bool = False) -> date | None:
    """The day from which the case counts as granted, or None when it is not.

    A second grant without a withdrawal between them is a change: the first day stays. After a withdrawal the new day
    counts. A withdrawn settlement ends a case that was only ever settled directly. Gross looks past withdrawals.
    """
    since: date | None = None
    was_granted = False
    for event in events:
        if event.code in GRANTS:
            since = event.valid_on if since is None else since
            was_granted = was_granted or event.code == "verleend"
        elif not gross and (event.code == "verlening_ingetrokken" or (event.code == "vaststelling_ingetrokken" and not was_granted)):
            since, was_granted = None, False
    return since


LABELS = ("bundle", "scheme_code", "subsidy_form", "goals", "area_code", "municipality_code", "applicant_type", "received_on")


def histories(chains: Any, known_at: datetime) -> Iterator[History]:
    """The histories of these chains (a queryset of one column), as known at a moment: one query, streamed."""
    rows = (
        Event.objects.filter(chain_id__in=chains, known_at__lt=known_at)
        .exclude(register_code="")
        .order_by("chain_id", "known_at", "sequence")
        .values("id", "chain_id", "chain__label", "source_id", "register_code", "valid_on", "known_at", "amount", "annuls_id", "annuls__source_id", *LABELS)
    )
    group: list[dict[str, Any]] = []
    for row in rows.iterator(chunk_size=5000):
        if group and row["chain_id"] != group[0]["chain_id"]:
            yield history_of(group)
            group = []
        group.append(row)
    if group:
        yield history_of(group)


def history_of(rows: list[dict[str, Any]]) -> History:
    last = max(rows, key=lambda row: (row["known_at"], row["source_id"] or str(row["id"])))
    return History(last["chain__label"], {name: last[name] for name in LABELS}, tuple(_event(row) for row in rows))


def _event(row: Mapping[str, Any]) -> RegisterEvent:
    annuls = row["annuls__source_id"] or (str(row["annuls_id"]) if row["annuls_id"] else "")
    return RegisterEvent(row["source_id"] or str(row["id"]), row["register_code"], row["valid_on"], row["known_at"], row["amount"], annuls)


def states(found: Iterable[History], asof: AsOf) -> Iterator[CaseState]:
    return (state_of(history, asof) for history in found)

