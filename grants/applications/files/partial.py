"""A file in parts, for a bad line: each part says where it begins, and the answer says where to go on.

The parts lie in the storage of files, since a store of objects cannot lengthen a file. A part that comes twice, or too late, changes
nothing. What was begun again with the same file, by the same person for the same question, goes on where it was: also after a reload.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import uuid
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from grants.applications.documents import Document, PartialUpload
from grants.applications.files import checking, taking
from grants.applications.files.inspecting import MB, check_size, clean_name, inspect
from grants.applications.files.refusal import UploadRefused
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import User

PART = 1 * MB
"""Bytes in each part but the last."""
MOST_OPEN = 20
"""Files that one person may have under way."""


class WrongOffset(Exception):
    """The part does not begin where we are; `offset` is where to go on."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"go on at {offset}")


def begin(*, application: Application, key: str, filename: str, size: int, digest: str, user: User) -> PartialUpload:
    """Begin a file, or find the one that was begun before. Raises UploadRefused before a byte is sent when it can never be taken."""
    if taking.accepts_by_key(application).get(key) is None:
        raise UploadRefused(_("Kies eerst bij welke vraag het bestand hoort."))
    check_size(size)
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise UploadRefused(_("Het bestand kwam niet goed aan. Kies het bestand opnieuw."))
    same = {"application": application, "owner": user, "question_key": key, "digest": digest, "document": None}
    found = PartialUpload.objects.filter(**same, size=size).first()
    if found is not None:
        return found
    taking.check_room(application, size)
    _check_quota(user, size)
    try:
        with transaction.atomic():
            return PartialUpload.objects.create(**same, size=size, filename=clean_name(filename))
    except IntegrityError:  # two windows began the same file at the same moment
        found = PartialUpload.objects.filter(**same, size=size).first()
        if found is None:
            raise UploadRefused(_("Het bestand kwam niet goed aan. Kies het bestand opnieuw."))
        return found


def _check_quota(user: User, size: int) -> None:
    mine = PartialUpload.objects.filter(owner=user, document__isnull=True)
    if mine.count() >= MOST_OPEN or (mine.aggregate(all=Sum("size"))["all"] or 0) + size > settings.CASE_SIZE_LIMIT:
        raise UploadRefused(_("Er zijn nog te veel bestanden van u onderweg. Wacht tot die klaar zijn, of kies dezelfde bestanden opnieuw."))


def add(*, upload: PartialUpload, offset: int, content: bytes) -> int:
    """Keep one part; gives where to go on. Raises WrongOffset, also for a part that came before."""
    if offset != upload.received or not content or offset + len(content) > upload.size or len(content) > PART:
        raise WrongOffset(upload.received)
    path = default_storage.save(f"parts/{upload.pk}/{offset:012d}-{uuid.uuid4().hex}", ContentFile(content))
    changed = PartialUpload.objects.filter(pk=upload.pk, received=offset, document__isnull=True).update(
        received=F("received") + len(content), parts=[*upload.parts, path], touched_at=clock.now()
    )
    if not changed:
        default_storage.delete(path)
        raise WrongOffset(PartialUpload.objects.filter(pk=upload.pk).values_list("received", flat=True).first() or 0)
    return offset + len(content)


def finish(*, upload: PartialUpload, user: User) -> Document:
    """Put the parts together, look whether they are the file that was promised, and take it. Raises UploadRefused or WrongOffset."""
    if upload.document is not None:
        return upload.document
    if upload.received != upload.size:
        raise WrongOffset(upload.received)
    with tempfile.SpooledTemporaryFile(checking.IN_MEMORY) as whole:
        digest, size = hashlib.sha256(), 0
        for path in upload.parts:
            with default_storage.open(path, "rb") as part:
                content = part.read()
            digest.update(content)
            size += whole.write(content)
        if size != upload.size or digest.hexdigest() != upload.digest:
            _forget(upload)
            raise UploadRefused(_("Het bestand kwam niet heel aan. Kies het bestand opnieuw."))
        accepts = taking.accepts_by_key(upload.application)[upload.question_key]
        try:
            promised = File(whole, upload.filename)
            promised.size = size
            found = inspect(promised, accepts)
            with transaction.atomic():
                locked = PartialUpload.objects.select_for_update().filter(pk=upload.pk, document__isnull=True).first()
                if locked is None:
                    return _finished_elsewhere(upload)
                document = taking.keep(upload.application, upload.question_key, found, user)
                locked.document = document
                locked.parts = []
                locked.save(update_fields=["document", "parts"])
                checking.remove_later(*upload.parts)
        except UploadRefused:
            _forget(upload)
            raise
    return document


def _finished_elsewhere(upload: PartialUpload) -> Document:
    again = PartialUpload.objects.select_related("document").filter(pk=upload.pk).first()
    if again is None or again.document is None:
        raise UploadRefused(_("Het bestand kwam niet goed aan. Kies het bestand opnieuw."))
    return again.document


def _forget(upload: PartialUpload) -> None:
    with transaction.atomic():
        checking.remove_later(*upload.parts)
        PartialUpload.objects.filter(pk=upload.pk).delete()


def clear_abandoned(now: datetime | None = None) -> int:
    """Let go of what nobody went on with for a day. Gives how many."""
    old = PartialUpload.objects.filter(touched_at__lt=(now or clock.now()) - PartialUpload.LIFE)
    count = 0
    for upload in old.order_by("pk")[:1000]:
        _forget(upload)
        count += 1
    return count
