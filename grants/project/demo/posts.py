"""Somebody who wants post on paper: a receipt and a signed decision that wait in the post room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.conf import settings

from applicants.models import Applicant, ApplicantType, Capacity, Representation
from grants.kernel.models import User
from grants.project.demo.lives import LIVES, Life, Plan, to_assessed

NAME = "Pa Pier (verzonnen)"


def live_post() -> None:
    """Two cases of a resident who never chose digital post (Awb 2:8)."""
    applicant = Applicant.objects.create(
        type=ApplicantType.NATUURLIJK_PERSOON, name=NAME, street="Briefweg 3", postcode="6461 AB", city="Kerkrade", is_demo=True,
        iban="NL20INGB0001234567", channel_consent=False,
    )
    user = User.objects.get(username="ambtenaar")
    Representation.objects.create(applicant=applicant, user=user, valid_from=user.representations.order_by("id")[:1].get().valid_from, kind=Capacity.THIRD_PARTY, is_authorised_third_party=True)
    LIVES["received"](Life(Plan("LB-INW", NAME, "Brievenbus voor de straat", Decimal(3000), 4, "received")))
    decided = Life(Plan("LB-INW", NAME, "Prikbord op het plein", Decimal(3000), 14, "assessed"))
    to_assessed(decided)
    decided.decide("settle_directly", decided.plan.amount, send=False)


@contextmanager
def quiet_mail() -> Iterator[None]:
    """No e-mail leaves, nor fills the screen, while invented people live their past."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before
