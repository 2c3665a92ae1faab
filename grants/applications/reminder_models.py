"""Reminders by e-mail: each once for its occasion, and whether an applicant wants them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from applicants.models import Applicant
from grants.applications.models import Application

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["Reminder", "ReminderChoice"]


class Reminder(models.Model):
    """One reminder to the applicant of one case. It says no more than that something waits; it gives and takes no right."""

    class Occasion(models.TextChoices):
        DRAFT_IDLE = "draft_idle", _("aanvraag niet ingestuurd")
        DRAFT_CLOSING = "draft_closing", _("aanvraag niet ingestuurd, de regeling sluit")
        COMPLETION = "completion", _("aanvulling gevraagd")
        REPORT = "report", _("verantwoording")
        REPORT_LATE = "report_late", _("verantwoording te laat")

    class State(models.TextChoices):
        WAITING = "waiting", _("wordt verstuurd")
        SENT = "sent", _("verstuurd")
        FAILED = "failed", _("niet aangekomen")
        NOT_NEEDED = "not_needed", _("niet meer nodig")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=20, choices=Occasion)
    about = models.DateField(help_text=_("De laatste dag waar het om gaat; van een aanvraag die blijft liggen de dag waarop die begon."))
    days_before = models.PositiveSmallIntegerField(default=0)
    found_on = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(null=True, blank=True)
    code = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Wat de mailserver antwoordde."))

    class Meta:
        app_label = "grants"
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering = ["found_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "occasion", "about", "days_before"], name="reminder_once_per_occasion"),
            models.CheckConstraint(condition=Q(occasion__in=["draft_idle", "draft_closing", "completion", "report", "report_late"]), name="reminder_known_occasion"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(state__in=["sent", "failed", "not_needed"], ended_at__isnull=False), name="reminder_ended_has_its_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} ({self.found_on})"


class ReminderChoiceQuerySet(models.QuerySet["ReminderChoice"]):
    def wanted(self) -> models.QuerySet[Applicant]:
        """Applicants who did not say that they want no reminders."""
        newest = self.filter(applicant=OuterRef("pk")).order_by("-id").values("wants")[:1]
        return Applicant.objects.alias(wants=Coalesce(Subquery(newest), Value(True))).filter(wants=True)


class ReminderChoice(models.Model):
    """What somebody said about reminders for an applicant, never changed; the newest holds. Without one they are sent."""

    class How(models.TextChoices):
        MAIL = "mail", _("met de link in een e-mail")
        PAGE = "page", _("op de website")

    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="reminder_choices")
    wants = models.BooleanField(_("wil herinneringen"))
    how = models.CharField(max_length=10, choices=How)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReminderChoiceQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        verbose_name = _("keuze over herinneringen")
        verbose_name_plural = _("keuzes over herinneringen")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(how="mail") | Q(how="page", by__isnull=False), name="reminder_choice_known_how"),
        ]

    def __str__(self) -> str:
        return f"{'aan' if self.wants else 'uit'} ({self.at:%Y-%m-%d})"


def wants_reminders(applicant: Applicant) -> bool:
    return ReminderChoice.objects.wanted().filter(pk=applicant.pk).exists()


def represented(user: User) -> models.QuerySet[Applicant]:
    """For whom this person may choose."""
    return Applicant.objects.represented_by(user).order_by("name", "id")
