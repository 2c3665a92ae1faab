"""How often each answer of a draft was changed, by whom and when: so that two people never overwrite each other unseen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application

__all__ = ["AnswerVersion"]


class AnswerVersion(models.Model):
    """The version of one answer. The answer itself stands in `Application.draft_answers`; without a row it is version 0."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answer_versions")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "grants"
        verbose_name = _("versie van een antwoord")
        verbose_name_plural = _("versies van antwoorden")
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="answer_version_once_per_question"),
            models.CheckConstraint(condition=Q(version__gte=1), name="answer_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"
