"""What the daily look at the terms found: due soon, due today, late."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Deadline


class DueSignal(models.Model):
    """One term that reached one stage, found once. The signal says no more than its term does."""

    class Stage(models.TextChoices):
        FOUR_WEEKS = "four_weeks", _("nog vier weken")
        ONE_WEEK = "one_week", _("nog een week")
        TODAY = "today", _("vandaag")
        LATE = "late", _("te laat")

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="signals")
    stage = models.CharField(max_length=12, choices=Stage)
    last_day = models.DateField(help_text=_("De laatste dag zoals die was toen dit werd gezien."))
    found_on = models.DateField()

    class Meta:
        verbose_name = _("signaal van een termijn")
        verbose_name_plural = _("signalen van termijnen")
        constraints = [
            models.UniqueConstraint(fields=["deadline", "stage", "last_day"], name="due_signal_once_per_stage"),
            models.CheckConstraint(
                condition=models.Q(stage__in=["four_weeks", "one_week", "today", "late"]), name="due_signal_known_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}: {self.get_stage_display()}"
