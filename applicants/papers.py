"""A signed paper about an applicant: a written authorisation (Awb 2:1(3)), or the yes of somebody who takes part in an initiative."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.kernel.checked import Checked, constraint

if TYPE_CHECKING:
    from applicants.models import Applicant
    from grants.kernel.models import User

__all__ = ["PaperRefused", "PartyPaper"]


class PaperRefused(Exception):
    """A file that we cannot take; `str()` says why and what to do."""


class PartyPaper(Checked):
    """A file as it came; only its check may put a safe copy in its place, or take its content away."""

    class Kind(models.TextChoices):
        AUTHORISATION = "authorisation", _("machtiging")
        PARTICIPATION = "participation", _("verklaring van een deelnemer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey("applicants.Applicant", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=14, choices=Kind)
    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="papers/%Y/%m/", blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "applicants"
        verbose_name = _("papier van een aanvrager")
        verbose_name_plural = _("papieren van aanvragers")
        ordering = ["uploaded_at"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=["authorisation", "participation"]), name="party_paper_known_kind"), constraint("party_paper_checked")]

    def __str__(self) -> str:
        return self.filename

    def told_at(self) -> str:
        return self.uploaded_by.email or self.applicant.email


Inspect = Callable[[UploadedFile | None], Any]
_inspectors: list[Inspect] = []


def inspected_by(function: Inspect) -> None:
    """A higher floor says which files we take: `function` gives an object with filename, content_type and digest, or raises PaperRefused."""
    if function not in _inspectors:
        _inspectors.append(function)


def store(*, applicant: Applicant, kind: str, upload: UploadedFile[Any] | None, user: User) -> PartyPaper:
    """Keep a paper. Raises PaperRefused; without anybody to look into the file nothing is taken."""
    if not _inspectors:
        raise PaperRefused(_now("Wij kunnen nu geen bestanden aannemen. Probeer het later opnieuw."))
    found: Any = None
    for inspect in _inspectors:
        found = inspect(upload)
    assert upload is not None, "an inspector refuses a file that is not there"
    return PartyPaper.objects.create(
        applicant=applicant, kind=kind, filename=found.filename, content_type=found.content_type, size=upload.size or 0, digest=found.digest,
        received_digest=found.digest, file=upload, uploaded_by=user,
    )
