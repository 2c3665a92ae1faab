"""Who asks, and who may act for whom."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from applicants.consents import ChannelConsent
from applicants.invitations import ColleagueInvitation
from applicants.kinds import ApplicantType
from applicants.members import InitiativeMember
from applicants.papers import PartyPaper
from applicants.parties import Correspondent, PartyChange
from applicants.registers import RegisterCheck
from applicants.representing import Capacity, MandateStep, PaperState, Representation
from applicants.signin.models import OrganisationAccount, Pseudonym
from grants.kernel import clock

__all__ = [
    "Applicant", "ApplicantType", "Capacity", "ChannelConsent", "ColleagueInvitation", "Correspondent", "InitiativeMember", "MandateStep",
    "OrganisationAccount", "PaperState", "PartyChange", "PartyPaper", "Pseudonym", "RegisterCheck", "Representation",
]


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def represented_by(self, user: settings.AUTH_USER_MODEL, day: date | None = None) -> ApplicantQuerySet:
        """Applicants for whom the user may act on `day` (default today), in all their cases.

        A mandate for one case is not among them: `Representation.objects.one_case_of` gives those.
        """
        acting = Representation.objects.in_force(day or clock.today()).whole().filter(user=user)
        return self.filter(pk__in=acting.values("applicant"))

    def managed_by(self, user: settings.AUTH_USER_MODEL) -> ApplicantQuerySet:
        """Applicants for whom the user may also say who else acts: who belongs to it; a third party only where nobody else acts."""
        acting = Representation.objects.in_force(clock.today()).whole()
        others = acting.inside().filter(applicant=OuterRef("pk"))
        return self.filter(Q(pk__in=acting.inside().filter(user=user).values("applicant")) | Q(pk__in=acting.filter(user=user).values("applicant")) & ~Exists(others))


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
