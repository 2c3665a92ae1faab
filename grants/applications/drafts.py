"""What an applicant typed and did not send in yet, beside the draft of the application itself: nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.kernel import clock

__all__ = ["AnswerDraft"]


class AnswerDraft(models.Model):
    """Answers in the making, one row for each case and form. Sending in freezes a copy as a submission, and the row goes."""

    class Form(models.TextChoices):
        COMPLETION = "completion", _("aanvulling")
        REPORT = "report", _("verantwoording")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answer_drafts")
    form = models.CharField(max_length=12, choices=Form)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "grants"
        verbose_name = _("concept van antwoorden")
        verbose_name_plural = _("concepten van antwoorden")
        constraints = [
            models.CheckConstraint(condition=Q(form__in=["completion", "report"]), name="answer_draft_known_form"),
            models.UniqueConstraint(fields=["application", "form"], name="answer_draft_once_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.saved_at:%Y-%m-%d %H:%M}"


def draft_of(application: Application, form: str) -> AnswerDraft | None:
    """What was typed and saved; None when nothing was."""
    return AnswerDraft.objects.filter(application=application, form=form).first()


@transaction.atomic
def keep(application: Application, form: str, answers: dict[str, Any]) -> AnswerDraft:
    """Keep what was typed, right or wrong. Answers that were not on the page stay as they were."""
    found, _made = AnswerDraft.objects.select_for_update().get_or_create(application=application, form=form, defaults={"saved_at": clock.now()})
    found.answers, found.saved_at = {**found.answers, **answers}, clock.now()
    found.save()
    return found


def drop(application: Application, form: str) -> None:
    """It was sent in: a frozen copy stands with the case."""
    AnswerDraft.objects.filter(application=application, form=form).delete()
