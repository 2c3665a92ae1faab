"""Apply: begin a draft, fill in the scheme's questions, add files, check, submit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applicants.models import Applicant
from grants.applications.answering import asked, collect
from grants.applications.lifecycle.door import ActError
from grants.applications.services import applying
from grants.applications.uploads import UploadRefused, store_upload
from grants.applications.views.access import as_applicant, own_case
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.kernel.typed import whole_number
from grants.schemes.models import Scheme


@allow_signed_in
@requires_level("write_draft")
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    scheme = get_object_or_404(Scheme.objects.filter(is_historical=False), code=code)
    number = whole_number(request.POST.get("applicant", "")) or 0
    applicant = get_object_or_404(Applicant.objects.represented_by(request.user), pk=number)
    try:
        application = applying.start_draft(applicant=applicant, scheme=scheme, actor=as_applicant(request))
    except ActError as error:
        messages.error(request, str(error))
        return redirect("scheme", code=code)
    return redirect("applications:fill-in", pk=application.pk)


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
def fill_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    if application.status != "draft":
        messages.info(request, _("Deze aanvraag is al ingestuurd. Hieronder ziet u hoe het ermee staat."))
        return redirect(application)
    definition = application.version.definition
    if request.method == "POST":
        application = applying.save_draft(application_id=pk, answers=collect(definition.questions, request.POST))
        if "verder" in request.POST:
            return redirect("applications:check", pk=pk)
        messages.success(request, _("Uw antwoorden zijn bewaard."))
        return redirect("applications:fill-in", pk=pk)
    questions = asked(definition, applying.shown_questions(application), application.draft_answers)
    sections = [(s, [q for q in questions if q.question.section == s.key]) for s in definition.sections]
    context = {"application": application, "definition": definition, "sections": [s for s in sections if s[1]]}
    return render(request, "applications/fill_in.html", context)


@allow_signed_in
@requires_level("write_draft")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    if request.method == "POST":
        try:
            store_upload(
                application=application, key=request.POST.get("key", ""), upload=request.FILES.get("file"), user=request.user
            )
            messages.success(request, _("Het bestand is bewaard."))
        except UploadRefused as error:
            messages.error(request, str(error))
        return redirect("applications:upload", pk=pk)
    open_files = application.documents.filter(submission__isnull=True)
    return render(
        request, "applications/upload.html", {"application": application, "definition": application.version.definition, "files": open_files}
    )


@allow_signed_in
@requires_level("write_draft")
@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    if application.status != "draft":
        return redirect(application)
    definition = application.version.definition
    context = {
        "application": application,
        "definition": definition,
        "answers": asked(definition, applying.shown_questions(application), application.draft_answers),
        "warnings": applying.warnings_for(application, clock.today()),
        "has_minimum": applying.minimum_is_there(application),
        "files": application.documents.all(),
    }
    return render(request, "applications/check.html", context)


@allow_signed_in
@requires_level("submit_application")
@require_POST
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    if application.status != "draft":
        messages.info(request, _("Deze aanvraag was al ingestuurd. U hoeft niets meer te doen."))
        return redirect(application)
    if not request.POST.get("verklaring"):
        messages.error(request, _("Zet een vinkje bij de verklaring. Daarmee ondertekent u de aanvraag."))
        return redirect("applications:check", pk=pk)
    try:
        received = applying.submit(application_id=pk, actor=as_applicant(request))
    except ActError as error:
        messages.error(request, str(error))
        return redirect("applications:check", pk=pk)
    messages.success(
        request, _("Wij hebben uw aanvraag ontvangen. Uw zaaknummer is %(number)s.") % {"number": received.application.case_number}
    )
    return redirect(received.application)
