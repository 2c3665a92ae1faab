"""The history of a case: all of it, by kind, a page at a time, with names for who may see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions import history
from grants.applications.services.handling import act_with_reason
from grants.kernel import audit, triggers
from grants.kernel.models import Event, User

pytestmark = pytest.mark.django_db


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def read(username, address):
    return signed_in(username).get(address).content.decode()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("", lambda e: True),
        ("stand", lambda e: e.from_status != e.to_status),
        ("besluiten", lambda e: e.act == "grant"),
        ("paymentorder", lambda e: e.act == "plan_payment"),
        ("objection", lambda e: False),
    ],
)
def test_a_kind_of_event_is_chosen(live, kind, expected):
    life = live("verleend")
    found = history.page(life.case, kind, None).events
    assert [e.id for e in found] == [e.id for e in life.case.chain.events.order_by("-position") if expected(e)]


def test_a_long_history_is_read_in_pages_that_miss_and_repeat_nothing(live):
    life = live("verleend")
    for number in range(2 * history.PAGE):
        act_with_reason(application_id=life.id, act="report_change", reason=str(number), actor=life.asker, day=life.day)
    seen, before = [], None
    while True:
        page = history.page(life.case, "", before)
        seen += [event.position for event in page.events]
        before = page.before
        if before is None:
            break
    assert seen == list(range(life.case.chain.length, 0, -1))


def test_the_page_asks_as_many_queries_for_a_long_history_as_for_a_short_one(live):
    life = live("verleend")
    address = f"/behandelen/{life.id}/geschiedenis/"

    def queries():
        client = signed_in("behandelaar")
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = queries()
    for number in range(60):
        act_with_reason(application_id=life.id, act="report_change", reason=str(number), actor=life.asker, day=life.day)
    assert queries() == few <= 10


def test_who_reads_for_figures_sees_roles_and_no_names(live):
    life = live("verleend")
    for page in ("", "geschiedenis/"):
        address = f"/behandelen/{life.id}/{page}"
        start = 'id="geschiedenis"' if page == "" else "<h1>"
        named, tail = (read(username, address).split(start)[-1] for username in ("toetser", "controller"))
        assert "Dirk Directeur" in named and "Dirk Directeur" not in tail
        assert "Bas Behandelaar" not in tail and "behandelaar" in tail


def test_the_chain_is_proved_on_demand_and_a_change_is_found(live):
    life = live("verleend")
    address = f"/behandelen/{life.id}/geschiedenis/"
    assert "niets is veranderd na het vastleggen" not in read("behandelaar", address)
    assert "niets is veranderd na het vastleggen" in read("behandelaar", f"{address}?keten=1")
    other = live("received")
    triggers.remove(connection)
    Event.objects.filter(chain=life.case.chain, position=2).update(article="anders")
    triggers.install(connection)
    assert "niet meer zoals zij is vastgelegd" in read("behandelaar", f"{address}?keten=1")
    assert list(audit.verify_chain(other.case.chain)) == []


@pytest.mark.parametrize("odd", ["?voor=abc", "?voor=-1", "?voor=99999999999999999999", "?soort=onzin", "?voor=0"])
def test_an_odd_address_still_gives_a_page(live, odd):
    assert signed_in("behandelaar").get(f"/behandelen/{live('received').id}/geschiedenis/{odd}").status_code == 200
