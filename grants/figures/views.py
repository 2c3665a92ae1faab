"""The controllers' pages: every indicator at a glance, and each one with its parts, its course and its cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_GET

from grants.figures import indicator
from grants.figures.charts import bars, line
from grants.figures.definition import BREAKDOWNS, Breakdown, IndicatorDefinition, Target
from grants.figures.figure import Figure
from grants.figures.labels import name_of, names_for
from grants.figures.library import UnknownIndicator, find, indicators
from grants.figures.parameters import WrongParameter, read
from grants.figures.shown import shown_to
from grants.figures.wording import in_words
from grants.kernel.permissions import allow
from grants.kernel.roles import Role

READERS = (Role.CONTROLLER, Role.AUDITOR, Role.POLICY_OFFICER, Role.MANDATE_HOLDER)
SPLITS = {by: name for by, name in BREAKDOWNS.items() if by != "month"}
COUNTS_CASES = ("count", "amount", "share", "lead_time", "within_term")


@dataclass(frozen=True, slots=True)
class Row:
    definition: IndicatorDefinition
    figure: Figure
    words: str
    target: Target | None
    on_course: bool | None

    @property
    def counts_cases(self) -> bool:
        return self.definition.measure in COUNTS_CASES


def asked_of(request: HttpRequest) -> dict[str, Any]:
    asked: dict[str, Any] = {name: request.GET.get(name, "").strip() for name in ("from", "reference_date", "known_at")}
    return {**asked, "gross": "gross" in request.GET, "query": request.GET.urlencode()}


def _parameters(asked: dict[str, Any]) -> indicator.Parameters:
    return read(start=asked["from"], reference_date=asked["reference_date"], known_at=asked["known_at"], gross=asked["gross"])


@allow(*READERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    try:
        parameters = _parameters(asked)
    except WrongParameter as error:
        return render(request, "figures/overview.html", {"asked": asked, "error": str(error)}, status=400)
    rows = [_row(definition, indicator.figure(definition, parameters, with_cases=False)) for definition in indicators()]
    return render(request, "figures/overview.html", {"asked": asked, "parameters": parameters, "rows": rows})


def _row(definition: IndicatorDefinition, figure: Figure) -> Row:
    target = definition.target_for(figure.parameters.start.year)
    on_course = None
    if target is not None and figure.value is not None:
        on_course = figure.value <= target.value if target.at_most else figure.value >= target.value
    return Row(definition, figure, in_words(figure), target, on_course)


@allow(*READERS)
@require_GET
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: exact figures, net and gross, since the opening, split up, over time, and the cases behind it."""
    try:
        definition = find(code)
    except UnknownIndicator as error:
        raise Http404(str(error)) from None
    asked = asked_of(request)
    context: dict[str, Any] = {"definition": definition, "asked": asked, "splits": SPLITS}
    try:
        parameters = _parameters(asked)
    except WrongParameter as error:
        return render(request, "figures/indicator.html", {**context, "error": str(error)}, status=400)
    figure = indicator.figure(definition, parameters)
    shown = shown_to(request.user, figure.cases)
    context |= {
        "parameters": parameters,
        "row": _row(definition, figure),
        "figure": figure,
        "data": figure.as_data(),
        "lines": _lines(definition, parameters, figure),
        "cases": [number for number in figure.cases if number in shown],
        "may_fix": request.user.has_role(Role.CONTROLLER),
    }
    if definition.measure in COUNTS_CASES:
        by: Breakdown = request.GET.get("by", "scheme") if request.GET.get("by") in SPLITS else "scheme"  # type: ignore[assignment]
        context |= {"by": by, "by_name": BREAKDOWNS[by], "parts": _parts(definition, parameters, by)}
        context["bars"] = bars([(name, *_size(definition, part)) for name, part in context["parts"]])
        if definition.measure in ("count", "share", "amount") and definition.counts != "open":
            context |= _course(definition, parameters)
    return render(request, "figures/indicator.html", context)


def _lines(definition: IndicatorDefinition, parameters: indicator.Parameters, figure: Figure) -> list[tuple[str, Figure]]:
    """The figure beside its alternatives."""
    if definition.measure not in COUNTS_CASES or definition.counts != "granted":
        return [("Zoals gevraagd", figure)]
    found = [("Bruto" if parameters.gross else "Netto", figure)]
    if not parameters.gross:
        found.append(("Bruto", indicator.figure(definition, replace(parameters, gross=True), with_cases=False)))
    if definition.since and definition.since < parameters.start:
        found.append(("Sinds de opening", indicator.figure(definition, replace(parameters, start=definition.since), with_cases=False)))
    return found


def _parts(definition: IndicatorDefinition, parameters: indicator.Parameters, by: Breakdown) -> list[tuple[str, Figure]]:
    names = names_for(by)
    parts = indicator.breakdown(definition, parameters, by)
    return [(name_of(key, by, names), part) for key, part in parts.items()]


def _course(definition: IndicatorDefinition, parameters: indicator.Parameters) -> dict[str, Any]:
    """The numerator month by month, added up."""
    total: float = 0
    rows: list[tuple[str, float]] = []
    for key, part in indicator.breakdown(definition, parameters, "month").items():
        total += float(part.numerator_amount) if definition.measure == "amount" else part.numerator
        rows.append((name_of(key, "month", {}), total))
    target = definition.target_for(parameters.start.year)
    height = float(target.value) if target and definition.measure != "share" else None
    return {"course": rows, "line": line(rows, height) if len(rows) > 1 else None}


def _size(definition: IndicatorDefinition, part: Figure) -> tuple[float, str]:
    """How long a bar is, and what stands behind it: of a share the cases in the numerator, as a share of one goal says little."""
    if definition.measure == "share":
        return part.numerator, str(part.numerator)
    if part.value is None:
        return 0, "-"
    if definition.measure == "amount":
        return float(part.value), f"€ {number_format(part.value, 0, use_l10n=True, force_grouping=True)}"
    unit = {"lead_time": " dagen", "within_term": "%"}.get(definition.measure, "")
    return float(part.value), f"{part.value.normalize():f}{unit}".replace(".", ",")
