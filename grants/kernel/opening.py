"""Open the content of a file: only what was checked, and only what is still what was checked."""

from __future__ import annotations

import hashlib
from typing import IO, Any

import structlog
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

log = structlog.get_logger(__name__)


class NotOpen(Exception):
    """The content may not be read (yet), by nobody."""


class Changed(Exception):
    """The content in the storage is not what was checked: somebody or something changed it."""


def content_of(record: Any) -> IO[Any]:
    """The content of a file with `may_open`, `file` and `digest`, at its beginning. Raises NotOpen, or Changed when its digest is another."""
    if not record.may_open:
        raise NotOpen
    try:
        content: IO[Any] = record.file.open("rb")
        digest = hashlib.file_digest(content.file, "sha256").hexdigest()  # type: ignore[attr-defined]
    except FileNotFoundError as error:
        log.error("file_missing", record=str(record.pk))
        raise Changed from error
    if digest != record.digest:
        content.close()
        log.error("file_changed", record=str(record.pk))
        raise Changed
    content.seek(0)
    return content


def file_answer(request: HttpRequest, record: Any) -> HttpResponse:
    """The content, always to keep and never to show in the browser: what is in it must not act as a page of ours. 409 when it may not be opened."""
    try:
        content = content_of(record)
    except (NotOpen, Changed) as error:
        return render(request, "files/closed.html", {"file": record, "is_changed": isinstance(error, Changed)}, status=409)
    response = FileResponse(content, as_attachment=True, filename=record.filename, content_type=record.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
