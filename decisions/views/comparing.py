"""Two versions of what was sent in, beside each other."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from decisions import versions
from decisions.views.access import SEE_ACCOUNT, official_case
from grants.applications.models import Submission
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS


@allow(*CASE_READERS)
@require_GET
def compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Any two versions of one form; without a choice the last two of the application."""
    application = official_case(request, pk)
    found = versions.versions_of(application) if application.version else []
    first, second = _chosen(found, request.GET.get("van", ""), request.GET.get("met", ""))
    problem, comparison = "", None
    if len(found) < 2:
        problem = _("Er is nog maar één versie. Er valt niets te vergelijken.")
    elif first is None or second is None or first.pk == second.pk:
        problem = _("Kies twee verschillende versies.")
    elif versions.form_of(first) != versions.form_of(second):
        problem = _("Een aanvraag en een verantwoording hebben andere vragen. Kies twee versies van hetzelfde formulier.")
    else:
        first, second = sorted((first, second), key=lambda s: (s.received_at, s.pk))
        mask = not request.user.has_role(*SEE_ACCOUNT, scheme_code=application.scheme_id)
        comparison = versions.compare(application, first, second, mask_iban=mask)
        log_read(request.user, "versions", application.chain)
    context = {"application": application, "versions": found, "first": first, "second": second, "problem": problem, "comparison": comparison}
    return render(request, "decisions/compare.html", context)


def _chosen(found: list[Submission], first: str, second: str) -> tuple[Submission | None, Submission | None]:
    if not first and not second:
        last = [s for s in found if versions.form_of(s) == "application"][-2:]
        return (last[0], last[1]) if len(last) == 2 else (None, None)
    by_id = {str(s.pk): s for s in found}
    return by_id.get(first), by_id.get(second)
