"""Files that people add: checked for size and, by content, for kind."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from grants.applications.models import Application, Document
from grants.kernel.models import User

SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
}
"""Kinds that we take, with the bytes that each begins with: a name says nothing about what is inside."""


class UploadRefused(Exception):
    """A file that we cannot take; `str()` says why and what to do."""


def store_upload(*, application: Application, key: str, upload: UploadedFile | None, user: User) -> Document:
    """Keep a file with one question or required document. Raises UploadRefused."""
    definition = application.version.definition
    keys = {d.key for d in (*definition.documents, *definition.report.documents)}
    keys |= {q.key for q in (*definition.questions, *definition.report.questions) if q.kind == "file"}
    if key not in keys:
        raise UploadRefused(_("Kies eerst bij welke vraag het bestand hoort."))
    return _store(application, key, upload, user)


SCAN = "scan"
"""The key of a scan of a paper that came in: it belongs to no question."""


def store_scan(*, application: Application, upload: UploadedFile | None, user: User) -> Document:
    """Keep the scan of a paper. Raises UploadRefused."""
    return _store(application, SCAN, upload, user)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that we can take: its kind by content, and its digest."""

    upload: UploadedFile
    filename: str
    content_type: str
    digest: str


def inspect(upload: UploadedFile | None) -> Inspected:
    """Look whether we can take this file. Raises UploadRefused."""
    if upload is None:
        raise UploadRefused(_("Er is geen bestand gekozen. Kies een bestand en probeer het opnieuw."))
    if upload.size is None or upload.size > settings.UPLOAD_LIMIT:
        raise UploadRefused(
            _("Het bestand is te groot: %(size)s MB. Het mag hoogstens %(limit)s MB zijn. Maak het kleiner of deel het op.")
            % {"size": round((upload.size or 0) / 1024 / 1024), "limit": settings.UPLOAD_LIMIT // 1024 // 1024}
        )
    if upload.size == 0:
        raise UploadRefused(_("Het bestand is leeg. Kies een ander bestand."))
    head = upload.read(16)
    upload.seek(0)
    content_type = next((kind for kind, starts in SIGNATURES.items() if head.startswith(starts)), None)
    if content_type is None:
        raise UploadRefused(_("Dit soort bestand kunnen wij niet lezen. Stuur een PDF of een foto (JPG of PNG)."))
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return Inspected(upload, PurePath(upload.name or "bestand").name[:200], content_type, digest.hexdigest())


def _store(application: Application, key: str, upload: UploadedFile | None, user: User) -> Document:
    found = inspect(upload)
    return Document.objects.create(
        application=application,
        question_key=key,
        filename=found.filename,
        content_type=found.content_type,
        size=found.upload.size or 0,
        digest=found.digest,
        file=found.upload,
        uploaded_by=user,
    )
