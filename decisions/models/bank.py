"""What the bank reported: statements (camt.053) and their entries, each with what it meant here."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions.models.batching import BANK_READERS
from decisions.models.claiming import Claim
from decisions.models.paying import PaymentOrder
from grants.kernel.money import money_field

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class Outcome(models.TextChoices):
    PAID = "paid", _("betaling uitgevoerd")
    RETURNED = "returned", _("betaling teruggekomen")
    CLAIM_PAID = "claim_paid", _("terugvordering betaald")
    CLAIM_PART = "claim_part", _("terugvordering voor een deel betaald")
    REPEATED = "repeated", _("al eerder verwerkt")
    MISMATCH = "mismatch", _("klopt niet")
    UNMATCHED = "unmatched", _("niet herkend")


TO_EXPLAIN = (Outcome.MISMATCH, Outcome.UNMATCHED)
"""Stays on the list until a person explains it."""


class WholeBankQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> WholeBankQuerySet:
        """A statement holds money of every scheme: only for who holds one of the roles for all schemes."""
        return self if user.scheme_codes_for(frozenset(BANK_READERS)) is None else self.none()


class BankStatement(models.Model):
    """One statement of the bank, read once. `statement_id` is the bank's own name for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.CharField(_("rekening"), max_length=34)
    statement_id = models.CharField(_("afschrift"), max_length=35)
    made_at = models.DateTimeField(_("gemaakt door de bank"))
    digest = models.CharField(max_length=64)
    read_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    skipped = models.PositiveIntegerField(_("nog niet geboekte regels"), default=0)

    objects = WholeBankQuerySet.as_manager()

    class Meta:
        verbose_name = _("bankafschrift")
        verbose_name_plural = _("bankafschriften")
        ordering = ["-read_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["account", "statement_id"], name="statement_read_once")]

    def __str__(self) -> str:
        return self.statement_id


class BankEntry(models.Model):
    """One movement on our account. Signs are in `comes_in`; `amount` is above zero. Holds no name or account of a counterparty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    comes_in = models.BooleanField()
    amount = money_field()
    booked_on = models.DateField()
    reference = models.CharField(_("kenmerk"), max_length=35, blank=True)
    bank_reference = models.CharField(max_length=35, blank=True)
    text = models.CharField(_("omschrijving"), max_length=140, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    sentence = models.CharField(max_length=400)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="bank_entries", null=True, blank=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="bank_entries", null=True, blank=True)
    explanation = models.CharField(_("uitleg"), max_length=300, blank=True)
    explained_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)

    objects = WholeBankQuerySet.as_manager()

    class Meta:
        verbose_name = _("bankregel")
        verbose_name_plural = _("bankregels")
        ordering = ["statement", "position"]
        indexes = [models.Index(fields=["booked_on", "id"], name="bank_entry_to_explain", condition=Q(outcome__in=["mismatch", "unmatched"], explained_at=None))]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="bank_entry_known_outcome"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bank_entry_above_zero"),
            models.UniqueConstraint(fields=["statement", "position"], name="bank_entry_position_once"),
            models.CheckConstraint(condition=~Q(outcome__in=["paid", "returned"]) | Q(order__isnull=False), name="bank_entry_of_a_payment"),
            models.CheckConstraint(condition=~Q(outcome__in=["claim_paid", "claim_part"]) | Q(claim__isnull=False), name="bank_entry_of_a_claim"),
            models.CheckConstraint(
                condition=Q(explained_at__isnull=True) | Q(explained_by__isnull=False) & ~Q(explanation=""), name="bank_entry_explained_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.position}"

    @property
    def waits(self) -> bool:
        """Does a person still have to explain this entry?"""
        return self.outcome in TO_EXPLAIN and self.explained_at is None
