"""What officials write down about a case: a note of their own, somebody at the desk, a call. Written once, corrected by a follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application

if TYPE_CHECKING:
    from grants.kernel.models import User


class CaseNoteQuerySet(models.QuerySet["CaseNote"]):
    def visible_to(self, user: User) -> CaseNoteQuerySet:
        """Notes of the cases that an official may see. Whoever acts for the applicant of a case sees none of its notes, official or not."""
        if not user.is_authenticated or not user.reads_cases:
            return self.none()
        cases = Application.objects.visible_to(user).exclude(id__in=Application.objects.on_the_side_of(user).values("id"))
        return self.filter(application__in=cases)


class CaseNote(models.Model):
    """One note. No event is made of it: it holds personal data, and it changes nothing in the case.

    The database refuses to change or delete it; `corrects` is the note that this one puts right.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("interne notitie")
        DESK = "desk", _("bezoek aan de balie")
        CALL = "call", _("telefoongesprek")

    CONTACTS = (Kind.DESK, Kind.CALL)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    with_whom = models.CharField(_("met wie"), max_length=120, blank=True)
    happened_at = models.DateTimeField(_("wanneer"), null=True, blank=True)
    text = models.TextField(_("notitie"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("geschreven op"))
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("notitie")
        verbose_name_plural = _("notities")
        ordering = ["-id"]
        indexes = [models.Index(fields=["application", "-id"], name="note_newest_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["note", "desk", "call"]), name="note_known_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(kind="note") | ~Q(with_whom="") & Q(happened_at__isnull=False), name="note_of_contact_has_who_and_when"
            ),
            models.CheckConstraint(condition=Q(happened_at__isnull=True) | Q(happened_at__lte=F("written_at")), name="note_written_afterwards"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | Q(id__gt=F("corrects")), name="note_corrects_an_earlier_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.written_at:%Y-%m-%d %H:%M}"
