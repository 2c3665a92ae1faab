"""Take files into a case, each with one question, and let go of one that was not sent in yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from grants.applications.documents import Document, PartialUpload
from grants.applications.files import checking, kinds
from grants.applications.files.inspecting import MB, Inspected, inspect
from grants.applications.files.refusal import UploadRefused
from grants.applications.models import Application
from grants.kernel.models import User

SCAN = "scan"
"""The key of a scan of a paper that came in: it belongs to no question."""
VIEW = "view"
"""The key of a file with the answer to what we intend (zienswijze): it goes with that answer only."""
PREFIX, REMOVE_FIELD = "file-", "remove-file"
"""A file field is named after its question; the button that removes a file carries the id of the document."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not taken: with which question, its name, and why and what to do."""

    key: str
    filename: str
    text: str

    def __str__(self) -> str:
        return f"{self.filename}: {self.text}" if self.filename else self.text


def accepts_by_key(application: Application) -> dict[str, tuple[str, ...]]:
    """Every question of the scheme that a file can go with, of the application and of the account, with the kinds that it takes; and a view."""
    definition = application.definition
    found: dict[str, tuple[str, ...]] = {VIEW: kinds.USUAL}
    for form in (definition, definition.report):
        found |= {q.key: kinds.USUAL for q in form.questions if q.kind == "file"}
        found |= {d.key: tuple(d.accepts) for d in form.documents}
    return found


def take_posted(application: Application, files: MultiValueDict[str, UploadedFile[Any]], keys: Iterable[str], user: User) -> list[Problem]:
    """Take every posted `file-<key>` for these keys; several at once. One that cannot be taken does not stop the others."""
    problems = []
    for key in keys:
        for upload in files.getlist(f"{PREFIX}{key}"):
            try:
                take(application=application, key=key, upload=upload, user=user)
            except UploadRefused as error:
                problems.append(Problem(key, str(upload.name or ""), str(error)))
    return problems


def take(*, application: Application, key: str, upload: File[Any] | None, user: User) -> Document:
    """Keep one file with one question or required document. The same file twice is one. Raises UploadRefused."""
    accepts = accepts_by_key(application).get(key)
    if accepts is None:
        raise UploadRefused(_("Kies eerst bij welke vraag het bestand hoort."))
    return keep(application, key, inspect(upload, accepts), user)


def store_scan(*, application: Application, upload: UploadedFile[Any] | None, user: User) -> Document:
    """Keep the scan of a paper. Raises UploadRefused."""
    return keep(application, SCAN, inspect(upload), user)


def keep(application: Application, key: str, found: Inspected, user: User) -> Document:
    """Store what was inspected and have it checked. Raises UploadRefused when the case holds too much already."""
    with transaction.atomic():
        same = application.documents.usable().filter(question_key=key, submission__isnull=True, received_digest=found.digest).first()
        if same is not None:
            return same
        size = found.upload.size or 0
        check_room(application, size)
        document = Document.objects.create(
            application=application, question_key=key, filename=found.filename, content_type=found.content_type, size=size, digest=found.digest,
            received_size=size, received_digest=found.digest, file=File(found.upload.file, found.filename), uploaded_by=user,
        )
        checking.ask(document)
    return document


def check_room(application: Application, size: int) -> None:
    """Is there room in this case for a file of so many bytes? Raises UploadRefused."""
    held = application.documents.usable().aggregate(count=Count("pk"), size=Sum("size"))
    if held["count"] >= settings.CASE_FILES_LIMIT:
        raise UploadRefused(
            _("Bij deze zaak staan al %(count)s bestanden. Meer nemen wij er niet aan. Voeg bladzijden samen in een PDF, of verwijder een bestand.")
            % {"count": held["count"]}
        )
    if (held["size"] or 0) + size > settings.CASE_SIZE_LIMIT:
        raise UploadRefused(
            _("De bestanden bij deze zaak worden samen te groot. Samen mogen zij %(limit)s MB zijn. Verwijder een bestand of maak het kleiner.")
            % {"limit": settings.CASE_SIZE_LIMIT // MB}
        )


def remove_posted(application: Application, posted: Any, user: User) -> str:
    """Remove the file whose button `remove-file` was pressed; gives its name, or '' when none was. Raises UploadRefused."""
    wanted = posted.get(REMOVE_FIELD, "")
    if not wanted:
        return ""
    try:
        document_id = UUID(wanted)
    except ValueError:
        return ""
    return remove(application=application, document_id=document_id, user=user)


def remove(*, application: Application, document_id: UUID, user: User) -> str:
    """Let go of a file that was not sent in yet. Gives its name; '' when it is gone already. Raises UploadRefused."""
    with transaction.atomic():
        document = application.documents.select_for_update(of=("self",)).filter(pk=document_id).first()
        if document is None:
            return ""
        if document.submission_id is not None:
            raise UploadRefused(_("Dit bestand is al ingestuurd. Wat is ingestuurd, blijft bewaard. U kunt wel een ander bestand toevoegen."))
        parts = [path for part in PartialUpload.objects.filter(document=document) for path in part.parts]
        checking.remove_later(document.file.name, *parts)
        document.delete()
    return document.filename
