"""Absence and substitution of handlers: arrange it, and see whose work is yours today."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.absence_forms import AbsenceForm
from decisions.models import Absence
from decisions.people import people_acting_for
from decisions.services import absences
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.kernel.typed import whole_number

MOST = 100


@allow(*CASE_READERS, Role.ADMIN)
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Who is away now or soon; and the cases of the colleagues for whom the signed-in person works today."""
    ends = request.method == "POST" and "einde" in request.POST
    form = AbsenceForm(request.POST if request.method == "POST" and not ends else None, by=request.user)
    try:
        if ends:
            found = Absence.objects.filter(id=whole_number(request.POST["einde"]) or 0).first()
            if found is not None:
                absences.end(absence_id=found.pk, by=request.user)
                messages.success(request, _("De afwezigheid is beëindigd."))
            return redirect("decisions:absence")
        if form.is_bound and form.is_valid():
            absences.arrange(**form.cleaned_data, entered_by=request.user)
            messages.success(request, _("De afwezigheid is vastgelegd. De vervanger ziet de zaken op die dagen."))
            return redirect("decisions:absence")
    except ActError as error:
        if ends:
            messages.error(request, str(error))
            return redirect("decisions:absence")
        form.add_error(None, str(error))
    today = clock.today()
    taken_over = Application.objects.visible_to(request.user).filter(handler__in=people_acting_for(request.user, today))
    context = {
        "form": form,
        "absences": Absence.objects.filter(valid_to__gte=today).select_related("user", "substitute")[:MOST],
        "cases": taken_over.exclude(status__in=[Status.DRAFT, Status.CLOSED, Status.WITHDRAWN, Status.FORWARDED])
        .select_related("handler", "scheme").order_by("decision_due_on", "case_number")[:MOST],
        "is_admin": request.user.has_role(Role.ADMIN),
    }
    return render(request, "decisions/life/absence.html", context)
