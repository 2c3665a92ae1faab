"""Small real files for tests: a PDF, photos, a spreadsheet, and a document that stands in a case."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def pdf(mark: str = "plan") -> bytes:
    """One empty page; `mark` makes it another file."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        document.docinfo["/Title"] = mark
        document.save(made, deterministic_id=True)
    return made.getvalue()


def posted_pdf(name: str = "plan.pdf", mark: str = "plan") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(mark), content_type="application/pdf")


def photo(size: tuple[int, int] = (64, 48), kind: str = "JPEG", colour: Any = (200, 30, 30), **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **options)
    return made.getvalue()


def zipped(**members: bytes) -> bytes:
    """A zip; in names `__` stands for a slash and a final `_xml` for .xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def sheet(**members: bytes) -> bytes:
    """What is inside an XLSX, as far as anybody looks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def document(application: Any, user: Any, *, name: str = "plan.pdf", state: str = "clean", content: bytes = b"", **values: Any) -> Any:
    """A document past the services, checked unless said otherwise."""
    from grants.applications.models import Document

    content = content or pdf(name)
    digest = hashlib.sha256(content).hexdigest()
    given = {
        "question_key": "scan", "content_type": "application/pdf", "size": len(content), "digest": digest, "received_size": len(content),
        "received_digest": digest, **values,
    }
    made = Document(application=application, filename=name, uploaded_by=user, state=state, **given)
    if state not in ("infected", "unreadable"):
        made.file.save(name, ContentFile(content), save=False)
    made.save()
    return made
