"""The controllers' page: the figure with its parameters, its alternatives and its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grants.figures import indicator
from grants.figures.parameters import WrongParameter, read
from grants.kernel.permissions import allow
from grants.kernel.roles import Role

OPENED = date(2024, 10, 28)
"""The Leefbaarheidsaanpak opened for applications on this day."""


@allow(Role.CONTROLLER, Role.AUDITOR, Role.POLICY_OFFICER, Role.MANDATE_HOLDER)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in ("from", "reference_date", "known_at")}
    context: dict[str, object] = {"asked": asked, "gross": "gross" in request.GET}
    try:
        parameters = read(
            start=asked["from"], reference_date=asked["reference_date"], known_at=asked["known_at"], gross="gross" in request.GET
        )
    except WrongParameter as error:
        return render(request, "figures/overview.html", {**context, "error": str(error)}, status=400)
    result = indicator.figure(parameters)
    context |= {
        "parameters": parameters,
        "figure": result,
        "data": result.as_data(),
        "words": indicator.in_words(result),
        "gross_figure": indicator.figure(replace(parameters, gross=True)),
        "since_opening": indicator.figure(replace(parameters, start=min(OPENED, parameters.start))),
        "shows_cases": request.user.reads_cases,
    }
    return render(request, "figures/overview.html", context)
