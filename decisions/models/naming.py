"""What the bank said about the name on an account (IBAN-naam), stored with the payment."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions.models.paying import PaymentOrder

USER = settings.AUTH_USER_MODEL


class NameResult(models.TextChoices):
    MATCH = "match", _("naam klopt")
    CLOSE_MATCH = "close_match", _("naam lijkt erop")
    NO_MATCH = "no_match", _("naam klopt niet")
    NOT_POSSIBLE = "not_possible", _("controle is niet gelukt")


class AccountNameCheck(models.Model):
    """One answer of the bank: asked by whom, and confirmed by whom and why when the name differs."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="name_checks")
    iban = models.CharField(max_length=34)
    name = models.CharField(max_length=200)
    result = models.CharField(max_length=12, choices=NameResult)
    suggestion = models.CharField(max_length=140, blank=True)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    confirmed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("naamcontrole")
        verbose_name_plural = _("naamcontroles")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(result__in=NameResult.values), name="name_check_known_result"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False) & ~Q(reason=""), name="name_check_confirmed_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_result_display())
