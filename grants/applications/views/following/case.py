"""One case for its applicant: what to do first, the steps with their days, and everything that hangs on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grants.applications import drafts, standing
from grants.applications.journey import steps_of
from grants.applications.lifecycle.door import can_start
from grants.applications.messages.models import CaseMessage
from grants.applications.models import Application
from grants.applications.panels import MONEY, RIGHTS, panels_for
from grants.applications.term_changes import TermChange
from grants.applications.views.access import own_case, shared_case
from grants.applications.views.filling import task_list
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from letters.models import Dispatch, Letter


@allow_signed_in
@requires_level("see_case")
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = shared_case(request, pk)
    if application.status == "draft":
        return task_list(request, application)
    application = own_case(request, pk)
    today = clock.today()
    pauses = TermChange.objects.filter(deadline=OuterRef("pk"), kind__in=TermChange.SUSPENSIONS, last_day__isnull=True)
    terms = list(application.deadlines.annotate(stands_still=Exists(pauses)))
    days = dict(application.chain.events.order_by().values_list("act").annotate(last=Max("valid_on")))
    panels = panels_for(request, application, official=False)
    who, sentence = standing.now_of(application)
    context = {
        "application": application,
        "who": standing.AT_WORK[who],
        "sentence": sentence,
        "duties": standing.duties_of(application, terms, today),
        "steps": steps_of(application, terms, days, today),
        "letters": letters_of(application),
        "submissions": application.submissions.all(),
        "panels": [panel for panel in panels if panel.place not in (MONEY, RIGHTS)],
        "money": [panel for panel in panels if panel.place == MONEY],
        "rights": [panel for panel in panels if panel.place == RIGHTS],
        **_messages(application),
        **_acts(application),
    }
    return render(request, "applications/case.html", context)


def letters_of(application: Application) -> Any:
    """What was sent, the newest first; `is_unread` as long as nobody of the applicant opened it."""
    opened = Dispatch.objects.filter(letter=OuterRef("pk"), read_at__isnull=False)
    return Letter.objects.filter(chain=application.chain_id, state=Letter.State.SENT).annotate(is_unread=~Exists(opened)).order_by("-created_at")


def _messages(application: Application) -> dict[str, Any]:
    unread = CaseMessage.objects.unread_by_applicant().filter(pk=OuterRef("pk"))
    newest = CaseMessage.objects.filter(application=application).annotate(is_unread=Exists(unread)).order_by("-id")[:3]
    return {"newest_messages": list(newest)}


def _acts(application: Application) -> dict[str, Any]:
    """What the applicant may do of her own accord."""
    report = drafts.draft_of(application, drafts.AnswerDraft.Form.REPORT)
    return {
        "may_withdraw": can_start(application, "withdraw_application"),
        "may_account": can_start(application, "submit_report") or can_start(application, "complete_report"),
        "may_report_change": can_start(application, "report_change"),
        "report_draft": report,
        "may_write": application.case_number is not None,
    }
