"""Account for the activity: a draft that is kept, a page to check it, and then sending it in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.applications import deadlines, drafts, standing
from grants.applications.answering import asked, collect, lists_of
from grants.applications.asked import report_items_asked
from grants.applications.drafts import AnswerDraft
from grants.applications.files import FileQuestion, Problem, file_questions
from grants.applications.lifecycle.door import ActError, can_start
from grants.applications.models import Application
from grants.applications.reporting import budget
from grants.applications.services import accounting
from grants.applications.views.access import as_applicant, own_case
from grants.applications.views.attaching import attach
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.clock import AMSTERDAM
from grants.kernel.permissions import allow_signed_in
from grants.law.formats import long_date
from grants.schemes.reading import visible_questions

FORM = AnswerDraft.Form.REPORT
RULES = ("RECOVERY_TERM_REPORT", "REPORT_REMINDER", "REPORT_DUE")


@allow_signed_in
@requires_level("submit_report")
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill in the report. Whatever is posted is kept at once, also when it can no longer be sent in."""
    application = own_case(request, pk)
    if request.method == "POST":
        drafts.keep(application, FORM, _collected(request, application))
        answers, draft = _answers(application)
        attached = attach(request, application, [place.key for place in _places(application, answers)])
        if attached.problems:
            return render(request, "applications/account.html", _context(application, answers, draft, attached.problems))
        if not _may(application):
            messages.warning(request, _("Wat u typte, is bewaard. Wij kunnen het nu niet aannemen: kijk hieronder waarom."))
        elif "verder" in request.POST:
            return redirect("applications:account-check", pk=pk)
        elif not attached.removing:
            messages.success(request, _("Uw verantwoording is bewaard. Zij is nog niet ingestuurd."))
        return redirect("applications:account", pk=pk)
    answers, draft = _answers(application)
    return render(request, "applications/account.html", _context(application, answers, draft))


@allow_signed_in
@requires_level("submit_report")
@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that was filled in, with what is not right yet; none of that blocks."""
    application = own_case(request, pk)
    answers, draft = _answers(application)
    if draft is None:
        return redirect("applications:account", pk=pk)
    context = _context(application, answers, draft)
    context |= {"files": [file for place in context["places"] for file in place.files], "warnings": accounting.report_warnings(application, answers)}
    return render(request, "applications/account_check.html", context)


@allow_signed_in
@requires_level("submit_report")
@require_POST
def send_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the report in (T25, T28): the draft becomes a submission that never changes."""
    application = own_case(request, pk)
    answers, draft = _answers(application)
    if draft is None:
        messages.info(request, _("Er is geen verantwoording om in te sturen. Misschien is zij al ingestuurd: kijk bij wat u hebt ingestuurd."))
        return redirect(application)
    if not request.POST.get("verklaring"):
        messages.error(request, _("Zet een vinkje bij de verklaring. Daarmee ondertekent u de verantwoording."))
        return redirect("applications:account-check", pk=pk)
    try:
        accounting.submit_report(application_id=pk, answers=answers, actor=as_applicant(request))
    except ActError as error:
        messages.error(request, str(error))
        return redirect("applications:account-check", pk=pk)
    now = clock.now().astimezone(AMSTERDAM)
    messages.success(
        request, _("Wij hebben uw verantwoording ontvangen op %(day)s om %(time)s uur. U krijgt ook een brief waarin dat staat.")
        % {"day": long_date(now.date()), "time": f"{now:%H.%M}"},
    )
    return redirect(application)


def _may(application: Application) -> bool:
    return can_start(application, "submit_report") or can_start(application, "complete_report")


def _collected(request: HttpRequest, application: Application) -> dict[str, Any]:
    questions = application.definition.report.questions
    costs = budget.cost_question(application.definition)
    found = collect([q for q in questions if q is not costs], request.POST)
    if costs is not None and f"asked-{costs.key}" in request.POST:
        found[costs.key] = budget.collect_lines(costs, request.POST, application)
    return found


def _answers(application: Application) -> tuple[dict[str, Any], AnswerDraft | None]:
    """What the report says now: as sent in before, with what was typed since."""
    draft = drafts.draft_of(application, FORM)
    last = application.submissions.filter(kind__startswith="report").order_by("-received_at", "-id").first()
    return {**(last.answers if last else {}), **(draft.answers if draft else {})}, draft


def _places(application: Application, answers: dict[str, Any], problems: tuple[Problem, ...] = ()) -> list[FileQuestion]:
    """The places for photos and other files of the account, given its answers."""
    return file_questions(application, application.definition.report, answers=answers, problems=problems)


def _context(application: Application, answers: dict[str, Any], draft: AnswerDraft | None, problems: tuple[Problem, ...] = ()) -> dict[str, Any]:
    definition = application.definition
    report, costs = definition.report, budget.cost_question(definition)
    # A question with a condition is shown once its condition is met, or always to who never saved: nothing is hidden by a script.
    questions = [question for question in visible_questions(report.questions, answers) if question.kind != "file"]
    shown = asked(definition, questions, answers, lists=lists_of(definition))
    sections = [(section, [q for q in shown if q.question.section == section.key]) for section in report.sections]
    running = [term for rule in RULES if (term := deadlines.current(application, rule)) is not None]
    term = running[0] if running else None
    lines = budget.lines_of(application, answers.get(costs.key)) if costs is not None else []
    return {
        "application": application, "may": _may(application), "report": report, "sections": [s for s in sections if s[1]], "answers": shown,
        "cost_key": costs.key if costs else "", "lines": lines, "totals": budget.totals(lines), "filled": [x for x in lines if x.spent is not None],
        "draft": draft, "places": _places(application, answers, problems), "problems": problems, "items": report_items_asked(application) if application.status == "report_incomplete" else (),
        "term": term, "when": standing.days_words(term.last_day, clock.today()) if term else "",
    }
