"""The check of a file, behind the outbox: scanned for viruses first, then made safe to open. Nobody opens it before that.

    received -> clean                    nothing was found (a photo is then a smaller copy, a PDF may have lost active parts)
    received -> waiting -> clean ...     there is no verdict yet: the scan server is down; tried again, later and later
    received -> infected                 the content is deleted, the row stays and names what was found
    received -> unreadable               nobody can read it; the content is deleted
    received -> unchecked                only in a demonstration without a scan server
"""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from grants.applications.documents import Document
from grants.applications.files import clamd, kinds, pdfs, photos
from grants.kernel import checked, clock, outbox

CHECK, REMOVE, TELL = "files.check", "files.remove", "files.tell"
IN_MEMORY = 2 * 1024 * 1024
State = Document.State
log = structlog.get_logger(__name__)


def ask(document: Document) -> None:
    """Have a document checked after this transaction."""
    outbox.enqueue(CHECK, key=str(document.pk), payload={"document": str(document.pk)})


def ask_for_the_forgotten() -> int:
    """Ask for each document that is under way and was never asked for (of before there was a check). Gives how many are under way."""
    found = list(Document.objects.filter(state__in=Document.UNDER_WAY).only("pk"))
    for document in found:
        ask(document)
    return len(found)


def check(payload: dict[str, Any]) -> outbox.Finish:
    """Scan one document and make it safe, without a transaction; what comes back notes the verdict. Raises ScanUnavailable: it waits."""
    document = Document.objects.filter(pk=payload["document"], state__in=Document.UNDER_WAY).first()
    if document is None:  # removed from its draft, or done before
        return outbox.nothing_more
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        if Document.objects.filter(pk=document.pk, state__in=Document.UNDER_WAY).exists():
            raise
        return outbox.nothing_more
    with content:
        try:
            values = made_safe(content, document.content_type, f"documents/checked/{document.pk}")
        except Infected as error:
            found = str(error)
            return lambda: refuse(document.pk, State.INFECTED, found)
        except clamd.ScanUnavailable:
            Document.objects.filter(pk=document.pk, state=State.RECEIVED).update(state=State.WAITING)
            raise
        except photos.Unreadable as error:
            words = str(error)
            return lambda: refuse(document.pk, State.UNREADABLE, words)
    return lambda: _accept(document.pk, **values)


class Infected(Exception):
    """The scan server found something; `str()` is its name."""


def scan(content: IO[bytes]) -> str:
    """What the scan server found; '' for nothing. Without a server (only a demonstration starts without) nothing is looked for."""
    return clamd.scan(content, settings.CLAMD_URL, settings.CLAMD_TIMEOUT) if settings.CLAMD_URL else ""


def made_safe(content: IO[bytes], content_type: str, path: str) -> dict[str, Any]:
    """Scan a file, and keep a safe copy under `path` where that is needed: then its new values, else none.

    Raises Infected, photos.Unreadable, or ScanUnavailable.
    """
    if found := scan(content):
        raise Infected(found)
    if content_type not in kinds.IMAGES and content_type != kinds.PDF:
        return {}
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as made:
        finding = ""
        if content_type in kinds.IMAGES:
            photos.shrink(content, made, content_type)
        elif finding := pdfs.clean(content, made):
            if found := scan(made):
                raise Infected(found)
        else:
            return {}
        size = made.seek(0, 2)
        made.seek(0)
        digest = hashlib.sha256()
        while part := made.read(IN_MEMORY):
            digest.update(part)
        made.seek(0)
        kept = _stored_once(path, made)
    return {"file": kept, "size": size, "digest": digest.hexdigest(), "finding": finding}


def _stored_once(path: str, made: IO[bytes]) -> str:
    """Under a name of its own, so that a copy that a dead process left is written over."""
    default_storage.delete(path)
    return default_storage.save(path, File(made))


def _accept(document_id: UUID, **values: Any) -> None:
    state = State.CLEAN if settings.CLAMD_URL else State.UNCHECKED
    _close(document_id, state, values)


def refuse(document_id: UUID, state: str, finding: str) -> None:
    """The content goes, the row stays with what was found, and the applicant is told."""
    document = _close(document_id, state, {"file": "", "finding": finding[:300]})
    if document is None:
        return
    log.warning("file_refused", document=str(document_id), state=state)
    outbox.enqueue(TELL, key=str(document_id), payload={"document": str(document_id)})


def _close(document_id: UUID, state: str, values: dict[str, Any]) -> Document | None:
    """Note the verdict; content that is replaced or refused is deleted after this commit. None when the document is gone."""
    document = Document.objects.select_for_update(of=("self",)).filter(pk=document_id, state__in=Document.UNDER_WAY).first()
    if document is None:
        if values.get("file"):
            remove_later(values["file"])
        return None
    if "file" in values:
        remove_later(document.file.name)
    for name, value in {**values, "state": state, "checked_at": clock.now()}.items():
        setattr(document, name, value)
    document.save(update_fields=[*values, "state", "checked_at"])
    return document


def remove_later(*paths: str) -> None:
    """Delete content after this transaction; safe to ask twice."""
    wanted = [path for path in paths if path]
    if wanted:
        key = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
        outbox.enqueue(REMOVE, key=key, payload={"paths": wanted})


def remove(payload: dict[str, Any]) -> outbox.Finish:
    """Delete content that nothing names any more."""
    for path in payload["paths"]:
        if not Document.objects.filter(file=path).exists() and not checked.is_kept(path):
            default_storage.delete(path)
    return outbox.nothing_more
