"""A decision goes to everybody to whom it is addressed (Awb 3:41): beside the applicant, each gets a letter of their own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from decisions.models.deciding import Beschikking
from letters.models import Letter


class DecisionCopy(models.Model):
    """The letter in which one decision goes to one more addressee; `position` is their place in `beschikking.recipients`."""

    decision = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="copies")
    position = models.PositiveSmallIntegerField()
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="copy_of")

    class Meta:
        verbose_name = _("besluit aan een andere geadresseerde")
        verbose_name_plural = _("besluiten aan andere geadresseerden")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="decision_goes_once_to_each_addressee")]

    def __str__(self) -> str:
        return f"{self.decision} {self.position}"
