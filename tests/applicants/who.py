"""People and applicants for the tests of who asks."""

from __future__ import annotations

import re

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applicants.acts import inviting, registering
from applicants.acts.registering import Contact
from applicants.kvk.others import RecordedKvk
from applicants.models import Applicant
from grants.kernel import outbox
from grants.kernel.models import User
from tests.papers import posted_pdf

ADDRESS = Contact("Demoweg 1", "6211 AA", "Maastricht", "wij@example.org")
FILLED = {"street": "Demoweg 1", "postcode": "6211aa", "city": "Maastricht", "email": "wij@example.org", "phone": ""}


def person(username: str) -> User:
    """Somebody who signed in for the first time, or whom the demo world knows."""
    return User.objects.get_or_create(username=username, defaults={"first_name": username.title(), "last_name": "Proef"})[0]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pdf(name: str = "machtiging.pdf") -> SimpleUploadedFile:
    return posted_pdf(name, "ondertekend")


def foundation(user: User, number: str = "00000011", capacity: str = "board") -> Applicant:
    return registering.register_organisation(
        user=user, kvk_number=number, record=RecordedKvk().lookup(number), type="", name="", contact=ADDRESS, capacity=capacity
    )


def token_mailed(page: str = "uitnodiging") -> str:
    """The secret of the newest link in a mail, after the outbox was carried."""
    outbox.run_open()
    return [found for sent in mail.outbox for found in re.findall(rf"/{page}/([^/\s]+)/", str(sent.body))][-1]


def invited(applicant: Applicant, by: User, kind: str = "colleague", **values) -> tuple[str, str]:
    """The token in the mail and the code of the inviter."""
    _made, code = inviting.invite(applicant_id=applicant.pk, email="collega@example.org", kind=kind, user=by, **values)
    return token_mailed(), code


def other(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06d}"
