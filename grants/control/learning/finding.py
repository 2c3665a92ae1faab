"""How the public finds lessons: by words, kind, theme, goal, area and municipality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from grants.control.learning.codes import area_names, goal_labels, holds, municipality_names, theme_labels
from grants.control.learning.models import Lesson
from grants.kernel.keyset import Sort

NEWEST = Sort("nieuw", "nieuwste eerst", ("published_at", "id"), descending=True)
MOST_WORDS = 8
RELATED = 5


def normalised(text: str) -> str:
    """Lower case, without accents, only letters and digits with single spaces."""
    loose = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(character if character.isalnum() else " " for character in loose if not unicodedata.combining(character))
    return re.sub(r"\s+", " ", kept).strip()


def search_words(lesson: Lesson) -> str:
    """What a lesson is found by. A part of a word finds it too: "tuin" finds "buurttuin"."""
    return normalised(" ".join((lesson.title, lesson.text, lesson.place, *lesson.theme_words, *lesson.goal_words)))


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor looks for; a value that does not exist counts as not asked."""

    words: str = ""
    kind: str = ""
    theme: str = ""
    goal: str = ""
    area: str = ""
    municipality: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Question:
        def known(name: str, values: Mapping[str, object]) -> str:
            return asked.get(name, "") if asked.get(name, "") in values else ""

        return cls(
            words=asked.get("q", "").replace("\0", "").strip()[:100], kind=known("soort", dict(Lesson.Kind.choices)), theme=known("thema", theme_labels()),
            goal=known("doel", goal_labels()), area=known("gebied", area_names()), municipality=known("gemeente", municipality_names()),
        )

    def address(self) -> str:
        """The same question as the query of an address."""
        named = {"q": self.words, "soort": self.kind, "thema": self.theme, "doel": self.goal, "gebied": self.area, "gemeente": self.municipality}
        return urlencode({name: value for name, value in named.items() if value})


def found_by(question: Question) -> QuerySet[Lesson]:
    """Published lessons that fit all that was asked."""
    lessons = Lesson.objects.public()
    for word in normalised(question.words).split()[:MOST_WORDS]:
        lessons = lessons.filter(words__contains=word)
    if question.kind:
        lessons = lessons.filter(kind=question.kind)
    if question.theme:
        lessons = lessons.filter(themes__contains=holds(question.theme))
    if question.goal:
        lessons = lessons.filter(goals__contains=holds(question.goal))
    if question.area:
        lessons = lessons.filter(area=question.area)
    if question.municipality:
        lessons = lessons.filter(municipality=question.municipality)
    return lessons


def related_to(lesson: Lesson) -> QuerySet[Lesson]:
    """Other published lessons that share a place, theme or goal: those that share most come first."""
    shares = [Q(themes__contains=holds(code)) for code in lesson.theme_codes] + [Q(goals__contains=holds(code)) for code in lesson.goal_codes]
    if lesson.area_id:
        shares.append(Q(area=lesson.area_id))
    others = Lesson.objects.public().exclude(pk=lesson.pk).exclude(answers=lesson.pk)
    if lesson.answers_id:
        others = others.exclude(pk=lesson.answers_id)
    if not shares:
        return others.none()
    points = sum((Case(When(share, then=1), default=0, output_field=IntegerField()) for share in shares), start=Value(0))
    return others.annotate(shared=points).filter(shared__gt=0).select_related("area", "municipality").order_by("-shared", "-published_at", "-id")[:RELATED]
