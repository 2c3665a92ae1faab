"""A file that proves what an official recorded: a deed, an extract, a letter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.applications.files import Inspected
from grants.kernel.checked import Checked


class Evidence(Checked):
    """The columns of a record that may carry one file. It is stored with the record; nobody opens it before it was checked."""

    file = models.FileField(_("bewijs"), upload_to="evidence/%Y/%m/", blank=True)
    filename = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    def take(self, found: Inspected | None) -> None:
        """Put a file that was looked at on this record, which is not stored yet."""
        if found is not None:
            self.file, self.filename, self.content_type, self.digest = found.upload, found.filename, found.content_type, found.digest  # type: ignore[assignment]
            self.received_digest = found.digest
