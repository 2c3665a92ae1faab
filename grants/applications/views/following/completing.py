"""Answer our request to complete the application: what we miss, item by item, and only those questions open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grants.applications import deadlines, drafts, standing
from grants.applications.answering import asked, collect, lists_of
from grants.applications.asked import items_asked, questions_asked
from grants.applications.drafts import AnswerDraft
from grants.applications.files import FileQuestion, Problem, file_questions
from grants.applications.lifecycle.door import ActError, can_start
from grants.applications.models import Application
from grants.applications.services import applying
from grants.applications.views.access import as_applicant, own_case
from grants.applications.views.attaching import attach
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in
from grants.schemes.reading import remarks, visible_questions

FORM = AnswerDraft.Form.COMPLETION
EXPLAINED = "toelichting_aanvulling"
"""The key of what the applicant wrote beside each item that we asked for."""


@allow_signed_in
@requires_level("complete_application")
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was typed is kept first, then the files, and then it is sent in (T06) when that was asked; refused, it stands on the page again."""
    application = own_case(request, pk)
    items = items_asked(application)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        draft = drafts.keep(application, FORM, _collected(application, items, request.POST))
        attached = attach(request, application, [place.key for place in _places(application, draft.answers)])
        problems = attached.problems
        if not problems and (attached.removing or "bewaren" in request.POST):
            if not attached.removing:
                messages.success(request, _("Wat u typte, is bewaard. Het is nog niet ingestuurd."))
            return redirect("applications:complete", pk=pk)
        if not problems:
            try:
                applying.complete(application_id=pk, answers=draft.answers, actor=as_applicant(request))
            except ActError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("Wij hebben uw aanvulling ontvangen."))
                return redirect(application)
    return render(request, "applications/complete.html", _context(request, application, items, problems))


def _places(application: Application, typed: dict[str, Any], problems: tuple[Problem, ...] = ()) -> list[FileQuestion]:
    """The places for files of the application, as it would be with what was typed now."""
    return file_questions(application, application.definition, answers={**application.draft_answers, **typed}, problems=problems)


def _collected(application: Application, items: tuple[str, ...], data: QueryDict) -> dict[str, Any]:
    found = collect(application.definition.questions, data)
    said = [{"item": item, "text": data.get(f"toelichting-{n}", "").replace("\x00", "").strip()} for n, item in enumerate(items)]
    return {**found, EXPLAINED: said} if items else found


def _context(request: HttpRequest, application: Application, items: tuple[str, ...], problems: tuple[Problem, ...]) -> dict[str, Any]:
    definition = application.definition
    draft = drafts.draft_of(application, FORM)
    answers = {**application.draft_answers, **(draft.answers if draft else {})}
    questions = [question for question in visible_questions(definition.questions, answers) if question.kind != "file"]
    shown = asked(definition, questions, answers, lists=lists_of(definition))
    open_keys = _open_keys(application, items, answers) | {request.GET.get("vraag", "")} | set(draft.answers if draft else ())
    said = {row.get("item"): row.get("text", "") for row in answers.get(EXPLAINED, ()) if isinstance(row, dict)} if draft else {}
    term = deadlines.current(application, "RECOVERY_TERM")
    return {
        "application": application, "may": can_start(application, "complete"), "term": term,
        "when": standing.days_words(term.last_day, clock.today()) if term else "",
        "items": [(n, item, said.get(item, "")) for n, item in enumerate(items)],
        "open": [q for q in shown if q.question.key in open_keys], "closed": [q for q in shown if q.question.key not in open_keys],
        "draft": draft, "problems": problems, "places": _places(application, draft.answers if draft else {}, problems),
    }


def _open_keys(application: Application, items: tuple[str, ...], answers: dict[str, Any]) -> set[str]:
    """The questions that the request names; else those of which something is missing, and those that an item speaks of by name."""
    named = questions_asked(application)
    if named:
        return set(named)
    files = frozenset(application.documents.usable().values_list("question_key", flat=True))
    found = {remark.key for remark in remarks(application.definition, answers, documents=files, today=clock.today())}
    texts = " ".join(items).casefold()
    return found | {q.key for q in application.definition.questions if q.label.casefold().rstrip("?") in texts}
