"""The indicator "verleende projectsubsidies Leefbaarheidsaanpak", definition version 1.

How many project subsidies with a social goal were granted within the bundle, and what share they are of all grants
there. Reads events and nothing else, so that it can be asked for any reference day as known at any moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from grants.applications.register.history import RegisterEvent, amount_after, effective
from grants.kernel.canonical import sha256
from grants.kernel.models import Event
from grants.kernel.money import ZERO

CODE = "leefbaarheid-projectsubsidies"
VERSION = 1
BUNDLE = "LEEFB"
SOCIAL_GOALS = frozenset({"S1", "S2", "S3", "S4", "S5"})
TERM_DAYS = 91
DECISIONS = ("verleend", "direct_vastgesteld", "afgewezen", "buiten_behandeling")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a case is counted by, as its last registered known event says."""

    bundle: str
    subsidy_form: str
    goals: frozenset[str]
    received_on: date | None


@dataclass(frozen=True, slots=True)
class History:
    """The known events of one case."""

    case_number: str
    labels: Labels
    events: tuple[RegisterEvent, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """`start` is included; `reference_date` is not; only what was known strictly before `known_at` counts."""

    start: date
    reference_date: date
    known_at: datetime
    gross: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    numerator: int
    denominator: int
    share: Decimal | None
    numerator_amount: Decimal
    denominator_amount: Decimal
    within_term: int
    cases: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The figure as it is exported, its digest included (SHA-256 over the canonical JSON of the other keys)."""
        data: dict[str, Any] = {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "share": None if self.share is None else float(self.share),
            "numerator_amount": f"{self.numerator_amount:.2f}",
            "denominator_amount": f"{self.denominator_amount:.2f}",
            "within_term": self.within_term,
            "definition": CODE,
            "definition_version": VERSION,
            "cases": list(self.cases),
        }
        return {**data, "digest": sha256(data)}


def figure(parameters: Parameters) -> Figure:
    """The figure for these parameters, from the events in the database: two queries, whatever the number of cases."""
    return evaluate(histories(parameters), parameters)


def histories(parameters: Parameters) -> Iterable[History]:
    """Every case that may have been in the bundle, with what was known of it."""
    chains = Event.objects.filter(bundle=BUNDLE, known_at__lt=parameters.known_at).exclude(register_code="").values("chain_id")
    rows = (
        Event.objects.filter(chain_id__in=chains, known_at__lt=parameters.known_at)
        .exclude(register_code="")
        .order_by("chain_id", "known_at", "sequence")
        .values(
            "id", "chain_id", "chain__label", "source_id", "register_code", "valid_on", "known_at", "amount", "annuls_id", "annuls__source_id",
            "bundle", "subsidy_form", "goals", "received_on",
        )
    )
    grouped: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows.iterator(chunk_size=5000):
        grouped[row["chain_id"]].append(row)
    for group in grouped.values():
        last = max(group, key=lambda row: (row["known_at"], row["source_id"] or str(row["id"])))
        yield History(
            case_number=last["chain__label"],
            labels=Labels(last["bundle"], last["subsidy_form"], frozenset(filter(None, last["goals"].split("|"))), last["received_on"]),
            events=tuple(_event(row) for row in group),
        )


def _event(row: Mapping[str, Any]) -> RegisterEvent:
    annuls = row["annuls__source_id"] or (str(row["annuls_id"]) if row["annuls_id"] else "")
    return RegisterEvent(row["source_id"] or str(row["id"]), row["register_code"], row["valid_on"], row["known_at"], row["amount"], annuls)


def evaluate(cases: Iterable[History], parameters: Parameters) -> Figure:
    """The definition itself, on plain histories."""
    numerator: list[str] = []
    denominator, within = 0, 0
    amount_numerator = amount_denominator = ZERO
    for case in cases:
        if case.labels.bundle != BUNDLE:
            continue
        valid = [e for e in effective(case.events) if e.valid_on < parameters.reference_date]
        granted_on = grant_date(valid, gross=parameters.gross)
        if granted_on is None or granted_on < parameters.start:
            continue
        amount = amount_after(valid) or ZERO
        denominator += 1
        amount_denominator += amount
        if case.labels.subsidy_form == "project" and case.labels.goals & SOCIAL_GOALS:
            numerator.append(case.case_number)
            amount_numerator += amount
            within += _within_term(case.labels.received_on, valid)
    share = None
    if denominator:
        share = (Decimal(100 * len(numerator)) / denominator).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Figure(len(numerator), denominator, share, amount_numerator, amount_denominator, within, tuple(sorted(numerator)))


def grant_date(events: list[RegisterEvent], *, gross: bool = False) -> date | None:
    """The day from which the case counts as granted, or None when it is not.

    A second grant without a withdrawal between them is a change: the first day stays. After a withdrawal the new day
    counts. A withdrawn settlement ends a case that was only ever settled directly. Gross looks past withdrawals.
    """
    since: date | None = None
    was_granted = False
    for event in events:
        if event.code in ("verleend", "direct_vastgesteld"):
            since = event.valid_on if since is None else since
            was_granted = was_granted or event.code == "verleend"
        elif not gross and (event.code == "verlening_ingetrokken" or (event.code == "vaststelling_ingetrokken" and not was_granted)):
            since, was_granted = None, False
    return since


def _within_term(received_on: date | None, events: list[RegisterEvent]) -> bool:
    first = next((e.valid_on for e in events if e.code in DECISIONS), None)
    return received_on is not None and first is not None and (first - received_on).days <= TERM_DAYS


def in_words(result: Figure) -> str:
    """The sentence of the report; the exact figures stand beside it."""
    count = f"ruim {result.numerator - result.numerator % 5}" if 1 <= result.numerator % 5 <= 2 and result.numerator >= 10 else str(result.numerator)
    if result.share is None:
        return f"{count} projectsubsidies; het aandeel is niet te bepalen"
    half = Decimal(45) <= result.share <= Decimal(55)
    share = "ongeveer de helft" if half else f"{result.share} procent".replace(".", ",")
    return f"{count} projectsubsidies, {share} van alle verleningen"


def gross_of(parameters: Parameters) -> Parameters:
    return replace(parameters, gross=True)
