"""What the applicant and the province write to each other about a case, and who read it when. Never changed, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["CaseMessage", "MessageMark"]


class CaseMessageQuerySet(models.QuerySet["CaseMessage"]):
    def of_applicants_of(self, user: User) -> CaseMessageQuerySet:
        """Messages of the cases of the applicants for whom the user may act."""
        return self.filter(application__in=Application.objects.of_applicants_of(user))

    def visible_to_official(self, user: User) -> CaseMessageQuerySet:
        """Messages of the cases that an official may see; of one's own case never."""
        if not user.is_authenticated or not user.reads_cases:
            return self.none()
        return self.filter(application__in=Application.objects.visible_to_official(user))

    def unanswered(self) -> CaseMessageQuerySet:
        """Written by an applicant, with no later message of ours, and not marked as needing no answer."""
        later = CaseMessage.objects.filter(application=OuterRef("application"), side=CaseMessage.Side.OFFICIAL, id__gt=OuterRef("pk"))
        settled = MessageMark.objects.filter(message=OuterRef("pk"), kind=MessageMark.Kind.SETTLED)
        return self.filter(~Exists(later), ~Exists(settled), side=CaseMessage.Side.APPLICANT)

    def unread_by_applicant(self) -> CaseMessageQuerySet:
        """Written by us, and not yet opened by anybody who acts for the applicant."""
        opened = MessageMark.objects.filter(message=OuterRef("pk"), kind=MessageMark.Kind.READ)
        return self.filter(~Exists(opened), side=CaseMessage.Side.OFFICIAL)


class CaseMessage(models.Model):
    """One message. No event is made of it: it holds personal data, and it changes nothing in the case."""

    class Side(models.TextChoices):
        APPLICANT = "applicant", _("aanvrager")
        OFFICIAL = "official", _("provincie")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(_("van"), max_length=10, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("bericht"))
    written_at = models.DateTimeField(_("geschreven op"))

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["application", "-id"], name="message_newest_of_case"),
            models.Index(fields=["side", "id"], name="message_of_side"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=["applicant", "official"]), name="message_known_side"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.written_at:%Y-%m-%d %H:%M}"


class MessageMark(models.Model):
    """Somebody of the other side opened a message, or an official said that it needs no answer."""

    class Kind(models.TextChoices):
        READ = "read", _("gelezen")
        SETTLED = "settled", _("hoeft geen antwoord")

    message = models.ForeignKey(CaseMessage, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "grants"
        verbose_name = _("kenmerk van een bericht")
        verbose_name_plural = _("kenmerken van berichten")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["read", "settled"]), name="message_mark_known_kind"),
            models.UniqueConstraint(fields=["message", "kind", "by"], name="message_marked_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d %H:%M})"
