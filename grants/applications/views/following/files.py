"""A copy of what was entered, and the files that were added."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from grants.applications.models import Document
from grants.applications.views.access import own_case
from grants.kernel.access import log_read
from grants.kernel.permissions import allow_signed_in


@allow_signed_in
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


@allow_signed_in
@require_GET
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Document.objects.visible_to(request.user).select_related("application__chain"), pk=pk)
    if request.user.is_official:
        log_read(request.user, f"document {found.question_key}", found.application.chain)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
