"""A figure: what a definition comes to for its parameters, with everything that makes it the same when asked again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from grants.figures.counting.tally import Parameters, Tally
from grants.figures.definition import IndicatorDefinition
from grants.kernel import clock
from grants.kernel.canonical import sha256

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is in the unit of the measure: cases, euros, percent or days; None when it cannot be told (nothing to divide by).

    `low` and `high` are the band of a forecast; `median_days` and `p90_days` belong to a lead time.
    """

    definition: IndicatorDefinition
    parameters: Parameters
    numerator: int
    denominator: int
    share: Decimal | None
    numerator_amount: Decimal
    denominator_amount: Decimal
    within_term: int
    value: Decimal | None
    cases: tuple[str, ...] = ()
    median_days: Decimal | None = None
    p90_days: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    def as_data(self) -> dict[str, Any]:
        """The figure as it is exported, its digest included (SHA-256 over the canonical JSON of the other keys)."""
        data: dict[str, Any] = {
            "definition": self.definition.code,
            "definition_version": self.definition.version,
            "measure": self.definition.measure,
            "from": self.parameters.start.isoformat(),
            "reference_date": self.parameters.reference_date.isoformat(),
            "known_at": self.parameters.known_at.astimezone(clock.AMSTERDAM).isoformat(),
            "gross": self.parameters.gross,
            "value": None if self.value is None else f"{self.value:f}",
            "numerator": self.numerator,
            "denominator": self.denominator,
            "share": None if self.share is None else float(self.share),
            "numerator_amount": f"{self.numerator_amount:.2f}",
            "denominator_amount": f"{self.denominator_amount:.2f}",
            "within_term": self.within_term,
            "cases": list(self.cases),
        }
        if self.definition.measure == "lead_time":
            data |= {"median_days": None if self.median_days is None else f"{self.median_days:f}", "p90_days": self.p90_days}
        if self.definition.measure == "forecast":
            data |= {"low": None if self.low is None else f"{self.low:.2f}", "high": None if self.high is None else f"{self.high:.2f}"}
        return {**data, "digest": sha256(data)}

    @property
    def digest(self) -> str:
        return str(self.as_data()["digest"])


def percentage(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """100 x part / whole, one decimal, half up; None when there is nothing to divide by."""
    return (Decimal(100) * part / whole).quantize(TENTH, rounding=ROUND_HALF_UP) if whole else None


def median(days: Counter[int]) -> Decimal | None:
    """The middle of the days; between the two middle ones when their number is even."""
    total = sum(days.values())
    if not total:
        return None
    low, high = _nth(days, (total + 1) // 2), _nth(days, total // 2 + 1)
    return (Decimal(low + high) / 2).quantize(TENTH, rounding=ROUND_HALF_UP)


def ninetieth(days: Counter[int]) -> int | None:
    """The fewest days within which nine in ten cases fall (nearest rank)."""
    total = sum(days.values())
    return _nth(days, -(-total * 9 // 10)) if total else None


def _nth(days: Counter[int], place: int) -> int:
    seen = 0
    for value in sorted(days):
        seen += days[value]
        if seen >= place:
            return value
    raise IndexError(place)


def of_tally(definition: IndicatorDefinition, parameters: Parameters, tally: Tally, cases: tuple[str, ...] = ()) -> Figure:
    """The figure of the measures that count cases."""
    share = percentage(tally.numerator, tally.denominator)
    within = tally.within(definition.term_days)
    values: dict[str, Decimal | None] = {
        "count": Decimal(tally.numerator),
        "amount": tally.numerator_amount,
        "share": share,
        "lead_time": median(tally.days),
        "within_term": percentage(within, tally.numerator),
    }
    return Figure(
        definition=definition,
        parameters=parameters,
        numerator=tally.numerator,
        denominator=tally.denominator,
        share=share,
        numerator_amount=tally.numerator_amount,
        denominator_amount=tally.denominator_amount,
        within_term=within,
        value=values[definition.measure],
        cases=cases,
        median_days=median(tally.days),
        p90_days=ninetieth(tally.days),
    )
