"""The page of one case: what is to be done first, then the facts, then all that hangs on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions import casefile, history, todo, versions
from decisions.selectors import decision_acts, plain_acts
from decisions.views.access import SEE_ACCOUNT, official_case
from decisions.views.people import ACTORS
from grants.applications.answering import asked, lists_of
from grants.applications.models import Application, Submission
from grants.applications.panels import panels_for
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role

TAIL = 5
"""The last events, on the case page; all of them are on the page of the history."""
SHORT = 8
"""A section with more lines than this starts closed."""


@allow(*CASE_READERS)
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    log_read(request.user, "case", application.chain)
    file = casefile.of(application)
    user, code = request.user, application.scheme_id
    shown = panels_for(request, application, official=True)
    assessment = getattr(application, "assessment", None)
    context = {
        "application": application,
        **_answers(application, file),
        "files": file.documents,
        "assessment": assessment,
        "may_confirm": bool(assessment) and application.status == Status.RECEIVED and user.has_role(Role.REVIEWER, scheme_code=code),
        "decisions": file.decisions,
        "open_decision": todo.open_decision(file),
        "letters": file.letters,
        "events": history.newest(application, TAIL),
        "events_total": application.chain.length,
        "shows_names": history.shows_names(user, code),
        "panels": list(enumerate(shown, 1)),
        "deadlines": file.deadlines,
        "mask_iban": not user.has_role(*SEE_ACCOUNT, scheme_code=code),
        "may_declare": user.has_role(*ACTORS, scheme_code=code),
        "todos": todo.of(file, plain_acts(application, user), decision_acts(application, user), clock.today()),
        "short": SHORT,
    }
    return render(request, "decisions/case.html", context)


def _answers(application: Application, file: casefile.CaseFile) -> dict[str, Any]:
    """The last version of the application and of the account, with what was not in order when the last of all came in."""
    sent_in = file.submissions
    found = {name: next((s for s in reversed(sent_in) if s.kind in kinds), None) for name, kinds in versions.FORMS.items()}
    of_application, of_report = found["application"], found["report"]
    context: dict[str, Any] = {
        "answers": [],
        "report": [],
        "progress": [s for s in sent_in if s.kind == Submission.Kind.PROGRESS],
        "warnings": sent_in[-1].warnings if sent_in else [],
        "may_compare": sum(bool(versions.form_of(s)) for s in sent_in) > 1,
    }
    if application.version is None:
        return context
    definition = application.version.definition
    lists = lists_of(definition)
    if of_application:
        context["answers"] = asked(definition, definition.questions, of_application.answers, lists=lists)
    if of_report:
        context["report"] = asked(definition, definition.report.questions, of_report.answers, lists=lists)
    return context
