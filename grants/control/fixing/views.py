"""Fix a figure, the list of fixed figures, and a certificate with the question whether it is still the same."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grants.control.fixing import services
from grants.control.fixing.models import FixedFigure
from grants.figures.library import UnknownIndicator, find
from grants.figures.parameters import WrongParameter, read
from grants.figures.shown import shown_to
from grants.figures.views import READERS
from grants.kernel.permissions import allow
from grants.kernel.roles import Role


@allow(Role.CONTROLLER)
@require_POST
def fix(request: HttpRequest) -> HttpResponse:
    asked = {name: request.POST.get(name, "").strip() for name in ("code", "from", "reference_date", "known_at", "used_for")}
    try:
        definition = find(asked["code"])
        parameters = read(
            start=asked["from"], reference_date=asked["reference_date"], known_at=asked["known_at"], gross="gross" in request.POST
        )
    except UnknownIndicator as error:
        messages.error(request, str(error))
        return redirect("figures:overview")
    except WrongParameter as error:
        messages.error(request, str(error))
        query = urlencode({name: asked[name] for name in ("from", "reference_date", "known_at") if asked[name]})
        return redirect(f"{reverse('figures:indicator', args=[definition.code])}?{query}")
    fixed = services.fix(definition=definition, parameters=parameters, used_for=asked["used_for"][:200], user=request.user)
    messages.success(request, _("Het cijfer is vastgelegd als %(number)s.") % {"number": fixed.number})
    return redirect(fixed)


@allow(*READERS)
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    return render(request, "fixing/every.html", {"figures": FixedFigure.objects.select_related("fixed_by").defer("lines", "data", "definition")[:200]})


@allow(*READERS)
@require_GET
def one(request: HttpRequest, number: str) -> HttpResponse:
    fixed = get_object_or_404(FixedFigure.objects.select_related("fixed_by"), number=number)
    comparison = services.compare(fixed)
    numbers = fixed.data.get("cases", [])
    shown = shown_to(request.user, {*numbers, *(row.case_number for row in comparison.differences)})
    context = {
        "fixed": fixed, "comparison": comparison, "definition": fixed.definition, "cases": [number for number in numbers if number in shown],
        "differences": [row for row in comparison.differences if row.case_number in shown],
    }
    return render(request, "fixing/one.html", context)
