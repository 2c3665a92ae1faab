"""Who asks, and who may act for whom."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.consents import ChannelConsent
from applicants.parties import Correspondent, PartyChange
from applicants.signin.models import OrganisationAccount, Pseudonym
from grants.kernel import clock

__all__ = ["Applicant", "ApplicantType", "ChannelConsent", "Correspondent", "OrganisationAccount", "PartyChange", "Pseudonym", "Representation"]


class ApplicantType(models.TextChoices):
    NATUURLIJK_PERSOON = "natuurlijk_persoon", _("inwoner")
    BEWONERSINITIATIEF = "bewonersinitiatief", _("bewonersinitiatief")
    VERENIGING = "vereniging", _("vereniging")
    STICHTING = "stichting", _("stichting")
    COOPERATIE = "cooperatie", _("coöperatie")
    GEMEENTE = "gemeente", _("gemeente")


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def represented_by(self, user: settings.AUTH_USER_MODEL, day: date | None = None) -> ApplicantQuerySet:
        """Applicants for whom the user may act on `day` (default today)."""
        day = day or clock.today()
        return self.filter(
            Q(representations__valid_to__isnull=True) | Q(representations__valid_to__gte=day),
            representations__user=user,
            representations__valid_from__lte=day,
        ).distinct()


class Applicant(models.Model):
    """A person, initiative or organisation that asks for a subsidy. The BSN is never stored here."""

    type = models.CharField(_("soort aanvrager"), max_length=30, choices=ApplicantType)
    name = models.CharField(_("naam"), max_length=200)
    kvk_number = models.CharField(_("KvK-nummer"), max_length=8, blank=True)
    street = models.CharField(_("straat en huisnummer"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=7)
    city = models.CharField(_("plaats"), max_length=100)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    channel_consent = models.BooleanField(
        _("wil post digitaal krijgen"), default=False, help_text=_("Awb 2:8: digitaal schrijven mag alleen na toestemming.")
    )
    is_demo = models.BooleanField(default=False)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvrager")
        verbose_name_plural = _("aanvragers")
        constraints = [
            models.CheckConstraint(condition=Q(type__in=ApplicantType.values), name="applicant_known_type"),
            models.CheckConstraint(condition=Q(kvk_number="") | Q(kvk_number__regex=r"^[0-9]{8}$"), name="applicant_kvk_8_digits"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> tuple[str, ...]:
        return tuple(line for line in (self.name, self.street, f"{self.postcode}  {self.city}".strip()) if line)

    def correspondent_on(self, day: date) -> Correspondent | None:
        """Who gets the letters instead, on this day: heirs, a curator, a liquidator. None when the applicant does."""
        return self.correspondents.on(day).first()


class Representation(models.Model):
    """A person who may act for an applicant (for oneself, as board member or with an authorisation, Awb 2:1)."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="representations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="representations")
    is_authorised_third_party = models.BooleanField(_("gemachtigde"), default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("vertegenwoordiging")
        verbose_name_plural = _("vertegenwoordigingen")
        constraints = [models.UniqueConstraint(fields=["applicant", "user"], name="representation_once")]

    def __str__(self) -> str:
        return f"{self.user} voor {self.applicant}"
