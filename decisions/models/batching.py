"""A payment batch: the approved orders that go to the bank in one file (pain.001), made by one and released by another."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decisions.models.paying import PaymentOrder
from grants.kernel.money import ZERO, money_field
from grants.kernel.roles import Role

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL
BANK_READERS = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.CONTROLLER, Role.AUDITOR)
"""Who sees what went to the bank and what came back."""

FINANCE = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER)
"""Who handles a payment file, and so sees the whole account numbers in it: asked for the scheme of every payment."""


class BatchState(models.TextChoices):
    PREPARED = "prepared", _("klaargezet")
    RELEASED = "released", _("vrijgegeven")
    CANCELLED = "cancelled", _("ingetrokken")


def new_reference(day: date) -> str:
    """How the bank and we name a batch: the day and six random characters, no personal data."""
    return f"VL{day:%Y%m%d}-{secrets.token_hex(3).upper()}"


def digest_of(file: bytes) -> str:
    """SHA-256 of a payment file, in 64 hexadecimal digits: the fingerprint on the page, which the bank can compute too."""
    return hashlib.sha256(file).hexdigest()


class PaymentBatchQuerySet(models.QuerySet["PaymentBatch"]):
    def visible_to(self, user: User) -> PaymentBatchQuerySet:
        """Batches of which the person may see every order: those of the schemes for which one of the roles is held."""
        codes = user.scheme_codes_for(frozenset(BANK_READERS))
        if codes is None:
            return self
        elsewhere = PaymentLine.objects.exclude(order__application__scheme__in=codes).values("batch")
        return self.filter(lines__isnull=False).exclude(id__in=elsewhere).distinct() if codes else self.none()


class PaymentBatch(models.Model):
    """Orders that go to the bank together on one day. Once released, the file and its digest never change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("kenmerk"), max_length=24, unique=True)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.PREPARED)
    execute_on = models.DateField(_("uitvoeren op"))
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    count = models.PositiveIntegerField(default=0)
    total = money_field(default=ZERO)
    payer_iban = models.CharField(max_length=34, blank=True)
    schema = models.CharField(max_length=20, blank=True)
    file = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, blank=True)

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("betaalbestand")
        verbose_name_plural = _("betaalbestanden")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_known_state"),
            models.CheckConstraint(condition=Q(released_by__isnull=True) | ~Q(released_by=F("made_by")), name="batch_released_by_another"),
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(released_by__isnull=False, released_at__isnull=False, count__gt=0, total__gt=0) & ~Q(digest="") & ~Q(payer_iban=""),
                name="batch_released_has_its_file",
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | Q(cancelled_by__isnull=False) & ~Q(reason=""), name="batch_cancelled_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_as_released(self) -> bool:
        """Is the file still, byte for byte, what was released? Asked when it is given out, and by the audit."""
        return digest_of(bytes(self.file)) == self.digest

    def scheme_codes(self) -> frozenset[str]:
        """The schemes of all payments in the batch, also of those that were left out of the file."""
        return frozenset(self.lines.values_list("order__application__scheme_id", flat=True))


class PaymentLineQuerySet(models.QuerySet["PaymentLine"]):
    def let_go(self, order: PaymentOrder) -> None:
        """The order is in no file any more: it came back, and may go along again."""
        self.filter(order=order, live=True).update(live=False)


class PaymentLine(models.Model):
    """One order in one batch. `reference` is the EndToEndId that comes back on the bank's statement.

    `live` says that the order goes, or went, to the bank by this line: at most one line of an order does. `problem`
    is why a line was left out when the batch was released.
    """

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="lines")
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=35, unique=True)
    live = models.BooleanField(default=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = PaymentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel van een betaalbestand")
        verbose_name_plural = _("regels van een betaalbestand")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(live=True), name="payment_in_one_live_batch"),
            models.UniqueConstraint(fields=["batch", "number"], name="payment_line_number_once"),
            models.CheckConstraint(condition=Q(problem="") | Q(live=False), name="payment_line_left_out_is_not_live"),
        ]

    def __str__(self) -> str:
        return self.reference


class BatchDownload(models.Model):
    """Who took the file from the system, and when. The bytes are the same each time."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="downloads")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("opgehaald betaalbestand")
        verbose_name_plural = _("opgehaalde betaalbestanden")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.batch} {self.at:%Y-%m-%d %H:%M}"
