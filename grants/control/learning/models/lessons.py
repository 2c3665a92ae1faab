"""Lessons as the public reads them, and every version there was."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.control.learning.codes import Topics
from grants.kernel import triggers
from grants.schemes.models import Area, Municipality


class LessonQuerySet(models.QuerySet["Lesson"]):
    def public(self) -> LessonQuerySet:
        """What everyone may read. Public pages, the feed and related items start here and nowhere else."""
        return self.filter(state=Lesson.State.PUBLISHED)

    def open_questions(self) -> LessonQuerySet:
        return self.public().filter(kind=Lesson.Kind.QUESTION)


class Lesson(Topics, models.Model):
    """Something that others can learn from, without anything that points to a person. Holds no reference to a case.

    Where it came from stands in `proposal`, a row of its own that public pages never read. `words` is what is searched in.
    """

    class Kind(models.TextChoices):
        GOOD_PRACTICE = "good_practice", _("goed voorbeeld")
        INTERVENTION = "intervention", _("aanpak die werkt")
        BOTTLENECK = "bottleneck", _("knelpunt")
        QUESTION = "question", _("open vraag")

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        PUBLISHED = "published", _("gepubliceerd")
        TAKEN_BACK = "taken_back", _("van de site gehaald")

    class BottleneckState(models.TextChoices):
        OPEN = "open", _("nog niet opgelost")
        SOLVED = "solved", _("opgelost")
        AT_STATE = "at_state", _("gemeld bij het Rijk")
        AT_EU = "at_eu", _("gemeld bij de EU")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey("control.LessonProposal", on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons")
    kind = models.CharField(_("soort"), max_length=20, choices=Kind)
    title = models.CharField(_("titel"), max_length=150)
    text = models.TextField(_("tekst"), max_length=6000)
    themes = models.CharField(_("thema's"), max_length=200, blank=True)
    goals = models.CharField(_("doelen"), max_length=200, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bottleneck_state = models.CharField(_("stand van het knelpunt"), max_length=12, choices=BottleneckState, blank=True)
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_by")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    words = models.TextField(blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        app_label = "control"
        verbose_name = _("les")
        verbose_name_plural = _("lessen")
        indexes = [models.Index(fields=["-published_at", "-id"], name="lesson_newest", condition=Q(state="published"))]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["good_practice", "intervention", "bottleneck", "question"]), name="lesson_known_kind"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published", "taken_back"]), name="lesson_known_state"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, published_by__isnull=False) & ~Q(title="") & ~Q(text=""),
                name="lesson_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="bottleneck", bottleneck_state__in=["open", "solved", "at_state", "at_eu"]) | ~Q(kind="bottleneck") & Q(bottleneck_state=""),
                name="lesson_bottleneck_has_a_state",
            ),
            models.CheckConstraint(condition=Q(answers__isnull=True) | ~Q(answers=F("id")), name="lesson_answers_another"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:lesson", args=[self.pk])

    @property
    def place(self) -> str:
        """Where it was, in words; '' when that is not told. Reads `area` and `municipality`."""
        named = [str(found) for found in (self.area, self.municipality) if found is not None]
        return ", ".join(named)

    def as_content(self) -> dict[str, Any]:
        """What a version keeps: all that somebody can change."""
        return {
            "kind": self.kind, "title": self.title, "text": self.text, "themes": self.theme_codes, "goals": self.goal_codes,
            "municipality": self.municipality_id or "", "area": self.area_id or "", "bottleneck_state": self.bottleneck_state,
            "answers": str(self.answers_id or ""), "state": self.state,
        }


class LessonRevision(models.Model):
    """One version of a lesson: what it said, who did what to it, when and why. Written once.

    The only change that the database allows is to empty `content`: a version in which personal data slipped through is
    emptied, and that it was there, by whom and when, remains.
    """

    class Act(models.TextChoices):
        SAVED = "saved", _("bewaard")
        PUBLISHED = "published", _("gepubliceerd")
        TAKEN_BACK = "taken_back", _("van de site gehaald")
        CONSENT_WITHDRAWN = "consent_withdrawn", _("van de site: toestemming ingetrokken")
        EMPTIED = "emptied", _("oude versies leeggemaakt")

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=Act)
    content = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "control"
        ordering = ["lesson", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="lesson_revision_from_one"),
            models.CheckConstraint(
                condition=Q(act__in=["saved", "published", "taken_back", "consent_withdrawn", "emptied"]), name="lesson_revision_known_act"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_act_display()}"


def register_triggers() -> None:
    changed = (
        "NEW.content <> '{}' OR NEW.lesson_id <> OLD.lesson_id OR NEW.number <> OLD.number OR NEW.act <> OLD.act OR NEW.reason <> OLD.reason "
        "OR NEW.at <> OLD.at OR coalesce(NEW.by_id, 0) <> coalesce(OLD.by_id, 0)"
    )
    triggers.register(
        triggers.refuse("control_lessonrevision", "UPDATE", "a version is emptied, never changed", when=changed),
        triggers.refuse("control_lessonrevision", "DELETE", "control_lessonrevision is append-only"),
    )
