"""Work that must follow a commit, written in the same transaction as the change that asks for it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.kernel.models.events import Event


class OutboxMessage(models.Model):
    """One message: published to the broker after commit, done exactly once (its effects and `done_at` commit together)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True, help_text=_("Zorgt dat hetzelfde werk maar een keer wordt gevraagd."))
    payload = models.JSONField(default=dict)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, help_text=_("Voor het logboek; kan een persoon noemen."))
    reason = models.CharField(max_length=500, blank=True, help_text=_("Waarom het nog niet is gedaan, in woorden voor de beheerder."))
    waits = models.BooleanField(default=False, help_text=_("Wacht op herstel van iets anders, en gaat daarna vanzelf verder."))
    dead_at = models.DateTimeField(null=True, blank=True, help_text=_("Wordt niet meer vanzelf geprobeerd."))
    retried_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("uitgaand werk")
        verbose_name_plural = _("uitgaand werk")
        indexes = [
            models.Index(fields=["created_at"], name="outbox_open", condition=models.Q(done_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(done_at__isnull=True) | models.Q(dead_at__isnull=True), name="outbox_done_is_not_dead"),
            models.CheckConstraint(condition=models.Q(dead_at__isnull=True) | ~models.Q(reason=""), name="outbox_dead_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
