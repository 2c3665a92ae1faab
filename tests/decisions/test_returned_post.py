"""Post that came back or reached somebody else: seen on the case, sent again with its effect, and a breach counted in hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from applicants.models import Applicant
from decisions.models import DataBreach, PostReturn
from decisions.services import closing, returning
from decisions.services.returning import PostRefused
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.kernel import audit, clock
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Dispatch
from tests.letters.posting import pile, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(live, world):
    Applicant.objects.update(channel_consent=False)
    return live("verleend")


def intake():
    return person("intake", Role.INTAKE_OFFICER)


def sent(life):
    return Dispatch.objects.get(letter__chain=life.case.chain, letter__kind="L08")


def note(life, kind="returned", actor=None, **values):
    given = {"dispatch_id": sent(life).pk, "found_on": clock.today(), "note": "", **values}
    return returning.note(application_id=life.id, kind=kind, actor=actor or intake(), **given)


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def moved(life):
    Applicant.objects.filter(id=life.applicant.id).update(street="Nieuwstraat 7")


def test_the_handler_sees_it_on_the_case_and_it_keeps_the_case_open(life):
    note(life)
    assert "brief teruggekomen" in signed_in("behandelaar").get(f"/behandelen/{life.id}/").content.decode()
    assert "een teruggekomen brief" in closing.open_matters_of(life.case)
    assert life.case.case_number in signed_in("behandelaar").get("/behandelen/teruggekomen-post/").content.decode()


def test_sending_again_moves_the_term_and_leaves_the_letter_as_it_was(life):
    record = note(life)
    moved(life)
    before = sent(life).letter.content
    returning.send_again(return_id=record.id, reason="nieuw adres", actor=life.handler)
    record.refresh_from_db()
    assert (record.state, record.outcome) == ("handled", "resent") and "Nieuwstraat 7" in record.sent_to
    assert sent(life).letter.dispatches.count() == 1 and "een brief die opnieuw op de post moet" in closing.open_matters_of(life.case)
    posted(pile())
    dispatches = list(Dispatch.objects.filter(letter__chain=life.case.chain, letter__kind="L08").order_by("id"))
    assert len(dispatches) == 2 and dispatches[1].letter.content == before
    assert life.case.deadlines.get(rule="OBJECTION_6W", ended_by=None).starts_on == clock.today()
    assert not list(audit.verify())


def test_a_letter_is_not_sent_again_to_the_address_where_it_came_back_from(life):
    record = note(life)
    with pytest.raises(PostRefused, match="Verbeter eerst het adres"):
        returning.send_again(return_id=record.id, reason="nog eens", actor=life.handler)
    assert PostReturn.objects.get().state == "open" and Dispatch.objects.filter(letter__kind="L08").count() == 1


def test_a_letter_delivered_next_door_may_go_to_the_same_address_again(life):
    record = note(life, "wrong_closed")
    returning.send_again(return_id=record.id, reason="bij de buren bezorgd", actor=life.handler)
    assert not DataBreach.objects.exists() and PostReturn.objects.get().outcome == "resent"


def test_a_letter_that_another_opened_is_a_breach_and_says_what_is_known(life):
    with pytest.raises(PostRefused, match="Welke gegevens|welke gegevens"):
        note(life, "wrong_opened")
    note(life, "wrong_opened", what="naam, adres en bedrag")
    breach = DataBreach.objects.get()
    assert breach.report_by == breach.known_at + timedelta(hours=72)


@pytest.mark.parametrize(("hours", "left"), [(0, 71), (71.5, 0), (72.5, -1)])
def test_the_hours_to_report_are_counted_to_72(life, hours, left):
    note(life, "wrong_opened", what="naam", known_at=clock.now() - timedelta(hours=hours))
    assert DataBreach.objects.get().hours_left == left


def test_a_breach_is_closed_only_with_whom_we_told_and_a_report_or_the_reason_why_not(life):
    note(life, "wrong_opened", what="naam")
    breach = DataBreach.objects.get()
    for values, words in (
        ({"informed": " "}, "wie op de hoogte"), ({"informed": "de aanvrager"}, "waarom melden niet hoeft"),
        ({"informed": "de aanvrager", "reported_at": breach.known_at - timedelta(hours=1)}, "kan niet"),
    ):
        with pytest.raises(PostRefused, match=words):
            returning.close_breach(breach_id=breach.pk, actor=life.handler, **values)
    returning.close_breach(breach_id=breach.pk, informed="de aanvrager", not_reported_reason="ongeopend teruggegeven", actor=life.handler)
    with pytest.raises(PostRefused, match="al afgehandeld"):
        returning.close_breach(breach_id=breach.pk, informed="x", not_reported_reason="y", actor=life.handler)


@pytest.mark.parametrize(("days", "words"), [(1, "in de toekomst"), (-400, "voor de dag van verzending")])
def test_a_day_that_cannot_be_is_refused(life, days, words):
    with pytest.raises(Refused, match=words):
        note(life, found_on=clock.today() + timedelta(days=days))


def test_a_sending_comes_back_once_and_only_on_its_own_case_by_the_right_person(life, live):
    other = live("verleend")
    with pytest.raises(PostRefused, match="hoort niet bij deze zaak"):
        note(life, dispatch_id=sent(other).pk)
    with pytest.raises(NotPermitted):
        note(life, actor=life.asker)
    note(life)
    with pytest.raises(PostRefused, match="staat al vast"):
        note(life)


def test_a_message_in_the_inbox_does_not_come_back(live):
    life = live("verleend")
    with pytest.raises(PostRefused, match="niet op papier"):
        note(life)


def test_the_pages_keep_what_was_typed_and_show_the_address_to_send_to(life):
    client, base = signed_in("intake"), f"/behandelen/{life.id}/teruggekomen/"
    typed = {"dispatch": sent(life).pk, "kind": "wrong_opened", "found_on": clock.today().isoformat(), "note": "bij nummer 12"}
    page = client.post(base, typed).content.decode()
    assert "dit is een datalek" in page and "bij nummer 12" in page and page.count("<h1>") == 1
    assert "uur om te melden" in client.post(base, {**typed, "what": "naam en bedrag"}, follow=True).content.decode()
    moved(life)
    record = PostReturn.objects.get()
    page = client.post(f"{base}afhandelen/", {"record": str(record.id), "how": "resend", "reason": "adres hersteld"}, follow=True).content.decode()
    assert "Met een adresblad naar" in page and "Nieuwstraat 7" in page
    breach = {"breach": DataBreach.objects.get().pk, "informed": "de aanvrager", "reported_at": "2020-01-01 10:00"}
    assert "kan niet" in client.post(f"/behandelen/{life.id}/datalek/", breach).content.decode()
    breach |= {"reported_at": "", "not_reported_reason": "geen risico"}
    assert "geen risico" in client.post(f"/behandelen/{life.id}/datalek/", breach, follow=True).content.decode()
    assert signed_in("penningmeester").get("/behandelen/teruggekomen-post/").status_code == 403


def test_a_case_without_a_letter_on_paper_says_so(live, world):
    life = live("received")  # by the website: its letters stand on the personal page
    page = signed_in("intake").get(f"/behandelen/{life.id}/teruggekomen/").content.decode()
    assert "geen brief op papier" in page and "---------" not in page


def test_the_moment_of_a_report_is_chosen_not_typed_in_a_foreign_order(life):
    note(life, kind="wrong_opened", what="naam en adres")
    page = signed_in("intake").get(f"/behandelen/{life.id}/datalek/").content.decode()
    assert 'type="datetime-local" name="reported_at"' in page or 'name="reported_at" type="datetime-local"' in page
