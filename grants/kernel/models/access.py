"""Who read which personal data (AVG, BIO2): reading leaves a trace."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.kernel.models.events import Chain


class AccessLog(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    what = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        indexes = [models.Index(fields=["chain", "at"], name="access_chain_at")]

    def __str__(self) -> str:
        return f"{self.what} ({self.at:%Y-%m-%d %H:%M})"
