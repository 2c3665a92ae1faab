"""Positions outside work, told by the official self."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.models import OutsidePosition
from decisions.people_forms import EndPositionForm, PositionForm
from decisions.related_panels import ACTORS
from decisions.services import registering
from grants.kernel import clock
from grants.kernel.permissions import allow


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def positions(request: HttpRequest) -> HttpResponse:
    """One's own positions (nevenfuncties): add one, or say that one has ended."""
    own = OutsidePosition.objects.filter(user=request.user)
    asked = request.POST.get("wat", "") if request.method == "POST" else ""
    forms = {
        "nieuw": PositionForm(request.POST if asked == "nieuw" else None, prefix="nieuw"),
        "einde": EndPositionForm(request.POST if asked == "einde" else None, prefix="einde", own=own.filter(valid_to=None)),
    }
    if asked in forms and forms[asked].is_valid():
        if asked == "nieuw":
            registering.tell_position(user=request.user, **forms[asked].cleaned_data)
        else:
            registering.end_position(position_id=forms[asked].cleaned_data["position"].pk, last_day=forms[asked].cleaned_data["last_day"])
        messages.success(request, _("Uw nevenfuncties zijn bijgewerkt."))
        return redirect("decisions:positions")
    titles = {"nieuw": _("Nevenfunctie opgeven"), "einde": _("Nevenfunctie beëindigen")}
    context = {"positions": own, "forms": [(name, titles[name], forms[name]) for name in titles], "today": clock.today()}
    return render(request, "decisions/positions.html", context)
