"""Events in the life of an applicant: report, answer and end; and the page with everything that changed around a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions import life_page
from decisions.life_forms import AnswerForm, EndReportForm, ReportForm
from decisions.models import PartyReport
from decisions.services import life_events
from decisions.views.access import acting, official_case
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.kernel.access import log_read
from grants.kernel.opening import file_answer
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role


def form_page(request: HttpRequest, application: Application, form: Any, heading: str, button: str, done: str, act: Callable[[], object],
              **more: Any) -> HttpResponse:
    """A form about a case: do the act when it is right, else show it again with what was typed and why it cannot be."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("decisions:life", pk=application.pk)
    context = {"application": application, "form": form, "heading": heading, "button": button, **more}
    return render(request, "decisions/life/form.html", context)


@allow(*CASE_READERS)
@require_GET
def changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that changed around this case, and what can be done about it."""
    application = official_case(request, pk)
    log_read(request.user, "changes", application.chain)
    return render(request, "decisions/life/page.html", life_page.context(request.user, application))


def of_known_applicant(request: HttpRequest, pk: UUID) -> Application:
    application = official_case(request, pk)
    if application.applicant is None:
        raise Http404
    return application


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in a death, a bankruptcy, a dissolution, a merger (T90)."""
    application = of_known_applicant(request, pk)
    form = ReportForm(request.POST or None, request.FILES or None, applicant_type=application.applicant.type)
    actor = acting(request, application.scheme_id, "notice_party_event")
    return form_page(
        request, application, form, _("Gebeurtenis bij de aanvrager"), _("Vastleggen"),
        _("Het is vastgelegd. U ziet het op alle lopende zaken van deze aanvrager."),
        lambda: life_events.report(applicant_id=application.applicant_id, actor=actor, **form.values()), has_file=True,
    )


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how this case goes on after an event (T91)."""
    application = of_known_applicant(request, pk)
    form = AnswerForm(request.POST or None, applicant_id=application.applicant_id)
    actor = acting(request, application.scheme_id, "answer_party_event")
    return form_page(
        request, application, form, _("Hoe gaat de zaak verder?"), _("Vastleggen"), _("Het is vastgelegd. De betaling wacht hier niet meer op."),
        lambda: life_events.answer(
            application_id=pk, report_id=form.cleaned_data["report"].pk, answer=form.cleaned_data["answer"],
            motivation=form.cleaned_data["motivation"], actor=actor,
        ),
    )


@allow(Role.INTAKE_OFFICER, Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The event is over, or was never there (T91b)."""
    application = of_known_applicant(request, pk)
    form = EndReportForm(request.POST or None, applicant_id=application.applicant_id)
    actor = acting(request, application.scheme_id, "end_party_event")
    return form_page(
        request, application, form, _("Gebeurtenis beëindigen"), _("Beëindigen"), _("Het is vastgelegd. De brieven gaan weer naar de aanvrager."),
        lambda: life_events.end(report_id=form.cleaned_data["report"].pk, reason=form.cleaned_data["reason"], actor=actor),
    )


@allow(*CASE_READERS)
@require_GET
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(PartyReport.objects.visible_to(request.user), pk=pk)
    log_read(request.user, "party evidence")
    return evidence_answer(request, found)


def evidence_answer(request: HttpRequest, found: Any) -> HttpResponse:
    """The file of a record, once it was checked; a record without one is not found."""
    if not found.filename:
        raise Http404
    return file_answer(request, found)
