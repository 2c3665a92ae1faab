"""The work list and the case page."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.models import Assessment, Beschikking
from decisions.models.batching import BANK_READERS
from decisions.related_panels import ACTORS
from decisions.selectors import decision_acts, plain_acts
from decisions.views.access import SEE_ACCOUNT, official_case
from grants.applications.answering import asked
from grants.applications.models import Application, Submission
from grants.applications.panels import panels_for
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from letters.models import Letter

PAGE = 50


@allow(*CASE_READERS)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Cases by number; filter by status, or search by number, title or applicant."""
    cases = Application.objects.visible_to(request.user).exclude(status=Status.DRAFT).select_related("scheme", "applicant", "handler")
    status, query = request.GET.get("status", "open"), request.GET.get("q", "").strip()
    if query:
        cases = cases.filter(Q(case_number__iexact=query) | Q(title__icontains=query) | Q(applicant__name__icontains=query))
    elif status == "open":
        cases = cases.exclude(status__in=[Status.CLOSED, Status.WITHDRAWN, Status.FORWARDED]).filter(origin__in=["portal", "paper"])
    elif status in Status.values:
        cases = cases.filter(status=status)
    after = request.GET.get("na", "")
    cases = cases.order_by("case_number")
    if after:
        cases = cases.filter(case_number__gt=after)
    rows = list(cases[: PAGE + 1])
    context = {
        "cases": rows[:PAGE],
        "next": rows[PAGE - 1].case_number if len(rows) > PAGE else "",
        "statuses": Status.choices[1:],
        "chosen": status,
        "query": query,
        "today": clock.today(),
        "shows_positions": request.user.has_role(*ACTORS),
        "shows_post_room": request.user.has_role(Role.INTAKE_OFFICER),
        "shows_bank": request.user.has_role(*BANK_READERS),
    }
    return render(request, "decisions/work.html", context)


@allow(*CASE_READERS)
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    log_read(request.user, "case", application.chain)
    definition = application.version.definition if application.version else None
    sent_in = list(application.submissions.all())
    last = next((s for s in reversed(sent_in) if s.kind in (Submission.Kind.APPLICATION, Submission.Kind.COMPLETION)), None)
    report = next((s for s in reversed(sent_in) if s.kind in (Submission.Kind.REPORT, Submission.Kind.REPORT_COMPLETION)), None)
    context = {
        "application": application,
        "answers": asked(definition, definition.questions, last.answers) if definition and last else [],
        "progress": [s for s in sent_in if s.kind == Submission.Kind.PROGRESS],
        "report": asked(definition, definition.report.questions, report.answers) if definition and report else [],
        "warnings": sent_in[-1].warnings if sent_in else [],
        "files": application.documents.all(),
        "assessment": Assessment.objects.filter(application=application).select_related("handler", "reviewer").first(),
        "may_confirm": application.status == Status.RECEIVED and request.user.has_role(Role.REVIEWER, scheme_code=application.scheme_id),
        "decisions": Beschikking.objects.filter(application=application).select_related("prepared_by", "signed_by"),
        "letters": Letter.objects.of_chain(application.chain_id),
        "events": application.chain.events.select_related("actor", "on_behalf_of").order_by("-position"),
        "panels": panels_for(request, application, official=True),
        "deadlines": application.deadlines.all(),
        "mask_iban": not request.user.has_role(*SEE_ACCOUNT, scheme_code=application.scheme_id),
        "may_declare": request.user.has_role(*ACTORS, scheme_code=application.scheme_id),
        "plain_acts": plain_acts(application, request.user),
        "decision_acts": decision_acts(application, request.user),
    }
    return render(request, "decisions/case.html", context)
