"""Handling a case: completeness, assessment, views, and the acts that need no more than a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from decisions.forms import AssessmentForm, CompletionForm, LabelsForm
from decisions.models import Assessment
from decisions.selectors import BY_BUTTON
from decisions.services import assessing, closing
from decisions.views.access import acting, official_case
from grants.applications.lifecycle.door import act_named, can_start
from grants.applications.lifecycle.table import rows
from grants.applications.models import Application
from grants.applications.services import accounting, handling
from grants.applications.views import attempting
from grants.kernel.permissions import allow
from grants.kernel.roles import Role


def attempt(request: HttpRequest, application: Application, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do the act that a button asked, say how it went, and go back to the case."""
    return attempting.attempt(request, _case(application), done, act)


def attempted(request: HttpRequest, application: Application, done: str, act: Callable[[], object], form: Any = None) -> HttpResponse | None:
    """Do the act and go back to the case; None when it cannot be: then the form is shown again, with what was typed."""
    return attempting.attempted(request, _case(application), done, act, form)


def _case(application: Application) -> str:
    return reverse("decisions:case", args=[application.pk])


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def request_completion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for what the application, or the account, lacks."""
    application = official_case(request, pk)
    definition = application.version.definition if application.version else None
    form = CompletionForm(request.POST or None, definition=None if application.status == "report_received" else definition)
    if request.method == "POST" and form.is_valid():
        of_report = application.status == "report_received"
        service = handling.request_report_completion if of_report else handling.request_completion
        actor = acting(request, application.scheme_id, service.__name__)
        answer = attempted(
            request, application, _("De brief met de vraag om aanvulling wordt verstuurd."),
            lambda: service(application_id=pk, actor=actor, **form.values()), form,
        )
        if answer is not None:
            return answer
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": _("Aanvulling vragen"), "button": _("Vragen")})


@allow(Role.CASE_HANDLER)
@require_POST
def mark_complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    actor = acting(request, application.scheme_id, "mark_complete")
    return attempt(
        request, application, _("De aanvraag is compleet verklaard."), lambda: handling.mark_complete(application_id=pk, actor=actor)
    )


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    criteria = application.version.definition.criteria if application.version else ()
    stored = Assessment.objects.filter(application=application).first()
    form = AssessmentForm(request.POST or None, instance=stored, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "assess")
        offer = "aanbieden" in request.POST
        answer = attempted(
            request, application, _("De beoordeling is bewaard."),
            lambda: assessing.save_assessment(application_id=pk, actor=actor, values=form.values(), offer=offer), form,
        )
        if answer is not None:
            return answer
    context = {"application": application, "form": form, "heading": _("Beoordelen"), "button": _("Bewaren"), "second": ("aanbieden", _("Bewaren en aanbieden aan de toetser"))}
    return render(request, "decisions/form.html", context)


@allow(Role.REVIEWER)
@require_POST
def confirm_assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    actor = acting(request, application.scheme_id, "assess")
    return attempt(
        request, application, _("De beoordeling is afgesloten."), lambda: assessing.confirm_assessment(application_id=pk, actor=actor)
    )


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def labels(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the goals and area that figures count by."""
    application = official_case(request, pk)
    links = list(application.goal_links.all())
    start = {"goals": [link.goal_id for link in links], "main_goal": next((link.goal_id for link in links if link.is_main), None), "area": application.area_id}
    form = LabelsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "correct_labels")
        area = form.cleaned_data["area"]
        answer = attempted(
            request, application, _("De kenmerken zijn verbeterd. De oude blijven in de geschiedenis staan."),
            lambda: handling.correct_labels(
                application_id=pk, goals=form.codes(), area=area.pk if area else "", reason=form.cleaned_data["reason"], actor=actor
            ), form,
        )
        if answer is not None:
            return answer
    return render(request, "decisions/form.html", {"application": application, "form": form, "heading": _("Kenmerken verbeteren"), "button": _("Bewaren")})


@allow(Role.CASE_HANDLER)
@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the applicant's view of an intended decision."""
    application = official_case(request, pk)
    choices = [(row.name, row.act.label) for row in rows() if row.act.decision and can_start(application, row.name)]
    if request.method == "POST":
        about, reason = request.POST.get("about", ""), request.POST.get("reason", "")
        if about in dict(choices):
            actor = acting(request, application.scheme_id, "ask_view")  # the same role asks beside the spine
            answer = attempted(
                request, application, _("De vraag om een zienswijze wordt verstuurd."),
                lambda: assessing.ask_view(application_id=pk, about=about, reason=reason, actor=actor),
            )
            if answer is not None:
                return answer
        messages.error(request, _("Kies het besluit waarover u een zienswijze vraagt."))
    typed = {"about": request.POST.get("about", ""), "reason": request.POST.get("reason", "")}
    return render(request, "decisions/ask_view.html", {"application": application, "choices": choices, **typed})


@allow(Role.CASE_HANDLER, Role.INTAKE_OFFICER, Role.REVIEWER, Role.MANDATE_HOLDER, Role.RECORDS_OFFICER, Role.POLICY_OFFICER)
@require_http_methods(["GET", "POST"])
def plain_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One of the acts that need no more than a reason."""
    application = official_case(request, pk)
    if act not in BY_BUTTON:
        raise Http404
    if request.method == "POST":
        actor = acting(request, application.scheme_id, act)
        reason = request.POST.get("reason", "")
        answer = attempted(request, application, _("Het is vastgelegd."), lambda: _service(act)(pk, reason, actor))
        if answer is not None:
            return answer
    return render(request, "decisions/plain_act.html", {"application": application, "act": act_named(act), "reason": request.POST.get("reason", "")})


def _service(act: str):
    own = {
        "recovery_lapsed": lambda pk, reason, actor: handling.recovery_lapsed(application_id=pk, actor=actor),
        "view_lapsed": lambda pk, reason, actor: assessing.view_lapsed(application_id=pk, actor=actor),
        "view_received": lambda pk, reason, actor: assessing.receive_view(application_id=pk, text=reason, actor=actor),
        "receive_view_aside": lambda pk, reason, actor: assessing.receive_view(application_id=pk, text=reason, actor=actor),
        "report_lapsed": lambda pk, reason, actor: handling.report_lapsed(application_id=pk, actor=actor),
        "send_reminder": lambda pk, reason, actor: handling.send_reminder(application_id=pk, actor=actor),
        "close": lambda pk, reason, actor: closing.close(application_id=pk, actor=actor),
        "reopen": lambda pk, reason, actor: accounting.reopen(application_id=pk, reason=reason, actor=actor),
    }
    return own.get(act) or (lambda pk, reason, actor: handling.act_with_reason(application_id=pk, act=act, reason=reason, actor=actor))
