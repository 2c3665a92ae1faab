"""Follow a case: where it stands, what I must do, and answer what is asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.applications import deadlines
from grants.applications.answering import asked, collect
from grants.applications.lifecycle.door import ActError, can_start
from grants.applications.models import Document
from grants.applications.panels import panels_for
from grants.applications.services import accounting, applying, handling
from grants.applications.views.access import as_applicant, own_case
from grants.applications.views.attempting import attempt
from grants.kernel.access import log_read
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from letters.models import Letter


@allow_signed_in
@requires_level("see_case")
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    request_term = deadlines.current(application, "RECOVERY_TERM") or deadlines.current(application, "RECOVERY_TERM_REPORT")
    context = {
        "application": application,
        "request_term": request_term,
        "may_withdraw": can_start(application, "withdraw_application"),
        "may_account": can_start(application, "submit_report") or can_start(application, "complete_report"),
        "may_report_change": can_start(application, "report_change"),
        "progress_term": deadlines.current(application, "PROGRESS_DUE"),
        "letters": Letter.objects.filter(chain=application.chain_id, state=Letter.State.SENT).order_by("-created_at"),
        "submissions": application.submissions.all(),
        "panels": panels_for(request, application, official=False),
    }
    return render(request, "applications/case.html", context)


@allow_signed_in
@requires_level("complete_application")
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    definition = application.version.definition
    if request.method == "POST":
        answers = collect(definition.questions, request.POST)
        return attempt(
            request, application, _("Wij hebben uw aanvulling ontvangen."),
            lambda: applying.complete(application_id=pk, answers=answers, actor=as_applicant(request)),
        )
    questions = asked(definition, applying.shown_questions(application), application.draft_answers)
    context = {"application": application, "questions": questions, "heading": _("Vul uw aanvraag aan"), "button": _("Stuur de aanvulling in")}
    return render(request, "applications/answer.html", context)


@allow_signed_in
@requires_level("submit_report")
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    definition = application.version.definition
    if request.method == "POST":
        answers = collect(definition.report.questions, request.POST)
        return attempt(
            request, application, _("Wij hebben uw verantwoording ontvangen."),
            lambda: accounting.submit_report(application_id=pk, answers=answers, actor=as_applicant(request)),
        )
    last = application.submissions.filter(kind__startswith="report").order_by("-received_at").first()
    questions = asked(definition, definition.report.questions, last.answers if last else {})
    context = {"application": application, "questions": questions, "heading": _("Verantwoord uw activiteit"), "button": _("Stuur de verantwoording in")}
    return render(request, "applications/answer.html", context)


@allow_signed_in
@requires_level("withdraw_application")
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    return attempt(
        request, application, _("U hebt uw aanvraag ingetrokken."),
        lambda: applying.withdraw(application_id=pk, actor=as_applicant(request)),
    )


@allow_signed_in
@requires_level("report_change")
@require_POST
def report_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    return attempt(
        request, application, _("Wij hebben uw melding ontvangen."),
        lambda: handling.act_with_reason(
            application_id=pk, act="report_change", reason=request.POST.get("reason", ""), actor=as_applicant(request)
        ),
    )


@allow_signed_in
@requires_level("report_change")
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell how the activity goes (T23); only when the grant asks for it. What was typed stays when it is refused."""
    application = own_case(request, pk)
    text = request.POST.get("text", "")
    if request.method == "POST":
        try:
            accounting.report_progress(application_id=pk, text=text, actor=as_applicant(request))
        except ActError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Wij hebben uw bericht over de voortgang ontvangen."))
            return redirect(application)
    return render(request, "applications/progress.html", {"application": application, "text": text, "term": deadlines.current(application, "PROGRESS_DUE")})


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


@allow_signed_in
@requires_level("see_case")
@require_GET
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Document.objects.visible_to(request.user).select_related("application__chain"), pk=pk)
    if request.user.is_official:
        log_read(request.user, f"document {found.question_key}", found.application.chain)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
