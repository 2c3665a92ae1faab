"""Budget products, subsidy ceilings (Awb 4:22) and the ledger of every euro.

A ceiling's totals are kept by the database itself: a trigger adds each ledger row to them, and a check constraint
refuses a total over the ceiling, whatever runs at the same time.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from grants.kernel.models import Chain, Event
from grants.kernel.money import ZERO, money_field
from grants.kernel.roles import CASE_READERS, Role
from grants.schemes.models import Scheme

if TYPE_CHECKING:
    from grants.kernel.models import User

CEILING_READERS = CASE_READERS | {Role.SCHEME_MANAGER, Role.POLICY_OFFICER}
"""Roles that may see where the money under a ceiling is; the cases behind it only who reads cases."""

__all__ = ["Budget", "Ceiling", "LedgerEntry"]


class Budget(models.Model):
    """What Provinciale Staten budgeted for a product in a year. Linked to ceilings, never equated with them."""

    product = models.CharField(_("product"), max_length=20)
    name = models.CharField(_("naam"), max_length=120)
    year = models.PositiveIntegerField(_("jaar"))
    amount = money_field(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        app_label = "grants"
        constraints = [models.UniqueConstraint(fields=["product", "year"], name="budget_product_once_a_year")]

    def __str__(self) -> str:
        return f"{self.product} {self.name} {self.year}"


class CeilingQuerySet(models.QuerySet["Ceiling"]):
    def visible_to(self, user: User) -> CeilingQuerySet:
        """The ceilings of the schemes whose cases or rules the user may see."""
        codes = user.scheme_codes_for(CEILING_READERS)
        return self.all() if codes is None else self.filter(scheme__in=codes)


class Ceiling(models.Model):
    """The most that is available under a scheme in a period (subsidieplafond)."""

    code = models.CharField(max_length=60, primary_key=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="ceilings")
    period_start = models.DateField()
    period_end = models.DateField()
    amount = money_field()
    held = money_field(default=ZERO)
    committed = money_field(default=ZERO)
    excess = money_field(default=ZERO, help_text=_("Meer verleend in bezwaar (Awb 4:25, derde lid)."))
    lapsed = money_field(default=ZERO, help_text=_("Vrijgekomen, en niet meer voor nieuwe besluiten."))
    is_demo = models.BooleanField(default=False)

    objects = CeilingQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        ordering = ["period_start", "code"]
        verbose_name = _("subsidieplafond")
        verbose_name_plural = _("subsidieplafonds")
        constraints = [
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="ceiling_period_in_order"),
            models.CheckConstraint(condition=Q(held__gte=0, committed__gte=0, excess__gte=0, lapsed__gte=0), name="ceiling_not_negative"),
            models.CheckConstraint(
                # To the cent, also where the database adds in floating point (SQLite): half a cent is no money.
                condition=Q(amount__gt=F("held") + F("committed") + F("lapsed") - F("excess") - Value(Decimal("0.005"))),
                name="ceiling_never_overspent",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def available(self) -> Decimal:
        """Room for new decisions, in euros: the ceiling less what is held (signed, not sent), committed, or came free
        without coming back.
        """
        return self.amount + self.excess - self.held - self.committed - self.lapsed


class LedgerEntry(models.Model):
    """One movement of money on a ceiling, made by one event. Deltas are signed; a move between columns has both."""

    class Kind(models.TextChoices):
        HOLD = "hold", _("vastgehouden bij ondertekening")
        RELEASE = "release", _("vrijgegeven")
        COMMIT = "commit", _("verplicht bij verzending")
        REDUCE = "reduce", _("verlaagd of ingetrokken")
        EXCESS = "excess", _("meer verleend in bezwaar")
        RESTORE = "restore", _("teruggenomen in bezwaar")

    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, related_name="entries")
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="ledger_entries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="ledger_entries")
    kind = models.CharField(max_length=10, choices=Kind)
    held_delta = money_field(default=ZERO)
    committed_delta = money_field(default=ZERO)
    excess_delta = money_field(default=ZERO)
    lapsed_delta = money_field(default=ZERO)
    basis = models.CharField(max_length=120, blank=True, help_text=_("Bij bezwaar: het besluit dat dit draagt."))

    class Meta:
        app_label = "grants"
        verbose_name = _("boeking")
        verbose_name_plural = _("boekingen")
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="ledger_once_per_event_and_kind"),
            models.CheckConstraint(condition=~Q(kind="excess") | ~Q(basis=""), name="ledger_excess_names_its_decision"),
            models.CheckConstraint(condition=Q(excess_delta__gte=0), name="ledger_excess_never_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_delta} {self.committed_delta}"
