"""Who handles a case: take it, give it back, or hand it to a colleague."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.services import assigning
from decisions.views.access import acting, official_case
from decisions.views.handling import attempted
from decisions.work_forms import HandlerForm
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from grants.kernel.typed import whole_number


@allow(Role.CASE_HANDLER, Role.MANDATE_HOLDER)
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`wat` says what: take it oneself, give it back, or (with the form) hand it to somebody. `nu` is the handler that the page showed."""
    application = official_case(request, pk)
    what = request.POST.get("wat", "")
    expected = whole_number(request.POST.get("nu", ""))
    form = HandlerForm(request.POST if request.method == "POST" and what not in ("neem", "terug") else None)
    actor = acting(request, application.scheme_id, "assign")
    if request.method == "POST" and (what in ("neem", "terug") or form.is_valid()):
        handler = {"neem": request.user, "terug": None}[what] if what in ("neem", "terug") else form.values()["handler"]
        done = _("De zaak staat op uw naam.") if what == "neem" else _("De zaak is terug bij het team.") if what == "terug" else _("De zaak is overgedragen.")
        answer = attempted(
            request, application, done,
            lambda: assigning.assign(application_id=pk, handler=handler, expected=expected, actor=actor), form if form.is_bound else None,
        )
        if answer is not None or not form.is_bound:
            return answer or redirect("decisions:case", pk=pk)
    return render(request, "decisions/assign.html", {"application": application, "form": form})
