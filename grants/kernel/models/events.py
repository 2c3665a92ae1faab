"""What happened: append-only events, one hash chain per case, tied together by daily digests."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.kernel.money import money_field


class Chain(models.Model):
    """The thread of events of one subject (a case). Its head is repeated here so that a cut-off end is noticed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=40, blank=True, help_text=_("Zaaknummer, zodra dat er is."))
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.label or str(self.id)


class EventQuerySet(models.QuerySet["Event"]):
    def in_order(self) -> EventQuerySet:
        """In the order of recording, which is the order of commit."""
        return self.order_by("sequence")


class Event(models.Model):
    """One act: who did what, in which role, on which article, and when it counts.

    `valid_on` is the legal day; `known_at` the moment the source knew it (equal to `recorded_at` unless imported);
    `recorded_at` and `sequence` are given just before commit. Holds no personal data, only references, so that
    destruction after the retention term leaves the chain whole. The label columns repeat what a figure counts by,
    frozen at this act.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    sequence = models.BigIntegerField(unique=True)

    act = models.CharField(max_length=40)
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=30)
    article = models.CharField(max_length=200, blank=True)

    valid_on = models.DateField()
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    register_code = models.CharField(max_length=30, blank=True, help_text=_("Code in het registerformaat, als die er is."))
    amount = money_field(null=True, blank=True)
    scheme_code = models.CharField(max_length=40, blank=True)
    bundle = models.CharField(max_length=40, blank=True)
    subsidy_form = models.CharField(max_length=20, blank=True)
    goals = models.CharField(max_length=200, blank=True, help_text=_("Doelcodes, gescheiden door een verticale streep."))
    applicant_type = models.CharField(max_length=30, blank=True)
    municipality_code = models.CharField(max_length=10, blank=True)
    area_code = models.CharField(max_length=40, blank=True)
    received_on = models.DateField(null=True, blank=True)

    source_id = models.CharField(max_length=60, null=True, blank=True, unique=True)
    annuls = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="annulled_by")
    data = models.JSONField(default=dict, blank=True)

    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        indexes = [
            models.Index(fields=["bundle", "valid_on"], name="event_bundle_day"),
            models.Index(fields=["scheme_code", "valid_on"], name="event_scheme_day"),
            models.Index(fields=["recorded_at"], name="event_recorded"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="event_position_in_chain"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="event_position_from_one"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="event_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(known_at__lte=models.F("recorded_at")), name="event_known_before_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} ({self.valid_on})"


class DailyDigest(models.Model):
    """One digest over all events recorded on a day, tied to the digest of the day before; may be anchored outside."""

    day = models.DateField(unique=True)
    first_sequence = models.BigIntegerField(null=True, blank=True)
    last_sequence = models.BigIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dagzegel")
        verbose_name_plural = _("dagzegels")

    def __str__(self) -> str:
        return f"{self.day}: {self.digest[:12]}"
