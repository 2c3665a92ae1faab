"""Policy officers read what was offered, make it anonymous, and publish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grants.control.learning import anonymising
from grants.control.learning.errors import NotNow, Recognisable
from grants.control.learning.forms import LessonForm, ReasonForm
from grants.control.learning.models import Lesson, LessonProposal
from grants.control.learning.recognising import few_grants, names_behind
from grants.control.learning.services import reviewing
from grants.kernel.access import log_read
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.models import User
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from grants.kernel.typed import whole_number

officer = allow(Role.POLICY_OFFICER)
PAGE = 30
NEWEST_OFFERED = Sort("ontvangen", "nieuwste eerst", ("received_at", "id"), descending=True)
NEWEST_CHANGED = Sort("gewijzigd", "laatst gewijzigd eerst", ("changed_at", "id"), descending=True)
ABOUT = {LessonProposal.Source.REPORT: Lesson.Kind.GOOD_PRACTICE, LessonProposal.Source.CONTRIBUTION: Lesson.Kind.INTERVENTION}


@officer
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits, and what was done with the rest."""
    state = request.GET.get("stand", LessonProposal.State.WAITING)
    state = state if state in LessonProposal.State.values else LessonProposal.State.WAITING
    found = LessonProposal.objects.visible_to(request.user).filter(state=state)
    page = page_or_first(found.select_related("scheme", "area", "municipality", "answers"), NEWEST_OFFERED, PAGE, request.GET.get("na", ""))
    tabs = [(choice.value, choice.label, choice.value == state) for choice in LessonProposal.State]
    return render(request, "learning/review/proposals.html", {"page": page, "tabs": tabs, "state": state})


@officer
@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Every lesson, on the site or not."""
    state = request.GET.get("stand", "")
    state = state if state in Lesson.State.values else ""
    found = _lessons_of(request.user).filter(state=state) if state else _lessons_of(request.user)
    page = page_or_first(found.select_related("area", "municipality"), NEWEST_CHANGED, PAGE, request.GET.get("na", ""))
    tabs = [("", _("alle"), not state), *((choice.value, choice.label, choice.value == state) for choice in Lesson.State)]
    return render(request, "learning/review/lessons.html", {"page": page, "tabs": tabs, "state": state})


@officer
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The story as it was written, with hints, and beside it the lesson that is made of it."""
    found = _proposal(request.user, pk)
    form = LessonForm(request.POST or None, initial=_start(found))
    if request.method == "POST" and form.is_valid():
        lesson = _saved(request, form, found, proposal_id=pk)
        if lesson is not None:
            return redirect("learning-review:lesson", lesson=lesson.pk)
    return _page(request, form, found, None)


@officer
@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """A lesson: change it, publish it, and see every version."""
    found = get_object_or_404(_lessons_of(request.user), pk=lesson)
    source = _proposal(request.user, found.proposal_id) if found.proposal_id is not None else None
    form = LessonForm(request.POST or None, initial=_content(found))
    if request.method == "POST" and form.is_valid():
        kept = _saved(request, form, source, lesson_id=found.pk)
        if kept is not None:
            return redirect("learning-review:lesson", lesson=found.pk)
    return _page(request, form, source, found)


@officer
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A lesson or an open question of the policy officer's own."""
    form = LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = _saved(request, form, None)
        if kept is not None:
            return redirect("learning-review:lesson", lesson=kept.pk)
    return _page(request, form, None, None)


def _saved(request: HttpRequest, form: LessonForm, source: LessonProposal | None, **which: Any) -> Lesson | None:
    publish = "publish" in request.POST
    try:
        kept = reviewing.save_lesson(
            written=form.written(), by=request.user, seen=form.cleaned_data["seen"], publish=publish, checked=form.cleaned_data["checked"], **which,
        )
    except Recognisable as error:
        form.add_error("checked", _("Er staat iets in dat naar een persoon kan wijzen: %(hits)s. Haal het weg, of zet dit vinkje.") % {"hits": ", ".join(error.words)})
        return None
    except NotNow as error:
        form.add_error(None, str(error))
        return None
    on_site = kept.state == Lesson.State.PUBLISHED
    messages.success(request, _("De les staat op de site.") if on_site else _("De les is bewaard als concept. Nog niemand anders ziet haar."))
    return kept


def _page(request: HttpRequest, form: LessonForm, source: LessonProposal | None, found: Lesson | None) -> HttpResponse:
    names = names_behind(source)
    original = [(label, anonymising.marked(text, anonymising.hits(text, names))) for label, text in source.texts] if source is not None else []
    if source is not None and original:
        log_read(request.user, "lesson", source.application.chain if source.application is not None else None)
    draft = f"{form['title'].value() or ''}\n{form['text'].value() or ''}".replace("\r\n", "\n")
    found_hits = anonymising.hits(draft, names)
    area, municipality, goals = form.place_and_goals()
    return render(request, "learning/review/edit.html", {
        "form": form, "proposal": source, "lesson": found, "original": original, "few": few_grants(area=area, municipality=municipality, goals=goals),
        "hits": [(draft[hit.start : hit.end], anonymising.LABELS[hit.kind]) for hit in found_hits],
        "revisions": found.revisions.select_related("by").order_by("-number") if found is not None else (),
        "others": [other for other in source.lessons.all() if found is None or other.pk != found.pk] if source is not None else (),
        "steps": source.steps.select_related("by") if source is not None else (), "reason_form": ReasonForm(prefix="why"),
    }, status=400 if form.errors else 200)


def _start(found: LessonProposal) -> dict[str, Any]:
    """The form for a new lesson from a proposal: the text is copied, so that it only has to be made anonymous."""
    return {
        "kind": found.suggested_kind or ABOUT.get(LessonProposal.Source(found.source), Lesson.Kind.GOOD_PRACTICE), "themes": found.theme_codes, "goals": found.goal_codes,
        "area": found.area_id or "", "municipality": found.municipality_id or "", "answers": found.answers_id,
        "text": "\n\n".join(text for _label, text in found.texts), "seen": 0,
    }


def _content(found: Lesson) -> dict[str, Any]:
    last = found.revisions.order_by("-number").values_list("number", flat=True).first()
    return {**found.as_content(), "answers": found.answers_id, "seen": last or 0}


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST, prefix="why")
    if not form.is_valid():
        messages.error(request, _("Schrijf in hoogstens 500 tekens waarom. Er is nog niets gewijzigd."))
        return ""
    return str(form.cleaned_data["reason"])


@officer
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proposal(request.user, pk)
    reason = _reason(request)
    if not reason:
        return redirect(found)
    try:
        reviewing.reject(proposal_id=pk, by=request.user, reason=reason)
    except NotNow as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, _("Het voorstel wordt niet gebruikt. De gever ziet uw reden."))
    return redirect("learning-review:proposals")


@officer
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proposal(request.user, pk)
    try:
        reviewing.reopen(proposal_id=pk, by=request.user)
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Het voorstel wacht weer op u."))
    return redirect(found)


@officer
@require_POST
def take_back(request: HttpRequest, lesson: UUID) -> HttpResponse:
    return _act_on(request, lesson, reviewing.take_back, _("De les staat niet meer op de site."))


@officer
@require_POST
def empty(request: HttpRequest, lesson: UUID) -> HttpResponse:
    return _act_on(request, lesson, reviewing.empty_versions, _("De oude versies zijn leeg. Wie wat wanneer deed, blijft staan."))


def _act_on(request: HttpRequest, pk: UUID, act: Any, done: str) -> HttpResponse:
    found = get_object_or_404(_lessons_of(request.user), pk=pk)
    if reason := _reason(request):
        try:
            act(lesson_id=found.pk, by=request.user, reason=reason)
        except NotNow as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
    return redirect("learning-review:lesson", lesson=found.pk)


@officer
@require_GET
def version(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """What one version said."""
    found = get_object_or_404(_lessons_of(request.user), pk=lesson)
    number = whole_number(request.GET.get("nummer", "1"))
    revision = found.revisions.select_related("by").filter(number=number).first() if number is not None else None
    if revision is None:
        raise Http404
    return render(request, "learning/review/version.html", {"lesson": found, "revision": revision})


def _proposal(user: User, pk: int) -> LessonProposal:
    rows = LessonProposal.objects.visible_to(user).select_related("scheme", "area", "municipality", "answers", "contributed_by", "application__chain", "application__applicant")
    return get_object_or_404(rows.prefetch_related("lessons"), pk=pk)


def _lessons_of(user: User) -> Any:
    """Lessons that the officer may edit: those of the house, and those from proposals that this person may see."""
    own = Lesson.objects.filter(proposal__isnull=True)
    return own | Lesson.objects.filter(proposal__in=LessonProposal.objects.visible_to(user).values("pk"))
