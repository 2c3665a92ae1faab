"""The pages about state aid: the tree, the register of an undertaking, and the panel on the case."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import AidTest, DeMinimisEntry, Undertaking, UndertakingMember
from decisions.services import aid
from grants.kernel.models import RoleAssignment, User
from grants.project.demo.lives import answers_to

pytestmark = pytest.mark.django_db


def page(username, address, data=None):
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return answer.content.decode().replace("\u00a0", " ")


@pytest.fixture
def granted(live):
    """A case with de-minimis aid that was granted."""

    def make(**more):
        life = live("received", **more)
        life.later(3)
        life.mark_complete()
        life.test_aid("de_minimis")
        life.assess()
        life.decide("grant", life.plan.amount)
        return life

    return make


def test_the_tree_is_asked_as_questions_and_its_outcome_is_on_the_case(live):
    life = live("received")
    assert "Nog niet getoetst" in page("behandelaar", f"/behandelen/{life.id}/")
    address = f"/behandelen/{life.id}/staatssteun/"
    asked = page("behandelaar", address)
    assert "1. Is de aanvrager voor dit plan een onderneming?" in asked and "artikel 107, eerste lid, VWEU" in asked
    told = page("behandelaar", address, {"undertaking": "nee", "undertaking_why": "Bewoners, geen markt."})
    assert "De uitkomst is: geen staatssteun." in told and "Geen staatssteun</strong>" in told
    assert "Bewoners, geen markt." in page("auditor", address)


def test_what_is_missing_is_told_at_its_question_and_nothing_typed_is_lost(live):
    life = live("received")
    address = f"/behandelen/{life.id}/staatssteun/"
    told = page("behandelaar", address, {"undertaking": "ja", "undertaking_why": "Verkoopt koffie."})
    assert 'href="#id_state_resources_0"' in told and "Verkoopt koffie." in told
    told = page("behandelaar", address, {"undertaking": "nee"})
    assert 'href="#id_undertaking_why"' in told
    exempted = {key: "ja" if answer else "nee" for key, answer in answers_to("block_exempted").items()}
    told = page("behandelaar", address, {**exempted, "block_exempted_why": "sport"})
    assert 'href="#id_block_exempted_reference"' in told and not AidTest.objects.exists()
    told = page("behandelaar", address, {**exempted, "block_exempted_why": "sport", "block_exempted_reference": "Artikel 55, SA.12345"})
    assert "(Artikel 55, SA.12345)" in told
    assert 'value="Artikel 55, SA.12345"' in page("behandelaar", address), "a next test starts from the last one"


def test_who_only_reads_cases_sees_no_form_and_cannot_answer(live):
    life = live("received")
    address = f"/behandelen/{life.id}/staatssteun/"
    assert "Toets vastleggen" not in page("controller", address)
    assert "kunt u nu geen staatssteun toetsen" in page("controller", address, {"undertaking": "nee", "undertaking_why": "x"})
    assert not AidTest.objects.exists()


def test_the_case_shows_the_room_and_what_is_to_be_reported(granted):
    life = granted()
    shown = page("behandelaar", f"/behandelen/{life.id}/")
    assert "Ruimte voor de-minimissteun vandaag: € 270.000,00" in shown and "nog te melden in het register" in shown


def test_declared_aid_is_typed_the_dutch_way_and_shows_in_the_register(granted):
    life = granted()
    values = {"authority": "Gemeente Heerlen", "granted_on": life.day.isoformat(), "amount": "1.000,50", "kind": "general", "member_state": "nl"}
    address = f"/behandelen/{life.id}/de-minimis/"
    assert "is vastgelegd" in page("behandelaar", address, values)
    future = {**values, "granted_on": "2999-01-01"}
    assert "niet in de toekomst" in page("behandelaar", address, future)
    assert "hoger is dan nul" in page("behandelaar", address, {**values, "amount": "0"})
    assert "€ 31.000,50" in page("auditor", "/behandelen/de-minimis/")


def test_the_register_counts_on_the_day_that_is_asked(granted):
    life = granted()
    before = (life.day - timedelta(days=1)).isoformat()
    assert "€ 270.000,00" in page("auditor", "/behandelen/de-minimis/")
    assert "€ 300.000,00" in page("auditor", f"/behandelen/de-minimis/?dag={before}")
    assert "onbekend" in page("auditor", "/behandelen/de-minimis/?dag=2031-01-01")
    assert page("auditor", "/behandelen/de-minimis/?dag=morgen&vanaf=veel")


def test_a_report_is_noted_with_its_number_and_taken_back_with_a_reason(granted):
    granted()
    entry = DeMinimisEntry.objects.get()
    address = f"/behandelen/de-minimis/post/{entry.pk}/"
    assert "nummer NL-7" in page("behandelaar", address, {"act": "report_de_minimis", "number": "NL-7"})
    assert "Niets gevonden" in page("behandelaar", "/behandelen/de-minimis/?melden=1")
    assert "Schrijf op waarom" in page("behandelaar", address, {"act": "undo_report_of_de_minimis", "reason": ""})
    assert "Reden: verkeerd" in page("behandelaar", address, {"act": "undo_report_of_de_minimis", "reason": "verkeerd"})
    assert "Dit kan nu niet" in page("behandelaar", address, {"act": "withdraw_declared_de_minimis", "reason": "x"})
    assert "Dit kan nu niet" in page("controller", address, {"act": "report_de_minimis"})
    entry.refresh_from_db()
    assert entry.state == "to_report"


def test_a_handler_links_a_company_with_its_source_and_parts_it_again(granted):
    life = granted()
    address = Undertaking.objects.get().get_absolute_url()
    link = {"wat": "koppelen", "koppelen-kvk_number": "87654321", "koppelen-name": "Moeder BV", "koppelen-source": "uittreksel"}
    assert "acht cijfers" in page("behandelaar", address, {**link, "koppelen-kvk_number": "1234"})
    assert "Alleen een behandelaar" in page("controller", address, link)
    assert "Moeder BV, KvK 87654321" in page("behandelaar", address, link)
    assert "hoort al bij deze onderneming" in page("behandelaar", address, link)
    member = UndertakingMember.objects.get(kvk_number="87654321")
    page("behandelaar", address, {"wat": "losmaken", "losmaken-member": member.pk, "losmaken-source": "verkocht"})
    member.refresh_from_db()
    assert member.undertaking_id != UndertakingMember.objects.get(kvk_number=life.case.applicant.kvk_number).undertaking_id


def test_the_register_shows_the_undertakings_of_ones_own_schemes_only(granted):
    granted()
    assert "Buurthuis" in page("auditor", "/behandelen/de-minimis/")
    RoleAssignment.objects.filter(user__username="auditor").update(scheme_code="LB-INW")
    assert "Niets gevonden" in page("auditor", "/behandelen/de-minimis/")
    client = Client()
    client.force_login(User.objects.get(username="auditor"))
    assert client.get(Undertaking.objects.get().get_absolute_url()).status_code == 404
    RoleAssignment.objects.filter(user__username="auditor").update(scheme_code="LB-SVC")
    assert "Buurthuis" in page("auditor", "/behandelen/de-minimis/")


def queries(address):
    client = Client()
    client.force_login(User.objects.get(username="behandelaar"))
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_register_asks_as_many_queries_at_3_undertakings_as_at_30(granted):
    life = granted()
    event = DeMinimisEntry.objects.get()

    def more(count):
        for _ in range(count):
            company = UndertakingMember.objects.create(
                undertaking=Undertaking.objects.create(), kvk_number=f"{UndertakingMember.objects.count():08d}"[::-1], name="Bedrijf"
            )
            entry = DeMinimisEntry(
                application=life.case, member=company, kind="general", amount=Decimal(5), granted_on=life.day, authority="x", event_id=event.event_id
            )
            entry.__dict__["state"] = "declared"
            entry.save(force_insert=True)

    more(2)
    few = queries("/behandelen/de-minimis/")
    more(27)
    assert queries("/behandelen/de-minimis/") == few <= 14


def test_the_page_of_an_undertaking_asks_the_same_whatever_aid_it_got(granted):
    life = granted()
    address = Undertaking.objects.get().get_absolute_url()

    def more(count):
        for _ in range(count):
            aid.declare(
                application_id=life.id, actor=life.handler, day=life.day,
                values={"kind": "sgei", "amount": Decimal(5), "granted_on": life.day, "authority": "x"},
            )

    more(3)
    few = queries(address)
    more(27)
    assert queries(address) == few <= 16
