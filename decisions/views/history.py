"""The whole history of a case, and on demand the proof that nothing was changed in it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions import history as told
from decisions.views.access import official_case
from grants.kernel import audit
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS


@allow(*CASE_READERS)
@require_GET
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every event: which day, what, who in which role, on which article. `soort` chooses a kind, `voor` goes on."""
    application = official_case(request, pk)
    log_read(request.user, "history", application.chain)
    kind, before = request.GET.get("soort", ""), request.GET.get("voor", "")
    page = told.page(application, kind, int(before) if before.isdecimal() and len(before) < 10 else None)
    context = {
        "application": application,
        "events": page.events,
        "before": page.before,
        "kinds": [(name, label) for name, (label, _) in told.kinds().items()],
        "chosen": kind,
        "shows_names": told.shows_names(request.user, application.scheme_id),
        "proof": list(audit.verify_chain(application.chain)) if "keten" in request.GET else None,
    }
    return render(request, "decisions/history.html", context)
