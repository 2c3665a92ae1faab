"""Ask an indicator: its figure for parameters, and the same split up."""

from __future__ import annotations

from dataclasses import replace

from grants.figures import ceilings, forecast
from grants.figures.counting.tally import Parameters, Tally, numerator_cases, tally
from grants.figures.definition import Breakdown, IndicatorDefinition
from grants.figures.figure import Figure, of_tally

__all__ = ["Figure", "Parameters", "breakdown", "figure", "gross_of"]


def figure(definition: IndicatorDefinition, parameters: Parameters, *, with_cases: bool = True) -> Figure:
    """The figure, with the numbers of the cases in its numerator. A fixed number of queries, whatever the number of cases.

    Without the cases it has no digest to compare: for a page that shows many figures.
    """
    if definition.measure == "ceiling_use":
        return ceilings.figure_of(definition, parameters)
    if definition.measure == "forecast":
        return forecast.figure_of(definition, parameters, with_cases=with_cases)
    counted = tally(definition, parameters).get("", Tally())
    return of_tally(definition, parameters, counted, numerator_cases(definition, parameters) if with_cases else ())


def breakdown(definition: IndicatorDefinition, parameters: Parameters, by: Breakdown) -> dict[str, Figure]:
    """The figure of each part, by key and in order of key. Goals add up to more than the whole: a case may have several."""
    return {key: of_tally(definition, parameters, part) for key, part in sorted(tally(definition, parameters, by).items())}


def gross_of(parameters: Parameters) -> Parameters:
    return replace(parameters, gross=True)
