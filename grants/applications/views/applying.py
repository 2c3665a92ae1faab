"""Apply: begin a draft, fill in the scheme's questions, add files, check, submit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from applicants.models import Applicant
from grants.applications.form import pages
from grants.applications.lifecycle.door import ActError, WrongStatus
from grants.applications.services import applying
from grants.applications.views.access import as_applicant, shared_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.kernel.typed import whole_number
from grants.schemes.models import Scheme
from grants.schemes.reading import balance, declarations


@allow_signed_in
@requires_level("write_draft")
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    scheme = get_object_or_404(Scheme.objects.filter(is_historical=False), code=code)
    number = whole_number(request.POST.get("applicant", "")) or 0
    applicant = get_object_or_404(Applicant.objects.represented_by(request.user), pk=number)
    begun = applying.untouched_draft(applicant, scheme)  # a second click, or somebody who looked and came back
    if begun is not None:
        return redirect(begun)
    try:
        application = applying.start_draft(applicant=applicant, scheme=scheme, actor=as_applicant(request))
    except ActError as error:
        messages.error(request, str(error))
        return redirect("scheme", code=code)
    return redirect(application)


@allow_signed_in
@requires_level("write_draft")
@never_cache
@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that was answered, what is missing, and the signature."""
    application = shared_case(request, pk)
    if application.status != "draft":
        return redirect(application)
    context = {
        "application": application,
        "definition": application.definition,
        "sections": pages.answered(application, application.draft_answers),
        "noticed": pages.noticed(application, pages.remarks_on(application)),
        "declarations": declarations(application.definition),
        "has_minimum": applying.minimum_is_there(application),
        "balance": balance(application.definition, application.draft_answers),
        "files": application.documents.all(),
        "files_wanted": pages.files_wanted(application),
        "may_submit": application.is_represented_by(request.user),
    }
    return render(request, "applications/check.html", context)


@allow_signed_in
@requires_level("submit_application")
@require_POST
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send in, by somebody who represents the applicant: who only helps to fill in does not sign."""
    application = shared_case(request, pk)
    if application.status != "draft":
        messages.info(request, _("Deze aanvraag was al ingestuurd. U hoeft niets meer te doen."))
        return redirect("applications:receipt", pk=pk) if application.received_on else redirect(application)
    if not application.is_represented_by(request.user):
        messages.error(request, _("U mag meeschrijven, maar niet insturen. Vraag iemand die namens de aanvrager mag tekenen."))
        return redirect("applications:check", pk=pk)
    declared = [question.key for question in declarations(application.definition)]
    if not all(request.POST.get(key) for key in declared or ["verklaring"]):
        messages.error(request, _("Zet een vinkje bij de verklaring. Daarmee ondertekent u de aanvraag."))
        return redirect("applications:check", pk=pk)
    try:
        received = applying.submit(application_id=pk, actor=as_applicant(request), declared=declared)
    except WrongStatus:  # a second click, while the first was still at work
        return redirect("applications:receipt", pk=pk)
    except ActError as error:
        messages.error(request, str(error))
        return redirect("applications:check", pk=pk)
    messages.success(
        request, _("Wij hebben uw aanvraag ontvangen. Uw zaaknummer is %(number)s.") % {"number": received.application.case_number}
    )
    return redirect("applications:receipt", pk=pk)
