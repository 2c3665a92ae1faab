"""The table of days put on a par with a holiday: everybody who handles cases reads it, the administrator keeps it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from decisions.timing_forms import FreeDayForm
from grants.applications.services import freedays
from grants.kernel import clock
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.law.days import free_day_name, general_holidays
from grants.schemes.models import FreeDay


@allow(*CASE_READERS, Role.ADMIN)
@require_http_methods(["GET", "POST"])
def free_days(request: HttpRequest) -> HttpResponse:
    """Show the table; the administrator adds a day with its decree, or takes out one that was entered by mistake."""
    may_change = request.user.has_role(Role.ADMIN)
    if request.method == "POST" and not may_change:
        messages.error(request, _("Alleen de functioneel beheerder verandert deze tabel."))
        return redirect("decisions:free-days")
    form = FreeDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = freedays.remove if form.cleaned_data["remove"] else freedays.add
        values = {"day": form.cleaned_data["day"]} | ({} if form.cleaned_data["remove"] else {"decree": form.cleaned_data["decree"]})
        try:
            moved = change(**values)
        except freedays.FreeDayError as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, _("De tabel is bijgewerkt.") + " " + ngettext(
                "%(n)d lopende termijn kreeg een andere laatste dag.", "%(n)d lopende termijnen kregen een andere laatste dag.", moved
            ) % {"n": moved})
            return redirect("decisions:free-days")
    today = clock.today()
    holidays = sorted(day for year in (today.year, today.year + 1) for day in general_holidays(year) if day >= today)
    context = {
        "rows": FreeDay.objects.order_by("-day"), "today": today, "form": form if may_change else None,
        "holidays": [(day, free_day_name(day)) for day in holidays],
    }
    return render(request, "decisions/free_days.html", context)
