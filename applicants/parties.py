"""What changes about an applicant: who is written to in its place, and a new address, e-mail address or account."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

__all__ = ["Correspondent", "PartyChange"]

USER = settings.AUTH_USER_MODEL


class CorrespondentQuerySet(models.QuerySet["Correspondent"]):
    def on(self, day: date) -> CorrespondentQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Correspondent(models.Model):
    """Who gets the letters instead of the applicant, always on paper: nobody asked this person about digital post (Awb 2:8)."""

    class Kind(models.TextChoices):
        HEIRS = "heirs", _("erven")
        CONTACT = "contact", _("contactpersoon")
        CURATOR = "curator", _("curator")
        ADMINISTRATOR = "administrator", _("bewindvoerder")
        LIQUIDATOR = "liquidator", _("vereffenaar")
        SUCCESSOR = "successor", _("rechtsopvolger")

    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="correspondents")
    kind = models.CharField(_("soort"), max_length=20, choices=Kind)
    name = models.CharField(_("naam"), max_length=200)
    street = models.CharField(_("straat en huisnummer"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=7)
    city = models.CharField(_("plaats"), max_length=100)
    valid_from = models.DateField(_("vanaf"))
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        verbose_name = _("geadresseerde in plaats van de aanvrager")
        verbose_name_plural = _("geadresseerden in plaats van de aanvrager")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["heirs", "contact", "curator", "administrator", "liquidator", "successor"]), name="correspondent_known_kind"
            ),
            models.UniqueConstraint(fields=["applicant"], condition=Q(valid_to__isnull=True), name="one_correspondent_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def address_lines(self, applicant_name: str) -> tuple[str, ...]:
        heirs = self.kind == self.Kind.HEIRS
        first = f"De erven van {applicant_name}" if heirs else applicant_name
        second = f"p/a {self.name}" if heirs else f"t.a.v. {self.get_kind_display()} {self.name}"
        return (first, second, self.street, f"{self.postcode}  {self.city}".strip())

    @property
    def salutation(self) -> str:
        return {"heirs": "Geachte nabestaanden,", "curator": "Geachte curator,", "administrator": "Geachte bewindvoerder,",
                "liquidator": "Geachte vereffenaar,"}.get(self.kind, f"Geachte {self.name},")


CHANGE_DAYS = 28
"""A change that nobody confirmed in four weeks lapses."""


class PartyChangeQuerySet(models.QuerySet["PartyChange"]):
    def waiting(self, day: date) -> PartyChangeQuerySet:
        """Asked and not yet confirmed; what nobody confirmed in four weeks no longer waits."""
        return self.filter(state=PartyChange.State.PENDING, asked_on__gte=day - timedelta(days=CHANGE_DAYS))


class PartyChange(models.Model):
    """A new address, e-mail address or account, as asked; it counts only once it is confirmed over another way.

    `old` and `new` keep both values: `old` held until `decided_on`, `new` from then on. Letters that went out keep theirs.
    """

    class Kind(models.TextChoices):
        ADDRESS = "address", _("adres")
        EMAIL = "email", _("e-mailadres")
        IBAN = "iban", _("rekeningnummer")

    class State(models.TextChoices):
        PENDING = "pending", _("wacht op bevestiging")
        CONFIRMED = "confirmed", _("bevestigd")
        REFUSED = "refused", _("niet doorgegaan")
        LAPSED = "lapsed", _("verlopen")

    class How(models.TextChoices):
        CODE = "code", _("met de code die naar het oude adres ging")
        CALL_BACK = "call_back", _("door terug te bellen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("wat verandert er"), max_length=10, choices=Kind)
    old = models.JSONField()
    new = models.JSONField()
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.PENDING)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=128, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    how = models.CharField(max_length=10, choices=How, blank=True)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("toelichting"), blank=True)

    objects = PartyChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging van gegevens")
        verbose_name_plural = _("wijzigingen van gegevens")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["address", "email", "iban"]), name="party_change_known_kind"),
            models.CheckConstraint(condition=Q(state__in=["pending", "confirmed", "refused", "lapsed"]), name="party_change_known_state"),
            models.UniqueConstraint(fields=["applicant", "kind"], condition=Q(state="pending"), name="one_pending_change_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(decided_by__isnull=False, decided_on__isnull=False, decided_at__isnull=False, how__in=["code", "call_back"]),
                name="party_change_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(how="call_back") | ~Q(decided_by=F("entered_by")) & ~Q(note=""), name="party_change_called_back_by_another"
            ),
            models.CheckConstraint(condition=Q(tries__lte=5), name="party_change_five_tries"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"
