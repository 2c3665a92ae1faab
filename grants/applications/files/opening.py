"""Open the content of a document: only what was checked, and only what is still what was checked."""

from __future__ import annotations

import hashlib
from typing import IO, Any

import structlog

from grants.applications.documents import Document

log = structlog.get_logger(__name__)


class NotOpen(Exception):
    """The content may not be read (yet), by nobody."""


class Changed(Exception):
    """The content in the storage is not what was checked: somebody or something changed it."""


def content_of(document: Document) -> IO[Any]:
    """The content, at its beginning. Raises NotOpen, or Changed when its digest is another."""
    if not document.may_open:
        raise NotOpen
    try:
        content = document.file.open("rb")
        digest = hashlib.file_digest(content.file, "sha256").hexdigest()
    except FileNotFoundError as error:
        log.error("file_missing", document=str(document.pk))
        raise Changed from error
    if digest != document.digest:
        content.close()
        log.error("file_changed", document=str(document.pk))
        raise Changed
    content.seek(0)
    return content
