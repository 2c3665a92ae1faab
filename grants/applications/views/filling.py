"""Fill in a draft: the task list, a page for each section, and the saving behind the back of the page."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.applications.answering import MOST_ROWS, posted_answers
from grants.applications.files import Problem
from grants.applications.form import pages
from grants.applications.lifecycle.door import can_start
from grants.applications.models import Application
from grants.applications.panels import panels_for
from grants.applications.services.saving import Saved, save_answers
from grants.applications.views.access import shared_case
from grants.applications.views.attaching import attach
from grants.kernel.assurance import requires_level
from grants.kernel.canonical import sha256
from grants.kernel.permissions import allow_signed_in
from grants.schemes.answer_values import is_empty
from grants.schemes.reading import Part, Remark, State


@allow_signed_in
@requires_level("write_draft")
@require_GET
def fill_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The start of filling in is the task list, that stands on the page of the draft."""
    return redirect(shared_case(request, pk))


def task_list(request: HttpRequest, application: Application) -> HttpResponse:
    """The page of a case that is still a draft."""
    remarks = pages.remarks_on(application)
    tasks = pages.tasks(application, remarks)
    acts = application.is_represented_by(request.user)
    context = {
        "application": application,
        "acts": acts,
        "definition": application.definition,
        "tasks": tasks,
        "files_wanted": pages.files_wanted(application),
        "files": application.documents.filter(submission__isnull=True).count(),
        "earlier": acts and pages.has_earlier(application, request.user),
        "may_withdraw": acts and can_start(application, "withdraw_application"),
        "panels": panels_for(request, application, official=False) if acts else [],
        "problems": len(pages.noticed(application, remarks)) if any(task.state != State.NEW for task in tasks) else 0,
    }
    return render(request, "applications/tasks.html", context)


@allow_signed_in
@requires_level("write_draft")
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    application = shared_case(request, pk)
    if application.status != "draft":
        messages.info(request, _("Deze aanvraag is al ingestuurd. Hieronder ziet u hoe het ermee staat."))
        return redirect(application)
    part = pages.part_of(application, section)
    if part is None:
        raise Http404
    if request.method == "GET":
        return _page(request, application, part)
    asked_before = {question.key for question in part.shown}
    places = pages.file_keys(application, part)
    try:
        saved = save_answers(application_id=pk, posted=posted_answers(part.offered, request.POST), user=request.user)
    except Application.DoesNotExist:  # sent in by a colleague in this very moment
        return redirect(application)
    application.draft_answers, application.draft_saved_at = saved.application.draft_answers, saved.application.draft_saved_at
    attached = attach(request, application, places)
    part = pages.part_of(application, section)
    if part is None:
        return redirect(application)
    if saved.conflicts or attached.problems:
        return _page(request, application, part, saved, attached.problems, status=409 if saved.conflicts else 200)
    if attached.removing:
        return redirect(_again(request, application, section))
    return redirect(_next(request, application, part, asked_before))


@allow_signed_in
@requires_level("write_draft")
@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save the posted answers; answers as JSON what became of each (saved, or changed by somebody else meanwhile)."""
    application = shared_case(request, pk)
    definition = application.definition
    if application.status != "draft":
        return JsonResponse({"status": "sent_in", "address": application.get_absolute_url()}, status=409)
    try:
        saved = save_answers(application_id=pk, posted=posted_answers(definition.questions, request.POST), user=request.user)
    except Application.DoesNotExist:
        return JsonResponse({"status": "sent_in", "address": application.get_absolute_url()}, status=409)
    now = saved.application
    found = {
        "status": "conflict" if saved.conflicts else "saved",
        "at": _clock(saved.moment),
        "tokens": saved.tokens,
        "remarks": pages.remark_texts(definition.questions, pages.remarks_on(now), saved.tokens),
        "conflicts": {
            key: {
                "token": conflict.token, "value": conflict.theirs if conflict.theirs is not None else "",
                "words": pages.answer_now(application, conflict), "who": _who(request, conflict.by), "at": _clock(conflict.at) if conflict.at else "",
            }
            for key, conflict in saved.conflicts.items()
        },
    }
    return JsonResponse(found)


def _page(
    request: HttpRequest, application: Application, part: Part, saved: Saved | None = None, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    key = part.section.key
    file_keys = pages.file_keys(application, part)
    remarks = [r for r in pages.remarks_on(application) if r.key in file_keys.union(q.key for q in part.shown)]
    tell_all = "nakijken" in request.GET
    places = pages.places_of(application, part, remarks=remarks if tell_all else (), problems=problems)
    before, after = pages.neighbours(application, key)
    conflicts = saved.conflicts if saved else {}
    context = {
        "application": application, "definition": application.definition, "section": part.section, "before": before, "after": after,
        "lines": pages.lines(application, part, remarks, rows=_rows(request), conflicts=conflicts, missing=tell_all, places=places),
        "places": [place for key, place in places.items() if key not in {q.key for q in part.offered}], "has_files": bool(places), "problems": problems,
        "remarks": [r for r in remarks if r.key and (tell_all or r.severity != "missing")],
        "seen": _seen(remarks),
        "balance": pages.balance_of(application, part),
        "back_to_check": "controleren" in (request.GET.get("terug"), request.POST.get("terug")),
        "conflicts": conflicts,
        "file_keys": file_keys,
        "number": [p.section.key for p in pages.parts(application.definition, application.draft_answers)].index(key) + 1,
        "of": len(pages.parts(application.definition, application.draft_answers)),
    }
    return render(request, "applications/section.html", context, status=status)


def _next(request: HttpRequest, application: Application, part: Part, asked_before: set[str]) -> str:
    """Where a saved page leads: back, on, or to itself when there is something new to see. A warning is shown once and never blocks."""
    data, key = request.POST, part.section.key
    here = reverse("applications:section", args=[application.pk, key])
    terug = _terug(request)
    again = _again(request, application, key)
    table = data.get("regel", "")
    if table in {question.key for question in part.offered}:
        shown = sum(1 for name in data if name.startswith(f"{table}-") and name.endswith("-amount"))
        return f"{here}?{urlencode({'rijen': f'{table}:{min(shown + 1, MOST_ROWS)}', **terug})}#vraag-{table}"
    before, after = pages.neighbours(application, key)
    if "vorige" in data:
        return reverse("applications:section", args=[application.pk, before]) if before else application.get_absolute_url()
    if "overzicht" in data:
        return application.get_absolute_url()
    new = [q.key for q in part.shown if q.key not in asked_before and is_empty(application.draft_answers.get(q.key))]
    if "verder" not in data or new:
        if new:
            messages.info(request, _("Door uw antwoord is er een vraag bij gekomen. Vul die ook in."))
        else:
            messages.success(request, _("Uw antwoorden zijn bewaard."))
        return f"{again}#vraag-{new[0]}" if new else again
    remarks = [r for r in pages.remarks_on(application) if r.key in {q.key for q in part.shown}]
    if _seen(remarks) and data.get("gezien") != _seen(remarks):
        return again
    if terug:
        return reverse("applications:check", args=[application.pk])
    if after:
        return reverse("applications:section", args=[application.pk, after])
    return reverse("applications:check", args=[application.pk])


def _terug(request: HttpRequest) -> dict[str, str]:
    return {"terug": "controleren"} if request.POST.get("terug") == "controleren" else {}


def _again(request: HttpRequest, application: Application, key: str) -> str:
    """This same page, that still knows where it leads back to."""
    here, terug = reverse("applications:section", args=[application.pk, key]), _terug(request)
    return f"{here}?{urlencode(terug)}" if terug else here


def _seen(remarks: list[Remark]) -> str:
    """Stands for the warnings on a page, so that the same ones do not stop somebody a second time."""
    texts = [r.text for r in remarks if r.severity == "warning"]
    return sha256(texts)[:16] if texts else ""


def _rows(request: HttpRequest) -> dict[str, int]:
    """How many rows a table was asked to show (`?rijen=kosten:6`)."""
    table, _colon, number = request.GET.get("rijen", "").partition(":")
    return {table: int(number)} if number.isascii() and number.isdigit() and len(number) < 5 else {}


def _clock(moment: object) -> str:
    return date_format(timezone.localtime(moment), "H.i")  # type: ignore[arg-type]


def _who(request: HttpRequest, by: object) -> str:
    """Who saved the other version, as this person reads it."""
    if by is None:
        return ""
    return _("uzelf, in een ander venster") if by == request.user else str(by)
