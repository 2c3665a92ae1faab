"""The number of queries of a page does not grow with the number of rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.services import claiming
from grants.kernel.models import User

pytestmark = pytest.mark.django_db


def queries(username: str, address: str) -> int:
    client = Client()
    client.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(connection, ) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


PAGES = [
    ("behandelaar", "/behandelen/", 14),
    ("penningmeester", "/mijn/", 14),
    ("bewoner", "/", 8),
    ("intake", "/behandelen/post/", 16),
    ("intake", "/behandelen/post/meldingen/", 14),
    ("controller", "/cijfers/", 32),
    ("controller", "/cijfers/indicatoren/leefbaarheid-projectsubsidies/", 20),
    ("bewoner", "/inloggen/", 8),
]


@pytest.mark.parametrize(("username", "address", "most"), PAGES)
def test_a_list_asks_as_many_queries_at_3_rows_as_at_30(live, username, address, most):
    for _ in range(3):
        live("received")
    few = queries(username, address)
    for _ in range(27):
        live("received")
    assert queries(username, address) == few <= most


@pytest.mark.parametrize("what", ["waiting", "pile", "notices", "letter"])
def test_the_post_asks_as_many_queries_at_3_letters_as_at_30(live, what):
    from applicants.models import Applicant
    from grants.kernel import outbox
    from letters.models import Letter, Notice
    from tests.letters.posting import pile

    def more(number):
        Applicant.objects.update(channel_consent=what == "notices")
        for _ in range(number):
            live("received")
        outbox.run_open()
        Notice.objects.update(state="failed")
        if what == "pile":
            return f"/behandelen/post/stapels/{pile().pk}/"
        if what == "letter":
            return Letter.objects.latest("created_at").get_absolute_url()
        return "/behandelen/post/" if what == "waiting" else "/behandelen/post/meldingen/"

    few = queries("intake", more(3))
    assert queries("intake", more(27)) == few <= 18


@pytest.mark.parametrize("address", ["/behandelen/betalingen/", "/behandelen/terugvorderingen/"])
def test_a_list_of_money_asks_as_many_queries_at_3_rows_as_at_30(live, address):
    def more(number):
        for _ in range(number):
            life = live("verleend", amount="10000")
            claiming.draft(life.case, life.case.decisions.get(), Decimal(10), life.day)

    more(3)
    few = queries("financien", address)
    more(27)
    assert queries("financien", address) == few <= 14


@pytest.mark.parametrize("page", ["/behandelen/{id}/", "/aanvragen/{id}/"])
def test_a_case_page_asks_the_same_whatever_hangs_on_it(live, page):
    life = live("verleend")
    user = "behandelaar" if "behandelen" in page else "penningmeester"
    before = queries(user, page.format(id=life.id))
    for number in range(27):
        from grants.applications.services.handling import act_with_reason

        act_with_reason(application_id=life.id, act="report_change", reason=f"wijziging {number}", actor=life.asker, day=life.day)
    assert queries(user, page.format(id=life.id)) == before <= 32
