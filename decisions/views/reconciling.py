"""Whether the money adds up, scheme by scheme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions import reconciliation
from decisions.models.batching import BANK_READERS
from grants.kernel.permissions import allow


@allow(*BANK_READERS)
@require_GET
def reconcile(request: HttpRequest) -> HttpResponse:
    """Granted, settled, paid and claimed per scheme, and the cases that do not add up."""
    rows = reconciliation.rows(request.user)
    context = {"rows": rows, "total": reconciliation.total(rows), "odd": reconciliation.odd_cases(request.user), "most": reconciliation.MOST_CASES}
    return render(request, "decisions/banking/reconcile.html", context)
