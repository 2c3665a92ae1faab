"""Right after sending in: the receipt, and a copy of everything."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from grants.applications.form.receipt import copy_of, why_then
from grants.applications.models import Submission
from grants.applications.views.access import own_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from letters.pdf import render_pdf


@allow_signed_in
@requires_level("see_case")
@require_GET
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    if application.received_on is None or application.version is None:
        return redirect(application)
    context = {"application": application, "definition": application.definition, "why_then": why_then(application)}
    return render(request, "applications/receipt.html", context)


@allow_signed_in
@requires_level("see_case")
@require_GET
def copy_as_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The application as it was sent in, as an accessible PDF."""
    application = own_case(request, pk)
    submission = application.submissions.filter(kind=Submission.Kind.APPLICATION).first()
    if submission is None or application.version is None:
        raise Http404
    response = HttpResponse(render_pdf(copy_of(application, submission)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{application.case_number}-kopie.pdf"'
    return response
