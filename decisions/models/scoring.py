"""The points that one assessor gives one application in a tender: filled in apart, and handed in at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.kernel import triggers
from grants.kernel.models import Event

if TYPE_CHECKING:
    from grants.kernel.models import User


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def handed_in(self) -> ScoreSheetQuerySet:
        return self.filter(event__isnull=False)

    def of_others_for(self, user: User, application: Application) -> ScoreSheetQuerySet:
        """What others handed in on this case: shown only to who handed in their own, or after the list was closed."""
        others = self.filter(application=application).handed_in().exclude(assessor=user)
        if application.draw_entries.exclude(draw__state="void").exists():
            return others
        if self.filter(application=application, assessor=user).handed_in().exists():
            return others
        return self.none()


class ScoreSheet(models.Model):
    """One assessor, one case. A draft until it is handed in; after that nothing changes."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="score_sheets")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    draft = models.JSONField(default=dict, blank=True)
    handed_in_on = models.DateField(null=True, blank=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("puntenblad")
        verbose_name_plural = _("puntenbladen")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "assessor"], name="score_sheet_once_per_assessor"),
            models.CheckConstraint(
                condition=Q(event__isnull=True, handed_in_on__isnull=True) | Q(event__isnull=False, handed_in_on__isnull=False),
                name="score_sheet_handed_in_has_its_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.assessor}"


class Score(models.Model):
    """Points for one criterion, with the reason. Written once, when the sheet is handed in."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=7, decimal_places=2)
    reason = models.TextField()

    class Meta:
        verbose_name = _("punten")
        verbose_name_plural = _("punten")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


def register_triggers() -> None:
    triggers.register(
        *triggers.append_only("decisions_score"),
        triggers.refuse("decisions_scoresheet", "UPDATE", "points that were handed in never change", when="OLD.event_id IS NOT NULL"),
        triggers.refuse("decisions_scoresheet", "DELETE", "points that were handed in are kept", when="OLD.event_id IS NOT NULL"),
    )
