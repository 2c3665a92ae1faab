"""What a register said about an applicant: from where, when, and which of its fields we used."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["RegisterCheck"]


class RegisterCheck(models.Model):
    """One look into a register, or data that nobody could check. Never changed; the newest counts.

    `is_first` marks the one with which the applicant was registered on the website: a number, or a municipality, is registered so once.
    """

    class Source(models.TextChoices):
        KVK = "kvk", _("Handelsregister van de KvK")
        RECORDED = "recorded", _("verzonnen voorbeeld van de KvK")
        TYPED = "typed", _("zelf ingevuld, niet gecontroleerd")
        ABSENT = "absent", _("Handelsregister van de KvK: dit nummer staat er niet in")

    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="register_checks")
    source = models.CharField(_("bron"), max_length=10, choices=Source)
    kvk_number = models.CharField(_("KvK-nummer"), max_length=8, blank=True)
    oin = models.CharField(_("OIN"), max_length=20, blank=True)
    municipality_code = models.CharField(max_length=6, blank=True)
    fields = models.JSONField(default=dict)
    dissolved_on = models.DateField(_("uitgeschreven op"), null=True, blank=True)
    is_first = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        app_label = "applicants"
        verbose_name = _("controle in een register")
        verbose_name_plural = _("controles in registers")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=["kvk", "recorded", "typed", "absent"]), name="register_check_known_source"),
            models.UniqueConstraint(fields=["kvk_number"], condition=Q(is_first=True) & ~Q(kvk_number=""), name="organisation_registered_once"),
            models.UniqueConstraint(
                fields=["municipality_code"], condition=Q(is_first=True) & ~Q(municipality_code=""), name="municipality_registered_once"
            ),
            models.CheckConstraint(condition=Q(oin="") | Q(oin__regex=r"^[0-9]{20}$"), name="register_check_oin_20_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} ({self.at:%Y-%m-%d})"

    @property
    def is_checked(self) -> bool:
        return self.source in (self.Source.KVK, self.Source.RECORDED)
