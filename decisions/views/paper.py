"""The paper route: nobody is made to apply by computer (Awb 2:7)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applicants.services import register_applicant
from decisions.paper_forms import PaperForm, ReceivedForm
from decisions.views.access import official_case
from grants.applications.answering import asked, collect
from grants.applications.files import UploadRefused
from grants.applications.lifecycle.door import ActError, can_start
from grants.applications.models import Application
from grants.applications.services import applying, paper
from grants.applications.statuses import Status
from grants.kernel.actor import Actor
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from grants.schemes.models import Scheme


@allow(Role.INTAKE_OFFICER)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which regeling the paper is about; a closed one too, for an application is never refused at the door."""
    schemes = Scheme.objects.filter(is_historical=False).order_by("title")
    return render(request, "decisions/paper_choose.html", {"schemes": schemes})


@allow(Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Register an application on paper (T03). What was typed stays when something is wrong."""
    scheme = get_object_or_404(Scheme, code=code, is_historical=False)
    definition = scheme.current_version().definition
    actor = Actor(user=request.user, role=Role.INTAKE_OFFICER)
    form = PaperForm(request.POST or None, request.FILES or None, types=definition.applicants)
    answers = collect(definition.questions, request.POST) if request.method == "POST" else {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        first = Application.objects.filter(id=data["case_id"]).first()
        if first is not None:
            messages.info(request, _("Deze aanvraag was al ingeschreven onder nummer %(number)s.") % {"number": first.case_number})
            return redirect("decisions:case", pk=first.pk)
        try:
            with transaction.atomic():
                applicant = data["applicant"] or register_applicant(**form.new_applicant())
                received = applying.register_paper(
                    applicant=applicant, scheme=scheme, answers=answers, received_on=data["received_on"], actor=actor, scans=data["scan"],
                    case_id=data["case_id"],
                )
        except (ActError, UploadRefused) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("De aanvraag is ingeschreven onder nummer %(number)s.") % {"number": received.application.case_number})
            return redirect("decisions:case", pk=received.application.pk)
    questions = asked(definition, [q for q in definition.questions if q.kind != "file"], answers)
    context = {"form": form, "questions": questions, "heading": _("Papieren aanvraag inschrijven"), "what": scheme.title}
    return render(request, "decisions/paper.html", context)


@allow(Role.INTAKE_OFFICER)
@require_http_methods(["GET", "POST"])
def incoming(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register a completion or an account that came on paper."""
    application = official_case(request, pk)
    completes = application.status == Status.AWAITING_COMPLETION
    may = application.version is not None and (completes or can_start(application, "submit_report") or can_start(application, "complete_report"))
    if not may or application.version is None:
        messages.error(request, _("Deze zaak wacht nu niet op een aanvulling of een verantwoording."))
        return redirect("decisions:case", pk=pk)
    definition = application.version.definition
    wanted = applying.shown_questions(application) if completes else definition.report.questions
    questions = [question for question in wanted if question.kind != "file"]
    form = ReceivedForm(request.POST or None, request.FILES or None)
    known = application.draft_answers if completes else {}
    answers = {**known, **(collect(questions, request.POST) if request.method == "POST" else {})}
    if request.method == "POST" and form.is_valid():
        actor = Actor(user=request.user, role=Role.INTAKE_OFFICER)
        try:
            paper.receive(
                application_id=pk, answers=answers, actor=actor, received_on=form.cleaned_data["received_on"], scans=form.cleaned_data["scan"]
            )
        except (ActError, UploadRefused) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Het is ingeschreven. De aanvrager krijgt een bevestiging."))
            return redirect("decisions:case", pk=pk)
    heading = _("Aanvulling op papier inschrijven") if completes else _("Verantwoording op papier inschrijven")
    context = {"form": form, "questions": asked(definition, questions, answers), "heading": heading, "what": application.case_number}
    return render(request, "decisions/paper.html", context)
