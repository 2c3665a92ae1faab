"""The residents behind an initiative, and how they answer for money that must come back, as accepted at the application."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application

USER = settings.AUTH_USER_MODEL


class LiabilityAgreement(models.Model):
    """What the members of an initiative accepted for one case. It is open while the case is a draft, and fixed from then on."""

    class Kind(models.TextChoices):
        EQUAL = "equal", _("ieder voor een gelijk deel")
        JOINT = "joint", _("ieder voor het hele bedrag (hoofdelijk)")

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="liability")
    kind = models.CharField(_("hoe staan de deelnemers in voor het geld"), max_length=10, choices=Kind)
    accepted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("aansprakelijkheid")
        verbose_name_plural = _("aansprakelijkheid")
        constraints = [models.CheckConstraint(condition=Q(kind__in=["equal", "joint"]), name="liability_known_kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class LiablePerson(models.Model):
    """One member, in the order in which they were named; the first is the contact."""

    agreement = models.ForeignKey(LiabilityAgreement, on_delete=models.CASCADE, related_name="people")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("naam"), max_length=200)
    address = models.CharField(_("adres"), max_length=300)
    is_contact = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("deelnemer")
        verbose_name_plural = _("deelnemers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="liable_person_one_per_place"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(is_contact=True), name="one_contact_per_initiative"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(address=""), name="liable_person_has_name_and_address"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberAddress(models.Model):
    """The address of a member turned out wrong after the application was sent in: the old one and the new one, never changed.

    Letters that went out keep theirs. Who takes part, and how they answer for the money, stays as it was accepted.
    """

    person = models.ForeignKey(LiablePerson, on_delete=models.PROTECT, related_name="addresses")
    old = models.CharField(max_length=300)
    new = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("verbeterd adres van een deelnemer")
        verbose_name_plural = _("verbeterde adressen van deelnemers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="member_address_says_why"),
            models.CheckConstraint(condition=~Q(new="") & ~Q(new=F("old")), name="member_address_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.changed_at:%Y-%m-%d})"
