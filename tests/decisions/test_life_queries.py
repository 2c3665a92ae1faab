"""The pages about changes ask as many queries for many rows as for few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from applicants.models import Applicant
from applicants.services import Instead
from decisions.life_panels import around_the_case
from decisions.models import PartyReport
from decisions.services import life_events, returning
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Dispatch

pytestmark = pytest.mark.django_db


def queries(ask):
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


def page(address):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    return queries(lambda: client.get(address))


def test_the_list_of_returned_post(live, world):
    Applicant.objects.update(channel_consent=False)

    def more(number):
        for _ in range(number):
            life = live("verleend", amount="10000")
            dispatch = Dispatch.objects.get(letter__chain=life.case.chain, letter__kind="L08")
            returning.note(
                application_id=life.id, dispatch_id=dispatch.pk, kind="wrong_opened", found_on=clock.today(), note="", what="naam",
                actor=person("intake", Role.INTAKE_OFFICER),
            )

    more(1)
    few = page("/behandelen/teruggekomen-post/")
    more(7)
    assert page("/behandelen/teruggekomen-post/") == few <= 14


def test_the_panel_asks_at_most_three_queries_whatever_befell_the_applicant(live):
    life = live("verleend")
    request = RequestFactory().get("/")

    def asked():
        case = Application.objects.select_related("version", "scheme", "applicant").get(id=life.id)
        return queries(lambda: around_the_case(request, case))

    assert asked() <= 3
    for kind in ("suspension_of_payment", "bankruptcy", "dissolution"):
        to = {"suspension_of_payment": "administrator", "bankruptcy": "curator", "dissolution": "liquidator"}[kind]
        life_events.report(
            applicant_id=life.applicant.pk, kind=kind, happened_on=clock.today() - timedelta(days=1), source="bron", actor=life.handler,
            instead=Instead(to, "N", "x 1", "6211 AA", "Maastricht"),
        )
    assert PartyReport.objects.count() == 3 and asked() <= 3
