"""Objections on the pages: of the applicant, of intake, of the objection handler; and the table of acts."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants.models import Applicant
from decisions.models import Objection
from decisions.models.objecting import OPEN, State
from decisions.services import objecting
from grants.applications.lifecycle.door import machines
from grants.applications.lifecycle.table import rows
from grants.kernel import recording
from grants.kernel.models import Event, User
from grants.project.demo.objections import Objector, live_objections
from letters.models import Notice

pytestmark = pytest.mark.django_db


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def found(live):
    return Objector(live("rejected", days_ago=60))


@pytest.fixture
def registered(found):
    found.life.day = found.life.today
    found.register()
    return found


# -- the applicant ---------------------------------------------------------------------------------------------------
def test_the_applicant_objects_from_the_page_of_the_case(found):
    client = signed_in("penningmeester")
    case = client.get(f"/aanvragen/{found.life.id}/").content.decode()
    assert f"?besluit={found.contested.pk}" in case
    form = client.get(f"/aanvragen/{found.life.id}/bezwaar/").content.decode()
    assert form.count("<h1>") == 1 and "Waarom bent u het niet eens?" in form
    typed = {"decision": str(found.contested.pk), "grounds": "Wij wonen hier al lang.", "late_reason": "Ik was ziek."}
    page = client.post(f"/aanvragen/{found.life.id}/bezwaar/", typed, follow=True).content.decode()
    assert "Wij hebben uw bezwaar ontvangen" in page and "Uw bezwaar is toch binnen" in page and "reden goed genoeg" in page
    record = Objection.objects.get()
    assert (record.grounds, record.late_reason, record.channel) == ("Wij wonen hier al lang.", "Ik was ziek.", "portal")
    assert "Bezwaar intrekken" in page and f"?besluit={found.contested.pk}" not in page


@pytest.mark.parametrize(
    ("state", "hours", "said", "protects"),
    [
        ("sent", 1, "De melding per e-mail ging weg op", False), ("sent", 72, "na meer dan 48 uur", True), ("failed", None, "Er kwam geen melding per e-mail aan", True),
        ("informed", None, "Wij vertelden het anders", True), ("waiting", None, "Er kwam geen melding per e-mail aan", True),
    ],
)
def test_the_official_sees_whether_a_notice_reached_the_objector_beside_whether_it_is_in_time(registered, state, hours, said, protects):
    notice = Notice.objects.get(dispatch__letter=registered.contested.letter)
    Notice.objects.filter(pk=notice.pk).update(state=state, sent_at=notice.placed_at + timedelta(hours=hours) if hours else None)
    page = signed_in("bezwaar").get(Objection.objects.get().get_absolute_url()).content.decode()
    assert said in page and "artikel 2:22 Awb" in page and ("Dan mag dat niet tegen de bezwaarmaker tellen" in page) is protects


def test_of_a_decision_on_paper_nothing_is_said_about_a_notice(live):
    Applicant.objects.update(channel_consent=False)
    found = Objector(live("rejected", days_ago=60))
    found.life.day = found.life.today
    found.register()
    assert "2:22" not in signed_in("bezwaar").get(Objection.objects.get().get_absolute_url()).content.decode()


def test_without_grounds_it_still_comes_in(found):
    signed_in("penningmeester").post(f"/aanvragen/{found.life.id}/bezwaar/", {"decision": str(found.contested.pk), "grounds": ""})
    assert Objection.objects.get().state == "obj_registered"


def test_a_second_click_makes_no_second_objection_and_keeps_what_was_typed(found):
    client = signed_in("penningmeester")
    typed = {"decision": str(found.contested.pk), "grounds": "Met moeite getypt."}
    for _ in range(2):
        page = client.post(f"/aanvragen/{found.life.id}/bezwaar/", typed, follow=True).content.decode()
    assert Objection.objects.count() == 1 and "Met moeite getypt." in page


def test_a_wrong_choice_keeps_what_was_typed(found):
    page = signed_in("penningmeester").post(f"/aanvragen/{found.life.id}/bezwaar/", {"decision": "iets", "grounds": "Met moeite getypt."}).content.decode()
    assert "error-summary" in page and "Met moeite getypt." in page and not Objection.objects.exists()


def test_a_decision_of_another_case_cannot_be_chosen(found, live):
    other = live("rejected", days_ago=60)
    client = signed_in("penningmeester")
    client.post(f"/aanvragen/{other.id}/bezwaar/", {"decision": str(found.contested.pk), "grounds": "x"})
    assert not Objection.objects.exists()


def test_a_closed_case_is_told_of_and_the_objection_is_taken_in(live):
    life = live("closed")
    found = Objector(life)
    page = signed_in("bewoner").post(f"/aanvragen/{life.id}/bezwaar/", {"decision": str(found.contested.pk), "grounds": "x"}, follow=True)
    assert "al afgesloten" in page.content.decode() and Objection.objects.count() == 1
    desk = signed_in("bezwaar").get(f"/behandelen/bezwaar/{Objection.objects.get().pk}/").content.decode()
    assert "heeft heropend" in desk


def test_the_applicant_completes_and_withdraws_on_pages_of_one_own(registered):
    registered.step(objecting.ask_repair, items=("Waarom u het niet eens bent.",))
    client = signed_in("penningmeester")
    address = f"/aanvragen/bezwaar/{registered.id}/"
    assert "Waarom u het niet eens bent." in client.get(f"{address}aanvullen/").content.decode()
    assert "error-summary" in client.post(f"{address}aanvullen/", {"text": ""}).content.decode()
    assert "aanvulling ontvangen" in client.post(f"{address}aanvullen/", {"text": "Hierom."}, follow=True).content.decode()
    assert client.get(f"{address}intrekken/").status_code == 200 and registered.record.is_open, "looking withdraws nothing"
    assert "ingetrokken" in client.post(f"{address}intrekken/", follow=True).content.decode()
    assert registered.record.state == "obj_withdrawn"


@pytest.mark.parametrize("page", ["aanvullen", "intrekken"])
def test_somebody_elses_objection_is_not_found(registered, page):
    for username in ("ambtenaar", "bezwaar"):
        client = signed_in(username)
        for method in (client.get, client.post):
            assert method(f"/aanvragen/bezwaar/{registered.id}/{page}/").status_code == 404
    assert registered.record.is_open


# -- officials -------------------------------------------------------------------------------------------------------
def test_intake_registers_one_on_paper_and_a_refusal_keeps_what_was_typed(found):
    client = signed_in("intake")
    address = f"/behandelen/{found.life.id}/bezwaar/"
    day = found.life.today
    typed = {"decision": str(found.contested.pk), "received_on": str(day), "posted_on": "2999-01-01", "grounds": "Overgetypt van papier."}
    page = client.post(address, typed).content.decode()
    assert "later zijn gepost" in page and "Overgetypt van papier." in page
    page = client.post(address, {**typed, "posted_on": "", "has_committee": "on"}, follow=True).content.decode()
    assert "is ingeschreven" in page and "ja, de bezwaarmaker weet dit sinds" in page
    assert Objection.objects.get().channel == "paper"


def test_the_page_shows_the_dates_the_clock_and_what_can_be_done(registered):
    page = signed_in("bezwaar").get(f"/behandelen/bezwaar/{registered.id}/").content.decode()
    for part in ("Hoorzitting plannen", "Aanvulling van het bezwaar vragen", "artikel 7:10, eerste lid", "Is het op tijd?", "Beslissing op bezwaar opstellen"):
        assert part in page, part
    assert "Advies van de commissie vastleggen" not in page and "Verslag van de hoorzitting vastleggen" not in page
    reader = signed_in("controller").get(f"/behandelen/bezwaar/{registered.id}/").content.decode()
    assert "Niets op dit moment" in reader


def test_the_handler_walks_an_objection_from_hearing_to_decision(registered):
    client, address = signed_in("bezwaar"), f"/behandelen/bezwaar/{registered.id}/"
    refused = client.post(f"{address}plan_hearing/", {"day": "2999-01-04", "time": "10:00", "place": "hier", "officer": "999999"}).content.decode()
    assert "error-summary" in refused and "hier" in refused
    officer = User.objects.get(username="secretaris").pk
    page = client.post(f"{address}plan_hearing/", {"day": "2999-01-04", "time": "10:00", "place": "Maastricht", "officer": officer}, follow=True)
    assert "uitnodiging wordt verstuurd" in page.content.decode() and "Stukken tot en met" in page.content.decode()
    early = signed_in("secretaris").post(f"{address}hold_hearing/", {"report": "Lang verslag."}).content.decode()
    assert "nog niet geweest" in early and "Lang verslag." in early
    client.post(f"{address}waive_hearing/", {"ground": "7:3(c)", "reason": "belde af"})
    page = client.post(
        f"{address}beslissing/", {"outcome": "unfounded", "act": "grant_in_objection", "amount": "30000", "motivation": "Met zorg geschreven."}
    ).content.decode()
    assert "7:11" in page and "Met zorg geschreven." in page
    typed, before = {"outcome": "unfounded", "act": "uphold", "motivation": "Geen nieuwe feiten."}, Event.objects.count()
    page = client.post(f"{address}beslissing/", {**typed, "voorbeeld": "1"}).content.decode()
    letter = page.split('<article class="letter"')[1].split("</article>")[0]
    assert "Geen nieuwe feiten." in letter and "beroep" in letter and "Concept." in page and Event.objects.count() == before
    concept = client.post(f"{address}beslissing/", {**typed, "pdf": "1"})
    assert concept["Content-Type"] == "application/pdf" and concept.content.startswith(b"%PDF")
    page = client.post(f"{address}beslissing/", {**typed, "motivation": "", "voorbeeld": "1"}).content.decode()
    assert '<article class="letter"' not in page and "klopt iets niet" in page
    page = client.post(f"{address}beslissing/", {"outcome": "unfounded", "act": "uphold", "motivation": "Geen nieuwe feiten."}, follow=True).content.decode()
    assert "Concept wijzigen" in page and "Uw bezwaar is ongegrond" in page
    decision = registered.record.decision
    assert "Akkoord als toetser" in signed_in("secretaris").get(decision.get_absolute_url()).content.decode()
    assert "Concept wijzigen" not in signed_in("behandelaar").get(decision.get_absolute_url()).content.decode()


def test_an_example_of_the_letter_lets_nobody_wait_who_records(registered, monkeypatch):
    client, address, taken = signed_in("bezwaar"), f"/behandelen/bezwaar/{registered.id}/", []
    client.post(f"{address}waive_hearing/", {"ground": "7:3(c)", "reason": "belde af"})
    take = recording.take_sequence
    monkeypatch.setattr(recording, "take_sequence", lambda: taken.append(1) or take())
    typed = {"outcome": "unfounded", "act": "uphold", "motivation": "Geen nieuwe feiten."}
    page = client.post(f"{address}beslissing/", {**typed, "voorbeeld": "1"}).content.decode()
    assert '<article class="letter"' in page and not taken
    assert client.post(f"{address}beslissing/", typed).status_code == 302 and taken, "the draft itself is recorded"


def test_a_decision_on_an_objection_does_not_start_on_the_page_of_the_case(registered):
    client = signed_in("bezwaar")
    assert client.get(f"/behandelen/{registered.life.id}/besluit/uphold/").status_code == 404
    case = client.get(f"/behandelen/{registered.life.id}/").content.decode()
    assert f"/behandelen/bezwaar/{registered.id}/" in case and "Na bezwaar verlenen" not in case and "beslissen op het bezwaar" in case


def test_a_wrong_role_or_an_act_that_is_none_gets_nothing_done(registered):
    address = f"/behandelen/bezwaar/{registered.id}/"
    assert signed_in("behandelaar").post(f"{address}waive_hearing/", {"ground": "7:3(c)", "reason": "x"}).status_code == 403
    assert "U mag" in signed_in("intake").post(f"{address}waive_hearing/", {"ground": "7:3(c)", "reason": "x"}).content.decode()
    for name in ("decide_on_objection", "register_objection", "grant", "onzin"):
        assert signed_in("bezwaar").post(f"{address}{name}/").status_code == 404, name
    assert registered.record.state == "obj_registered" and registered.record.waived_ground == ""


def test_the_list_is_ordered_by_the_day_of_the_decision_and_asks_as_many_queries_at_3_as_at_30(live):
    def queries():
        client = signed_in("bezwaar")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/behandelen/bezwaar/")
        return len(asked), page

    def add(days_ago):
        Objector(live("rejected", days_ago=days_ago)).register()

    for days_ago in (60, 90, 75):
        add(days_ago)
    few, page = queries()
    dates = [o.decide_by for o in page.context["page"]]
    assert dates == sorted(dates) and len(set(dates)) == 3
    for number in range(27):
        add(60 + number)
    many, page = queries()
    assert len(page.context["page"]) == 30 and few == many <= 14


def test_the_page_of_a_case_asks_the_same_at_one_objection_as_at_five(registered):
    def queries(username, address):
        client = signed_in(username)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    pages = [("bezwaar", f"/behandelen/{registered.life.id}/"), ("penningmeester", f"/aanvragen/{registered.life.id}/")]
    before = [queries(*page) for page in pages]
    for _ in range(4):
        registered.step(objecting.withdraw, actor=registered.life.asker, how="portal")
        registered.register()
    assert [queries(*page) for page in pages] == before


def test_the_demo_has_an_objection_that_waits_and_one_that_brought_a_grant(world):
    live_objections()
    assert sorted((o.state, o.application.status) for o in Objection.objects.all()) == [("obj_decided", "verleend"), ("obj_hearing_planned", "rejected")]


# -- the table -------------------------------------------------------------------------------------------------------
def test_the_machine_has_the_states_and_rows_of_the_domain_reference():
    assert Objection in machines()
    table = rows(Objection)
    assert {row.act.number[:3] for row in table} == {f"B{n:02d}" for n in range(1, 13)} - {"B10"}
    assert len({row.act.number for row in table}) == len(table)
    for state in State:
        assert any(state in row.targets for row in table), state
        leaves = {row.name for row in table if state in row.sources and row.targets and set(row.targets) != {state}}
        assert bool(leaves) is (state not in ("obj_withdrawn", "appeal_decided")), state
    for state in OPEN:
        names = {row.name for row in table if state in row.sources}
        assert {"withdraw_objection", "adjourn_objection"} <= names, state


def test_no_act_of_an_objection_has_the_name_of_an_act_of_the_case():
    assert not {row.name for row in rows()} & {row.name for row in rows(Objection)}


@pytest.mark.parametrize("form", ["text", "markdown", "json", "dot"])
def test_the_command_shows_every_machine(form):
    out = StringIO()
    call_command("lifecycle", format=form, stdout=out)
    assert "obj_hearing_planned" in out.getvalue() and "report_overdue" in out.getvalue()
    if form == "json":
        data = json.loads(out.getvalue())
        assert {row["machine"] for row in data} == {str(model._meta.model_name) for model in machines()}
