"""The cost table and the financing table of an application: rows as typed, read as lines of money, and their totals.

A cost row has `category`, `description`, `amount` (without VAT), `vat` (only what cannot be got back) and `hours` (of
volunteers). A financing row has `financier`, `amount` and `status`: `asked`, `granted`, `refused` or `own`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.law.amounts import ZERO, cents
from grants.schemes import answer_values
from grants.schemes.answer_values import Unreadable, is_empty
from grants.schemes.definition import SchemeDefinition

STATUSES = {
    "asked": "aangevraagd",
    "granted": "toegezegd",
    "refused": "geweigerd",
    "own": "eigen geld",
}
"""How sure another's money is, and what a page calls it."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost: euros without VAT, the VAT that cannot be got back, and hours of volunteers."""

    category: str
    description: str
    amount: Decimal
    vat: Decimal = ZERO
    hours: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class FinancingLine:
    financier: str
    amount: Decimal
    status: str


@dataclass(frozen=True, slots=True)
class CostTotals:
    """Euros. `total` is all costs with VAT and hours; `eligible` is the part that the scheme counts."""

    amount: Decimal
    vat: Decimal
    hours: Decimal
    total: Decimal
    eligible: Decimal


@dataclass(frozen=True, slots=True)
class FinancingTotals:
    """Euros. `counted` is what the applicant expects: own money, granted, and still asked. Refused money is not."""

    own: Decimal
    granted: Decimal
    asked: Decimal
    counted: Decimal


def read_costs(answer: Any) -> tuple[tuple[CostLine, ...], tuple[str, ...]]:
    """The lines that can be read, and a sentence for each that cannot. Empty rows do not count."""
    return _read(answer, _cost_line)


def read_financing(answer: Any) -> tuple[tuple[FinancingLine, ...], tuple[str, ...]]:
    """The lines that can be read, and a sentence for each that cannot. Empty rows do not count."""
    return _read(answer, _financing_line)


def cost_totals(lines: Iterable[CostLine], definition: SchemeDefinition) -> CostTotals:
    """Add up the lines by the cost rules of the scheme.

    A category that is not in them counts for nothing; a line without a category counts until an assessor says otherwise.
    """
    eligible_keys = {category.key for category in definition.costs.categories if category.eligible}
    rate = definition.amount.volunteer_hour
    amount = vat = hours = eligible = ZERO
    for line in lines:
        value_of_hours = cents(line.hours * rate)
        counted_vat = line.vat if definition.costs.vat == "if_not_recoverable" else ZERO
        amount, vat, hours = amount + line.amount, vat + line.vat, hours + value_of_hours
        if not line.category or line.category in eligible_keys:
            eligible += line.amount + counted_vat + value_of_hours
    return CostTotals(amount, vat, hours, amount + vat + hours, eligible)


def financing_totals(lines: Iterable[FinancingLine]) -> FinancingTotals:
    """Add up the money of others and one's own, by how sure it is."""
    sums = {status: ZERO for status in STATUSES}
    for line in lines:
        sums[line.status] += line.amount
    counted = sums["own"] + sums["granted"] + sums["asked"]
    return FinancingTotals(sums["own"], sums["granted"], sums["asked"], counted)


def _read(answer: Any, read_row: Callable[[dict[str, Any]], Any]) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    if is_empty(answer):
        return (), ()
    rows: Sequence[Any] = answer if isinstance(answer, (list, tuple)) else [answer]
    lines, faults = [], []
    for place, row in enumerate(rows, 1):
        if is_empty(row):
            continue
        try:
            if not isinstance(row, dict):
                raise Unreadable("Vul de kolommen van de tabel in.")
            lines.append(read_row(row))
        except Unreadable as error:
            faults.append(f"Regel {place}: {error}")
    return tuple(lines), tuple(faults)


def _cost_line(row: dict[str, Any]) -> CostLine:
    hours = ZERO if is_empty(row.get("hours")) else answer_values.number(row["hours"])
    if is_empty(row.get("amount")) and not hours:
        raise Unreadable("vul een bedrag in.")
    return CostLine(
        category=_text(row, "category"),
        description=_text(row, "description"),
        amount=_amount(row, "amount"),
        vat=_amount(row, "vat"),
        hours=hours,
    )


def _financing_line(row: dict[str, Any]) -> FinancingLine:
    status = _text(row, "status") or "asked"
    if status not in STATUSES:
        raise Unreadable(f"kies hoe zeker dit geld is: {', '.join(STATUSES.values())}.")
    if is_empty(row.get("amount")):
        raise Unreadable("vul een bedrag in.")
    return FinancingLine(_text(row, "financier"), _amount(row, "amount"), status)


def _text(row: dict[str, Any], key: str) -> str:
    return "" if is_empty(row.get(key)) else answer_values.text(row[key])


def _amount(row: dict[str, Any], key: str) -> Decimal:
    return ZERO if is_empty(row.get(key)) else answer_values.amount(row[key])
