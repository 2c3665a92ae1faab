"""Somebody is away, and a colleague does the work meanwhile. A mandate does not go along: that is `Substitution`."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

USER = settings.AUTH_USER_MODEL


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(valid_from__lte=day, valid_to__gte=day)

    def touching(self, first: date, last: date) -> AbsenceQuerySet:
        """Absences with at least one day in this period."""
        return self.filter(valid_from__lte=last, valid_to__gte=first)


class Absence(models.Model):
    """`user` is away on both days and between; the work goes to `substitute`, who keeps no more rights than before."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="absences", verbose_name=_("afwezig"))
    substitute = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="stands_in", verbose_name=_("vervanger"))
    valid_from = models.DateField(_("van"))
    valid_to = models.DateField(_("tot en met"))
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("afwezigheid")
        verbose_name_plural = _("afwezigheid")
        ordering = ["valid_from", "id"]
        indexes = [models.Index(fields=["substitute", "valid_to"], name="absence_of_substitute")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="absence_period_in_order"),
            models.CheckConstraint(condition=~Q(user=F("substitute")), name="absence_substitute_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.valid_from} - {self.valid_to}"
