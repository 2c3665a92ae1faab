"""A copy of what was entered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from grants.applications.views.access import own_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in


@allow_signed_in
@requires_level("see_case")
@require_GET
def data(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A copy of what was entered (Awb 2:17(2))."""
    application = own_case(request, pk)
    rows = application.submissions.values("kind", "received_at", "answers", "digest")
    response = JsonResponse(
        {"case_number": application.case_number, "submissions": list(rows)}, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="{application.case_number or "concept"}.json"'
    return response
