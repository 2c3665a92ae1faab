"""Writes about applicants."""

from __future__ import annotations

from django.db import transaction

from applicants.models import Applicant


@transaction.atomic
def register_applicant(*, type: str, name: str, street: str, postcode: str, city: str, kvk_number: str = "") -> Applicant:
    """Register who applied on paper. No digital post: nobody agreed to that yet (Awb 2:8)."""
    return Applicant.objects.create(type=type, name=name, street=street, postcode=postcode, city=city, kvk_number=kvk_number)
