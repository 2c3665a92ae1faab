"""Something changes: tell us so, tell how it goes, or withdraw the application."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grants.applications import deadlines
from grants.applications.change_report import ChangeReportForm
from grants.applications.lifecycle.door import ActError, can_start
from grants.applications.services import accounting, applying, handling
from grants.applications.views.access import as_applicant, own_case
from grants.applications.views.attempting import attempted
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in


@allow_signed_in
@requires_level("withdraw_application")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw before the decision (T09): the page says what that means, and the button on it does it."""
    application = own_case(request, pk)
    if request.method == "POST":
        done = attempted(
            request, application, _("U hebt uw aanvraag ingetrokken."),
            lambda: applying.withdraw(application_id=pk, actor=as_applicant(request)),
        )
        if done is not None:
            return done
    context = {"application": application, "may": can_start(application, "withdraw_application"), "may_report": can_start(application, "report_change")}
    return render(request, "applications/withdraw.html", context)


@allow_signed_in
@requires_level("report_change")
@require_http_methods(["GET", "POST"])
def report_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell that the plan changes (T21). What was typed stays on the page when it cannot be taken."""
    application = own_case(request, pk)
    form = ChangeReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            request, application, _("Wij hebben uw melding ontvangen. U krijgt een brief met ons antwoord."),
            lambda: handling.act_with_reason(application_id=pk, act="report_change", reason=form.reason(), actor=as_applicant(request)), form,
        )
        if done is not None:
            return done
    return render(request, "applications/report_change.html", {"application": application, "form": form, "may": can_start(application, "report_change")})


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
