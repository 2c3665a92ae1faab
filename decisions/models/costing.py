"""What an assessor thinks of each cost: accepted whole, in part, or not, with the reason (Awb 4:46(3))."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.kernel.money import money_field


class CostReview(models.Model):
    """One line of the costs of an application, or of its account, and how much of it counts. Euros, VAT and hours included."""

    class Of(models.TextChoices):
        APPLICATION = "application", _("de aanvraag")
        REPORT = "report", _("de verantwoording")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="cost_reviews")
    of = models.CharField(max_length=12, choices=Of)
    position = models.PositiveIntegerField()
    description = models.CharField(max_length=300, blank=True)
    claimed = money_field()
    accepted = money_field()
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("beoordeelde kostenregel")
        verbose_name_plural = _("beoordeelde kostenregels")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "of", "position"], name="cost_line_reviewed_once"),
            models.CheckConstraint(condition=Q(accepted__gte=0, accepted__lte=F("claimed")), name="cost_accepted_at_most_as_claimed"),
            models.CheckConstraint(condition=Q(accepted=F("claimed")) | ~Q(reason=""), name="cost_cut_has_a_reason"),
            models.CheckConstraint(condition=Q(of__in=["application", "report"]), name="cost_review_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.description}: {self.accepted}"
