"""What people keep and do on the work list: a view with a name, and an act on many cases at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from letters.models import Letter

if TYPE_CHECKING:
    from grants.kernel.models import User

USER = settings.AUTH_USER_MODEL


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> SavedViewQuerySet:
        """One's own, and those shared with the team."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedView(models.Model):
    """Filters and a sort of the work list under a name. `query` is what stands in the address, checked when it was kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("naam"), max_length=60)
    query = models.CharField(max_length=500, blank=True)
    is_shared = models.BooleanField(_("voor het hele team"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde weergave")
        verbose_name_plural = _("bewaarde weergaven")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once_per_person"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class BulkRunQuerySet(models.QuerySet["BulkRun"]):
    def visible_to(self, user: User) -> BulkRunQuerySet:
        """Only whoever did it."""
        return self.filter(user=user)


class BulkRun(models.Model):
    """One act on several cases, asked once: its id came with the form, so that a second click finds the first run."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    asked = models.PositiveIntegerField(help_text=_("Hoeveel zaken er gekozen waren."))
    started_at = models.DateTimeField(auto_now_add=True)

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("handeling op meer zaken")
        verbose_name_plural = _("handelingen op meer zaken")

    def __str__(self) -> str:
        return f"{self.act} ({self.asked})"

    def get_absolute_url(self) -> str:
        return reverse("decisions:bulk-result", args=[self.pk])


class BulkOutcome(models.Model):
    """What became of one case in such a run; written in the transaction of the act itself."""

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="outcomes")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    done = models.BooleanField()
    text = models.TextField(blank=True)
    letters = models.ManyToManyField(Letter, related_name="+", help_text=_("De brieven die deze handeling liet maken."))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="bulk_outcome_once_per_case"),
            models.CheckConstraint(condition=Q(done=True) | ~Q(text=""), name="bulk_refusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.text or 'gedaan'}"
