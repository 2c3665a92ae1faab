"""Digital post or paper: what an applicant chose, when, how and before whom (Awb 2:8). Paper unless they expressly said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.kernel import clock

if TYPE_CHECKING:
    from applicants.models import Applicant
    from grants.kernel.models import User

WORDS = _(
    "U krijgt brieven en besluiten over uw subsidie in het berichtenvak op deze website, en niet meer op papier. Staat er een brief, dan krijgt u een e-mail. "
    "U mag altijd weer voor papier kiezen."
)
WORDS_VERSION = "2026-1"
"""Changes with the words to which somebody says yes; it is kept with the choice."""


class ConsentRefused(Exception):
    """This choice cannot be made so; `str()` says why and what to do."""


class ChannelConsent(models.Model):
    """One choice, never changed; the newest holds. It is about all letters on subsidies."""

    class How(models.TextChoices):
        WEBSITE = "website", _("op de website")
        LETTER = "letter", _("met een brief")
        PHONE = "phone", _("met een telefoontje")
        DESK = "desk", _("aan de balie")

    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="channel_choices")
    digital = models.BooleanField(_("digitaal"))
    how = models.CharField(_("hoe gekozen"), max_length=10, choices=How)
    at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    words_version = models.CharField(max_length=12)

    class Meta:
        app_label = "applicants"
        verbose_name = _("keuze voor digitale post of papier")
        verbose_name_plural = _("keuzes voor digitale post of papier")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=["website", "letter", "phone", "desk"]), name="channel_choice_known_how"),
            models.CheckConstraint(condition=Q(how="website") | ~Q(note=""), name="channel_choice_noted_with_its_proof"),
        ]

    def __str__(self) -> str:
        return f"{'digitaal' if self.digital else 'papier'} ({self.at:%Y-%m-%d})"


def choose(*, applicant_id: int, digital: bool, how: str, user: User, note: str = "") -> ChannelConsent:
    """Note what the applicant chose; from now on letters go that way. Raises ConsentRefused.

    A decision that was signed for the inbox and is not sent yet comes back to be signed again, as its dispatch finds out.
    """
    from applicants.models import Applicant

    with transaction.atomic():
        applicant: Applicant = Applicant.objects.select_for_update().get(pk=applicant_id)
        if digital and not applicant.email:
            raise ConsentRefused("Wij kennen geen e-mailadres. Dan kunnen wij niet laten weten dat er een brief staat. Geef eerst een e-mailadres door.")
        if how != ChannelConsent.How.WEBSITE and not note.strip():
            raise ConsentRefused("Schrijf op wie dit zei, en wanneer. Dit is ons bewijs.")
        found = ChannelConsent.objects.create(
            applicant=applicant, digital=digital, how=how, at=clock.now(), noted_by=user, note=note.strip()[:300], words_version=WORDS_VERSION
        )
        applicant.channel_consent = digital
        applicant.save(update_fields=["channel_consent"])
    return found
