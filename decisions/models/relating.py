"""What makes two applications look alike, as keys to find one by the other: account, company, place, and wording."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application


class RelatedKey(models.Model):
    """One key of one application. Nothing can be read from it: an account is a keyed hash, the rest a hash."""

    class Kind(models.IntegerChoices):
        IBAN = 1, _("rekeningnummer")
        KVK = 2, _("KvK-nummer")
        APPLICANT = 3, _("aanvrager")
        PLACE = 4, _("plek")
        TEXT = 5, _("tekst")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="related_keys")
    kind = models.PositiveSmallIntegerField(choices=Kind)
    key = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("kenmerk om op te lijken")
        verbose_name_plural = _("kenmerken om op te lijken")
        indexes = [models.Index(fields=["key", "application"], name="related_by_key")]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "key"], name="related_key_once"),
            models.CheckConstraint(condition=Q(kind__in=[1, 2, 3, 4, 5]), name="related_key_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key[:6]}"
