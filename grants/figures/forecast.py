"""A forecast, labelled so: what the open applications will probably come to, with a band.

The share that was granted of the applications decided in the twelve months before, times what was granted of what was
asked, times what is asked now. The band is that of the share alone (Wilson score interval, 80 percent), so a few decisions
give a wide one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta

from grants.figures.counting.tally import Parameters, Tally, numerator_cases, tally
from grants.figures.definition import IndicatorDefinition
from grants.figures.figure import Figure, percentage

Z = Decimal("1.2816")
"""Two-sided 80 percent of a normal distribution."""
CENT = Decimal("0.01")


def figure_of(definition: IndicatorDefinition, parameters: Parameters, *, with_cases: bool = True) -> Figure:
    """The forecast; without decisions in the year before, it cannot be told."""
    waiting = tally(replace(definition, counts="open", amount="requested"), parameters).get("", Tally())
    before: date = parameters.reference_date - relativedelta(years=1)
    year = replace(parameters, start=before)
    decided = tally(replace(definition, counts="decided", amount="requested"), year).get("", Tally())
    asked = tally(replace(definition, counts="granted", amount="requested"), year).get("", Tally())
    given = tally(replace(definition, counts="granted", amount="granted"), year).get("", Tally())
    value = low = high = None
    if decided.denominator and asked.denominator_cents:
        part = Decimal(given.denominator_cents) / asked.denominator_cents
        money = waiting.numerator_amount * part
        worst, best = band(given.denominator, decided.denominator)
        rate = min(Decimal(1), Decimal(given.denominator) / decided.denominator)
        value, low, high = (((money * r).quantize(CENT, rounding=ROUND_HALF_UP)) for r in (rate, worst, best))
    return Figure(
        definition=definition, parameters=parameters, numerator=waiting.numerator, denominator=waiting.denominator,
        share=percentage(given.denominator, decided.denominator), numerator_amount=waiting.numerator_amount,
        denominator_amount=waiting.denominator_amount, within_term=0, value=value, low=low, high=high,
        cases=numerator_cases(replace(definition, counts="open", amount="requested"), parameters) if with_cases else (),
    )


def band(granted: int, decided: int) -> tuple[Decimal, Decimal]:
    """Between which shares the true one lies, four times in five (Wilson score interval)."""
    n = Decimal(decided)
    p = min(Decimal(1), Decimal(granted) / n)
    middle = p + Z * Z / (2 * n)
    spread = Z * ((p * (1 - p) + Z * Z / (4 * n)) / n).sqrt()
    whole = 1 + Z * Z / n
    return max(Decimal(0), (middle - spread) / whole), min(Decimal(1), (middle + spread) / whole)
