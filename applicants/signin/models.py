"""By what a person is recognised, and for which organisation somebody signed in. No BSN, and nothing it can be read from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["OrganisationAccount", "Pseudonym"]


class Pseudonym(models.Model):
    """A keyed pseudonym of a person (see pseudonyms.py). The database takes nothing but the 64 signs of a digest."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("zoals de inlogdienst de persoon noemt")
        BSN = "bsn", _("burgerservicenummer")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pseudonyms")
    kind = models.CharField(max_length=10, choices=Kind)
    key_id = models.CharField(_("nummer van de sleutel"), max_length=20)
    digest = models.CharField(max_length=64)
    used_on = models.DateField(_("laatst gebruikt op"))

    class Meta:
        app_label = "applicants"
        verbose_name = _("pseudoniem")
        verbose_name_plural = _("pseudoniemen")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key_id", "digest"], name="signin_pseudonym_once"),
            models.CheckConstraint(condition=Q(kind__in=["subject", "bsn"]), name="signin_pseudonym_known_kind"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="signin_pseudonym_is_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} (sleutel {self.key_id})"


class OrganisationAccount(models.Model):
    """The account of one person for one organisation; the same person has another account for another organisation."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_account")
    kvk_number = models.CharField(_("KvK-nummer"), max_length=8)
    branch_number = models.CharField(_("vestigingsnummer"), max_length=12, blank=True)

    class Meta:
        app_label = "applicants"
        verbose_name = _("account voor een organisatie")
        verbose_name_plural = _("accounts voor organisaties")
        constraints = [
            models.CheckConstraint(condition=Q(kvk_number__regex=r"^[0-9]{8}$"), name="organisation_account_kvk_8_digits"),
            models.CheckConstraint(
                condition=Q(branch_number="") | Q(branch_number__regex=r"^[0-9]{12}$"), name="organisation_account_branch_12_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} (KvK {self.kvk_number})"
