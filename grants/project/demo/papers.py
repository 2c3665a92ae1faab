"""Fictitious files, taken in through the same services as real ones: a photo, a plan, and one that could not be used."""

from __future__ import annotations

import io
from decimal import Decimal

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from grants.applications.documents import Document
from grants.applications.files import checking, take
from grants.project.demo.lives import Life, Plan

APPLICANT = "Bo Bewoner (verzonnen)"


def live_papers() -> None:
    """A draft and an application of a resident, each with files; in the second one had a virus (verzonnen)."""
    draft = Life(Plan("LB-INW", APPLICANT, "Insectenhotel bij de school", Decimal(2600), 0, "draft"))
    draft.draft()
    _add(draft, "plan insectenhotel (verzonnen).pdf", _plan())
    _add(draft, "de plek (verzonnen).jpg", _photo())
    sent = Life(Plan("LB-INW", APPLICANT, "Picknicktafel in het park", Decimal(2800), 3, "received"))
    sent.draft()
    _add(sent, "de tafel (verzonnen).jpg", _photo())
    wrong = _add(sent, "offerte (verzonnen).pdf", _plan())
    sent.submit()
    checking.refuse(wrong.pk, Document.State.INFECTED, "Demo-virus (verzonnen)")


def _add(life: Life, name: str, content: bytes) -> Document:
    key = life.case.definition.documents[0].key
    return take(application=life.case, key=key, upload=SimpleUploadedFile(name, content), user=life.asker.user)


def _plan() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.save(made)
    return made.getvalue()


def _photo() -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(made, "JPEG")
    return made.getvalue()
