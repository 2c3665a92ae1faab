"""Writes about applicants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from applicants.models import Applicant, Correspondent


@transaction.atomic
def register_applicant(*, type: str, name: str, street: str, postcode: str, city: str, kvk_number: str = "") -> Applicant:
    """Register who applied on paper. No digital post: nobody agreed to that yet (Awb 2:8)."""
    return Applicant.objects.create(type=type, name=name, street=street, postcode=postcode, city=city, kvk_number=kvk_number)


@dataclass(frozen=True, slots=True)
class Instead:
    """Who is written to instead of an applicant, and where."""

    kind: str
    name: str
    street: str
    postcode: str
    city: str


@transaction.atomic
def write_to(*, applicant: Applicant, instead: Instead, day: date) -> Correspondent:
    """From `day` on the letters go to somebody else. Whoever was written to before keeps what was sent, and gets nothing more."""
    for earlier in Correspondent.objects.select_for_update().filter(applicant=applicant, valid_to__isnull=True):
        earlier.valid_to = day - timedelta(days=1)
        earlier.save()
    return Correspondent.objects.create(
        applicant=applicant, kind=instead.kind, name=instead.name, street=instead.street, postcode=instead.postcode, city=instead.city, valid_from=day
    )


@transaction.atomic
def write_to_applicant_again(*, correspondent: Correspondent, day: date) -> None:
    """The letters go to the applicant again from `day` on."""
    Correspondent.objects.filter(id=correspondent.pk, valid_to__isnull=True).update(valid_to=day - timedelta(days=1))
