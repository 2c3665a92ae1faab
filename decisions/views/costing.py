"""The costs of a case, line by line, and what the subsidy comes to."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions import calculating
from decisions.models import CostReview
from decisions.services import costing
from decisions.views.access import acting, official_case
from grants.applications.lifecycle.door import ActError
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.schemes import answer_values
from grants.schemes.answer_values import Unreadable


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest, pk: UUID, of: str) -> HttpResponse:
    """Each cost with what counts of it; the handler changes it, everybody sees what comes out."""
    application = official_case(request, pk)
    if of not in CostReview.Of.values or application.version is None:
        raise Http404
    may_change = request.user.has_role(Role.CASE_HANDLER, scheme_code=application.scheme_id)
    lines = [(line, f"{line.accepted:.2f}".replace(".", ","), line.reason) for line in calculating.cost_lines(application, of)]
    if request.method == "POST" and may_change:
        typed = {line.position: (request.POST.get(f"bedrag-{line.position}", ""), request.POST.get(f"reden-{line.position}", "")) for line, _a, _r in lines}
        try:
            accepted = {position: (_money(amount, position), reason) for position, (amount, reason) in typed.items()}
            costing.review_costs(application_id=pk, of=of, accepted=accepted, actor=acting(request, application.scheme_id, "assess"))
        except (ActError, Unreadable) as error:
            messages.error(request, str(error))
            lines = [(line, *typed[line.position]) for line, _a, _r in lines]
        else:
            messages.success(request, _("De kosten zijn beoordeeld."))
            return redirect("decisions:costs", pk=pk, of=of)
    act = "settle" if of == CostReview.Of.REPORT else "grant"
    context = {
        "application": application, "of": of, "lines": lines, "may_change": may_change, "calculation": calculating.calculate(application, act),
        "heading": _("Kosten van de verantwoording") if of == CostReview.Of.REPORT else _("Kosten van de aanvraag"),
    }
    return render(request, "decisions/costs.html", context)


def _money(text: str, position: int) -> Decimal:
    try:
        return answer_values.amount(text)
    except Unreadable as error:
        raise Unreadable(_("Regel %(n)s: %(error)s") % {"n": position, "error": error}) from error
