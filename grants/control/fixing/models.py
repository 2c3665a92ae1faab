"""Figures that were fixed: what was told to others, with everything to ask it again."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class FixedFigure(models.Model):
    """A certificate. `data` is the figure as exported, `lines` what each case of the population added, `definition` the
    text of the definition file's values. Append-only: the database refuses a change.
    """

    number = models.CharField(_("nummer"), max_length=20, unique=True)
    code = models.CharField(_("indicator"), max_length=60)
    version = models.PositiveIntegerField(_("versie van de definitie"))
    start = models.DateField(_("vanaf"))
    reference_date = models.DateField(_("peildatum"), help_text=_("Telt zelf niet mee."))
    known_at = models.DateTimeField(_("kennismoment"))
    gross = models.BooleanField(_("bruto"), default=False)
    words = models.CharField(_("in woorden"), max_length=300)
    value = models.CharField(_("waarde"), max_length=30, blank=True)
    numerator = models.PositiveIntegerField(_("teller"))
    denominator = models.PositiveIntegerField(_("noemer"))
    data = models.JSONField()
    lines = models.JSONField(default=list)
    definition = models.JSONField()
    digest = models.CharField(_("controlegetal"), max_length=64)
    used_for = models.CharField(_("waarvoor"), max_length=200, blank=True)
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField(_("vastgelegd op"))

    class Meta:
        app_label = "control"
        ordering = ["-fixed_at", "-id"]
        verbose_name = _("vastgelegd cijfer")
        verbose_name_plural = _("vastgelegde cijfers")
        indexes = [models.Index(fields=["code", "reference_date"], name="fixed_figure_by_indicator")]
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lte=models.F("reference_date")), name="fixed_figure_period_in_order"),
            models.CheckConstraint(condition=models.Q(known_at__lte=models.F("fixed_at")), name="fixed_figure_known_before_fixed"),
            models.CheckConstraint(condition=models.Q(numerator__lte=models.F("denominator")), name="fixed_figure_numerator_in_denominator"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.words}"

    def get_absolute_url(self) -> str:
        return reverse("fixing:one", args=[self.number])

    @property
    def share(self) -> Decimal | None:
        found = self.data.get("share")
        return None if found is None else Decimal(str(found))
