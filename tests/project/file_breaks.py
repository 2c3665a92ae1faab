"""Attempts to break what must always hold of files, and valid ones to open."""

from __future__ import annotations

from typing import Any

from grants.applications.models import Document, PartialUpload
from tests.papers import document


def document_of(life: Any, **values: Any) -> Document:
    """A checked file that was sent in with the case."""
    made: Document = document(life.case, life.asker.user, **values)
    return made


def part_of(life: Any, **values: Any) -> PartialUpload:
    """A file that its applicant began to send, or one with something changed."""
    given = {"question_key": "x", "filename": "plan.pdf", "size": 10, "digest": "a" * 64}
    return PartialUpload.objects.create(application=life.case, owner=life.asker.user, **{**given, **values})


FILE_BREAKS = {
    "document_known_state": lambda life: document_of(life, state="verloren"),
    "document_infected_has_no_content": lambda life: Document.objects.filter(pk=document_of(life, state="received").pk).update(state="infected"),
    "partial_upload_not_over_its_size": lambda life: part_of(life, received=11),
    "partial_upload_once": lambda life: [part_of(life) for _ in "ab"],
}
