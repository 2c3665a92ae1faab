"""The seals that were put on letters, and the certificates with which that was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SealCertificate(models.Model):
    """A certificate of ours, kept from its first seal on: a letter stays genuine after its certificate ended."""

    fingerprint = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 over het certificaat"))
    subject = models.CharField(max_length=250)
    pem = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    first_used_at = models.DateTimeField()

    class Meta:
        app_label = "letters"
        verbose_name = _("certificaat van het zegel")
        verbose_name_plural = _("certificaten van het zegel")
        constraints = [models.CheckConstraint(condition=models.Q(not_after__gt=models.F("not_before")), name="seal_certificate_period_in_order")]

    def __str__(self) -> str:
        return self.subject


class LetterSeal(models.Model):
    """One letter as it was sealed. A letter that was made again before it was sent gets another seal; the newest counts."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="seals")
    certificate = models.ForeignKey(SealCertificate, on_delete=models.PROTECT, related_name="+")
    content_digest = models.CharField(max_length=64, help_text=_("het controlegetal van de brief onder het zegel"))
    file = models.FileField(upload_to="letters/%Y/%m/")
    file_sha256 = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "letters"
        verbose_name = _("zegel")
        verbose_name_plural = _("zegels")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "content_digest"], name="letter_content_sealed_once")]

    def __str__(self) -> str:
        return f"{self.letter} {self.sealed_at:%Y-%m-%d %H:%M}"
