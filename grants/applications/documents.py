"""Files in a case: what is kept of each, how far its check is, and the parts of a file that is still on its way."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.applications.sharing import shared_with
from grants.kernel import access, clock
from grants.kernel.checked import CheckState

if TYPE_CHECKING:
    from grants.kernel.models import User

__all__ = ["Document", "PartialUpload"]


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> DocumentQuerySet:
        """Documents of cases the user may see, what an access rule shares, and what was sent in before a case passed to somebody else.

        Whether the content may be opened is another question: `Document.may_open`.
        """
        from grants.applications.models import Application

        theirs = Q(application__in=Application.objects.visible_to(user))
        return self.filter(theirs | shared_with(user) | Q(submission__event__in=access.earlier_events(user)))

    def usable(self) -> DocumentQuerySet:
        """Files that count as received: not those whose content was deleted, or that nobody can read."""
        return self.exclude(state__in=Document.REFUSED)

    def openable(self) -> DocumentQuerySet:
        """Files whose content may be read: checked, and found clean."""
        return self.filter(state__in=Document.OPEN)


class Document(models.Model):
    """A file with one answer. Once it belongs to a submission it stays as it is; only its check may still move on.

    `size`, `digest` and `content_type` are of what we keep; `received_size` and `received_digest` of what was sent. They differ for a
    photo, of which we keep a smaller copy without metadata, and for a PDF from which we took what could do something by itself.
    """

    State = CheckState

    OPEN = (State.CLEAN, State.UNCHECKED)
    """Only these may be opened, by anybody."""
    UNDER_WAY = (State.RECEIVED, State.WAITING)
    REFUSED = (State.INFECTED, State.UNREADABLE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("grants.Application", on_delete=models.CASCADE, related_name="documents")
    submission = models.ForeignKey("grants.Submission", on_delete=models.CASCADE, related_name="documents", null=True, blank=True)
    question_key = models.CharField(max_length=60)
    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    received_size = models.PositiveIntegerField(default=0)
    received_digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="documents/%Y/%m/", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    finding = models.CharField(max_length=300, blank=True, help_text="What the check found or changed, as a reader sees it.")
    checked_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        app_label = "grants"
        ordering = ["uploaded_at"]
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "waiting", "clean", "unchecked", "infected", "unreadable"]), name="document_known_state"
            ),
            models.CheckConstraint(condition=~Q(state="infected") | Q(file=""), name="document_infected_has_no_content"),
        ]
        indexes = [models.Index(fields=["uploaded_at"], name="document_under_way", condition=Q(state__in=["received", "waiting"]))]

    def __str__(self) -> str:
        return self.filename

    @property
    def may_open(self) -> bool:
        """May the content be opened at all, by somebody who may see the document?"""
        return self.state in self.OPEN

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def is_infected(self) -> bool:
        return self.state == self.State.INFECTED

    @property
    def is_refused(self) -> bool:
        """There is no content to read: another file is needed."""
        return self.state in self.REFUSED


class PartialUpload(models.Model):
    """A file that comes in parts. It belongs to one person; `received` is the number of bytes that we hold, and so where to go on.

    `document` is set once all of it came in: asking to finish again gives the same document.
    """

    LIFE = timedelta(hours=24)
    """So long after the last part we keep what came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("grants.Application", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question_key = models.CharField(max_length=60)
    filename = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    touched_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "grants"
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="partial_upload_not_over_its_size"),
            models.UniqueConstraint(
                fields=["application", "owner", "question_key", "digest"], condition=Q(document__isnull=True), name="partial_upload_once"
            ),
        ]
        indexes = [models.Index(fields=["touched_at"], name="partial_upload_by_age")]

    def __str__(self) -> str:
        return f"{self.filename}: {self.received} / {self.size}"
