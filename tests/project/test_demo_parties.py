"""The demonstration shows who asks in every way: for the people themselves, and for officials."""

from __future__ import annotations

import pytest

from applicants.models import Applicant
from grants.applications.models import Application
from grants.kernel.models import User
from grants.project.demo.parties import live_parties
from tests.applicants.who import client_of

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_who_asks_and_who_acts(world):
    live_parties()
    assert Application.objects.of_applicants_of(User.objects.get(username="meehelper")).count() == 1
    treasurer = client_of(User.objects.get(username="penningmeester")).get("/mijn/aanvragers/").content.decode()
    assert "uitgeschreven" in treasurer and "Vereniging Zelf Ingevuld" in treasurer
    handler = client_of(User.objects.get(username="behandelaar"))
    told = {}
    for name in ("Stichting Samen Sterk (verzonnen)", "Bewonersgroep Bloemstraat (verzonnen)"):
        case = Application.objects.exclude(status="draft").get(applicant=Applicant.objects.get(name=name))
        told[name] = handler.get(f"/behandelen/{case.pk}/aanvrager/").content.decode()
    assert "machtiging.pdf" in told["Stichting Samen Sterk (verzonnen)"] and "nog niemand heeft bekeken" in told["Stichting Samen Sterk (verzonnen)"]
    assert "Niet alle deelnemers" in told["Bewonersgroep Bloemstraat (verzonnen)"]
