"""What everyone may read, without an account, a cookie or a script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaks
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from grants.control.learning.codes import area_names, goal_labels, municipality_names, theme_labels
from grants.control.learning.errors import NotNow
from grants.control.learning.finding import NEWEST, Question, found_by, related_to
from grants.control.learning.forms import AnswerForm, labels
from grants.control.learning.models import Lesson
from grants.control.learning.services import proposing
from grants.kernel.assurance import requires_level
from grants.kernel.keyset import page_or_first
from grants.kernel.permissions import allow_public, allow_signed_in

PAGE, IN_FEED = 20, 50


@allow_public
@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Search, or walk through all lessons from new to old."""
    question = Question.read(request.GET)
    page = page_or_first(found_by(question).select_related("area", "municipality"), NEWEST, PAGE, request.GET.get("na", ""))
    everything = ("", _("Alle"))
    filters = [
        (name, label, chosen, [everything, *options])
        for name, label, chosen, options in (
            ("soort", _("Soort"), question.kind, labels(Lesson.Kind)),
            ("thema", _("Thema"), question.theme, theme_labels().items()),
            ("doel", _("Doel"), question.goal, goal_labels().items()),
            ("gebied", _("Gebied"), question.area, area_names().items()),
            ("gemeente", _("Gemeente"), question.municipality, municipality_names().items()),
        )
    ]
    return render(request, "learning/lessons.html", {
        "page": page, "question": question, "filters": filters, "address": question.address(), "is_later": "na" in request.GET,
    })


@allow_public
@require_GET
def lesson(request: HttpRequest, lesson: UUID) -> HttpResponse:
    found = get_object_or_404(Lesson.objects.public().select_related("area", "municipality", "answers"), pk=lesson)
    answers = Lesson.objects.public().filter(answers=found).select_related("area", "municipality").order_by("published_at", "id")
    asked = found.answers if found.answers is not None and found.answers.state == Lesson.State.PUBLISHED else None
    return render(request, "learning/lesson.html", {
        "lesson": found, "answers": answers, "asked": asked, "related": related_to(found), "is_question": found.kind == Lesson.Kind.QUESTION,
    })


@allow_signed_in
@requires_level("share_lesson")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Answer an open question; a policy officer reads it first."""
    question = get_object_or_404(Lesson.objects.open_questions(), pk=lesson)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposing.contribute(question_id=question.pk, text=form.cleaned_data["text"], by=request.user)
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dank u wel. Wij lezen uw antwoord. Hier ziet u wat ermee gebeurt."))
            return redirect("learning:mine")
    return render(request, "learning/answer.html", {"question": question, "form": form}, status=400 if form.errors else 200)


class Newest(Feed):
    """The newest lessons as an Atom feed; it takes the same questions as the page."""

    feed_type = Atom1Feed
    title = gettext_lazy("Lerend netwerk leefbaarheid")
    subtitle = gettext_lazy("Wat werkt in wijken en dorpen, en wat niet")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Question:
        return Question.read(request.GET)

    def link(self, question: Question) -> str:
        return settings.PUBLIC_URL + reverse("learning:lessons")

    def feed_url(self, question: Question) -> str:
        asked = question.address()
        return settings.PUBLIC_URL + reverse("learning:feed") + (f"?{asked}" if asked else "")

    def items(self, question: Question) -> Any:
        return found_by(question).order_by("-published_at", "-id")[:IN_FEED]

    def item_title(self, item: Lesson) -> str:
        return item.title

    def item_description(self, item: Lesson) -> str:
        return linebreaks(item.text, autoescape=True)

    def item_link(self, item: Lesson) -> str:
        return settings.PUBLIC_URL + item.get_absolute_url()

    def item_guid(self, item: Lesson) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: Lesson) -> Any:
        return item.published_at

    def item_updateddate(self, item: Lesson) -> Any:
        return item.changed_at

    def item_categories(self, item: Lesson) -> list[str]:
        return [str(item.get_kind_display()), *item.theme_words]


@allow_public
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    return Newest()(request)
