"""The case page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.models import Assessment, Beschikking
from decisions.selectors import decision_acts, plain_acts
from decisions.views.access import SEE_ACCOUNT, official_case
from decisions.views.people import ACTORS
from grants.applications.answering import asked
from grants.applications.models import Submission
from grants.applications.panels import panels_for
from grants.applications.statuses import Status
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from letters.models import Letter


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
