"""Budget mutations: what a budget paper (Najaarsnota, Voorjaarsnota) moves between products, or in and out of them.

One row is a double entry that cannot be out of balance: an amount goes from one side to the other, and a side that is
empty is 'outside' (the general means of the province). So over all products and 'outside' the sum is always zero.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.budget.models import Budget
from grants.kernel.money import money_field

__all__ = ["BudgetMutation"]


class BudgetMutation(models.Model):
    """So many euros from one product to another, or from or to outside. Never changed: a mistake gets a counter entry.

    `precision`: the paper rounded the amount to so many euros (10,000: shown in hundredths of a million).
    """

    class Kind(models.TextChoices):
        TRANSFER = "transfer", _("overheveling tussen producten")
        ADJUSTMENT = "adjustment", _("bijstelling van de raming")
        PERSONNEL = "personnel", _("personeel")

    PRECISIONS = (1, 1_000, 10_000, 100_000, 1_000_000)

    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    source = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="mutations_out", null=True, blank=True, verbose_name=_("van"))
    target = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="mutations_in", null=True, blank=True, verbose_name=_("naar"))
    amount = money_field(verbose_name=_("bedrag"))
    is_structural = models.BooleanField(_("structureel"), default=False)
    precision = models.PositiveIntegerField(_("afgerond op"), default=1)
    subject = models.CharField(_("onderwerp"), max_length=120)
    document = models.CharField(_("document"), max_length=120)
    decided_on = models.DateField(_("vastgesteld op"))
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        app_label = "grants"
        verbose_name = _("begrotingswijziging")
        verbose_name_plural = _("begrotingswijzigingen")
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="mutation_above_zero"),
            models.CheckConstraint(condition=Q(kind__in=["transfer", "adjustment", "personnel"]), name="mutation_known_kind"),
            models.CheckConstraint(condition=Q(precision__in=[1, 1_000, 10_000, 100_000, 1_000_000]), name="mutation_known_precision"),
            models.CheckConstraint(
                condition=~Q(kind="transfer") | Q(source__isnull=False, target__isnull=False), name="mutation_transfer_has_two_products"
            ),
            models.CheckConstraint(
                condition=Q(kind="transfer") | Q(source__isnull=True, target__isnull=False) | Q(source__isnull=False, target__isnull=True),
                name="mutation_counter_side_is_outside",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | Q(target__isnull=True) | ~Q(source=F("target")), name="mutation_moves_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.subject}"

    def on(self, budget_id: int) -> Decimal:
        """The line of this mutation on one product: plus when it comes in, minus when it goes out."""
        return self.amount if self.target_id == budget_id else -self.amount
