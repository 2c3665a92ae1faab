"""The Bibob compartment: named people only, every look on record, and outside no more than that it runs and what came of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.test import Client

from decisions.models import BibobFile, BibobLine, BibobMember, BibobNote
from decisions.services import bibob_checking as checking
from decisions.services import deciding
from decisions.services.bibob_checking import BibobRefused
from grants.applications.lifecycle.door import Refused
from grants.kernel import audit, clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.models import AccessLog, Event, RoleAssignment, User
from grants.kernel.roles import Role
from grants.law.zienswijze import view_ok
from grants.project.demo.objections import Objector
from tests.papers import posted_pdf

pytestmark = pytest.mark.django_db


def who(username):
    return User.objects.get(username=username)


def signed_in(username):
    client = Client()
    client.force_login(who(username))
    return client


@pytest.fixture
def circle(world):
    for username in ("behandelaar", "toetser"):
        checking.appoint(user=who(username), by=who("beheer"))


def handler():
    return Actor(user=who("behandelaar"), role=Role.CASE_HANDLER)


def reviewer():
    return Actor(user=who("toetser"), role=Role.REVIEWER)


def begun(life):
    return checking.begin(application_id=life.id, actor=handler())


def finished(life, result="serious", consequence="refuse"):
    file = begun(life)
    return checking.finish(file_id=file.id, result=result, consequence=consequence, actor=reviewer())


@pytest.mark.parametrize("username", ["auditor", "senior", "intake", "controller", "directeur", "beheer"])
def test_a_role_alone_lets_nobody_in(live, circle, username):
    life = live("received")
    file = begun(life)
    note = checking.write(file_id=file.id, text="geheim gegeven", actor=handler())
    client = signed_in(username)
    assert client.get(f"/behandelen/{life.id}/bibob/").status_code in (403, 404)
    assert client.get(f"/behandelen/bibob/{note.id}/stuk/").status_code in (403, 404)
    assert not BibobFile.objects.visible_to(who(username)).exists()
    for page in (f"/behandelen/{life.id}/", f"/behandelen/{life.id}/veranderingen/", f"/behandelen/{life.id}/tijdlijn/"):
        assert "geheim" not in client.get(page).content.decode()


def test_an_auditor_who_is_named_reads_it_and_leaves_a_trace(live, circle):
    life = live("received")
    begun(life)
    checking.appoint(user=who("auditor"), by=who("beheer"))
    assert signed_in("auditor").get(f"/behandelen/{life.id}/bibob/").status_code == 200
    assert AccessLog.objects.filter(user=who("auditor"), what="bibob", chain=life.case.chain).count() == 1


def test_who_left_the_circle_reads_nothing_more(live, circle):
    life = live("received")
    begun(life)
    BibobMember.objects.filter(user=who("behandelaar")).update(valid_from=clock.today() - timedelta(days=9))
    checking.dismiss(member_id=BibobMember.objects.get(user=who("behandelaar")).pk, by=who("beheer"))
    assert signed_in("behandelaar").get(f"/behandelen/{life.id}/bibob/").status_code == 404


def test_a_member_sees_only_files_of_cases_that_are_theirs_to_see(live, circle):
    begun(live("received"))
    RoleAssignment.objects.filter(user=who("toetser")).update(scheme_code="LB-INW")
    assert not BibobFile.objects.visible_to(who("toetser")).exists()


def test_outside_shows_that_it_runs_and_then_the_consequence_but_no_result(live, circle):
    life = live("received")
    begun(life)
    page = signed_in("senior").get(f"/behandelen/{life.id}/").content.decode()
    assert "Bibob-toets: loopt." in page
    checking.finish(file_id=BibobFile.objects.get().id, result="serious", consequence="conditions", actor=reviewer())
    page = signed_in("senior").get(f"/behandelen/{life.id}/").content.decode()
    assert "Bibob-toets: afgerond, extra voorschriften." in page and "ernstig gevaar" not in page
    assert not Event.objects.filter(data__icontains="serious").exists()
    assert "Bibob" not in signed_in("penningmeester").get(f"/aanvragen/{life.id}/").content.decode()


def test_the_decision_term_stands_still_while_the_bureau_advises_and_the_list_says_no_more_than_the_article(live, circle):
    life = live("received", days_ago=10)
    file = begun(life)
    checking.ask_bureau(file_id=file.id, actor=handler())
    change = life.case.deadlines.get(rule="DECISION").changes.get()
    assert (change.kind, change.last_day, change.evidence) == ("bibob", None, "Artikel 31 Wet Bibob.")
    checking.bureau_answered(file_id=file.id, actor=handler())
    change.refresh_from_db()
    assert change.last_day == clock.today() and life.case.deadlines.get(rule="DECISION").suspended_days == 1
    assert not list(audit.verify())


@pytest.mark.parametrize(("late", "moves"), [(0, True), (1, False)])
def test_the_bureau_can_be_asked_after_the_term_too_but_a_term_that_is_over_moves_no_more(live, circle, late, moves):
    life = live("received", days_ago=200)
    term = life.case.deadlines.get(rule="DECISION")
    file = begun(life)
    checking.ask_bureau(file_id=file.id, actor=handler(), day=term.last_day + timedelta(days=late))
    file.refresh_from_db()
    assert file.state == "at_bureau" and term.changes.exists() is moves
    checking.bureau_answered(file_id=file.id, actor=handler())


def test_a_running_check_holds_the_assessment_and_the_grant(live, circle):
    life = live("received", scheme="LB-INW")
    life.mark_complete()
    file = begun(life)
    with pytest.raises(Refused, match="Bibob-toets loopt"):
        life.assess()
    checking.finish(file_id=file.id, result="none", consequence="go_on", actor=reviewer())
    life.assess()
    assert life.case.status == "assessed"
    begun(life)
    with pytest.raises(Refused, match="Bibob-toets loopt"):
        life.decide("settle_directly", life.plan.amount)


@pytest.mark.parametrize(("from_amount", "asked"), [("3000.00", True), ("3000.01", False), ("2999.99", True)])
def test_the_policy_line_asks_for_a_check_from_its_amount(live, circle, from_amount, asked):
    life = live("received", scheme="LB-INW", amount="3000")
    life.mark_complete()
    BibobLine.objects.create(from_amount=Decimal(from_amount), basis="Beleidslijn Bibob (demo)", valid_from="2020-01-01")
    if not asked:
        life.assess()
        return
    with pytest.raises(Refused, match="Beleidslijn Bibob"):
        life.assess()
    finished(life, "none", "go_on")
    life.assess()


def refused(life):
    return life.decide("reject", ground="BIBOB", ground_text="ernstig gevaar")


def test_a_refusal_on_bibob_needs_a_finished_check_that_carries_it_and_the_view_of_the_applicant(live, circle):
    life = live("assessed")
    with pytest.raises(Refused, match="geen afgeronde Bibob-toets"):
        refused(life)
    finished(life)
    with pytest.raises(Refused, match="33 Wet Bibob") as found:
        deciding.sign(decision_id=life.case.decisions.get().id, actor=life.signer, day=life.day)
    assert "geen afgeronde" not in str(found.value)


def test_no_exception_of_the_awb_takes_away_the_view_on_bibob(world):
    day = clock.today()
    for reason in ("4:7(1)", "4:11", "4:12(1)", None):
        assert "33 Wet Bibob" in view_ok(act_kind="reject", ground="BIBOB", not_required_reason=reason, today=day)
    assert view_ok(act_kind="reject", ground="BIBOB", asked_on=day, received_on=day, today=day) is None


@pytest.mark.parametrize(("result", "consequence"), [("none", "conditions"), ("lesser", "refuse"), ("none", "refuse")])
def test_a_consequence_that_does_not_fit_the_result_is_refused(live, circle, result, consequence):
    with pytest.raises(Refused, match="past niet bij deze uitkomst"):
        finished(live("received"), result, consequence)


def test_who_begins_does_not_finish_and_who_is_outside_does_neither(live, circle):
    life = live("received")
    file = begun(life)
    with pytest.raises(Refused, match="rondt haar niet af"):
        checking.finish(file_id=file.id, result="none", consequence="go_on", actor=handler())
    with pytest.raises(Refused, match="hoort niet bij de Bibob-kring"):
        checking.finish(file_id=file.id, result="none", consequence="go_on", actor=Actor(user=who("senior"), role=Role.MANDATE_HOLDER))
    with pytest.raises(BibobRefused, match="hoort niet"):
        checking.write(file_id=file.id, text="x", actor=Actor(user=who("senior"), role=Role.MANDATE_HOLDER))
    with pytest.raises(BibobRefused, match="al een Bibob-toets"):
        begun(life)


def test_a_note_never_changes(live, circle):
    note = checking.write(file_id=begun(live("received")).id, text="x", actor=handler())
    for change in (lambda: BibobNote.objects.filter(pk=note.pk).update(text="y"), lambda: BibobNote.objects.filter(pk=note.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_is_let_in_by_two_at_once_is_in_once_and_the_second_hears_so(world, monkeypatch):
    checking.appoint(user=who("toetser"), by=who("beheer"))
    monkeypatch.setattr(QuerySet, "exists", lambda self: False)  # the first one came just after the second looked
    with pytest.raises(BibobRefused, match="zit al in de Bibob-kring"):
        checking.appoint(user=who("toetser"), by=who("beheer"))
    assert BibobMember.objects.count() == 1


def test_the_circle_is_kept_by_the_administrator_who_is_never_in_it(world):
    with pytest.raises(BibobRefused, match="nooit zichzelf"):
        checking.appoint(user=who("beheer"), by=who("beheer"))
    with pytest.raises(BibobRefused, match="functioneel beheerder"):
        checking.appoint(user=who("toetser"), by=who("behandelaar"))
    with pytest.raises(BibobRefused, match="geen zaken lezen"):
        checking.appoint(user=who("beleid"), by=who("beheer"))
    checking.appoint(user=who("toetser"), by=who("beheer"))
    with pytest.raises(BibobRefused, match="zit al"):
        checking.appoint(user=who("toetser"), by=who("beheer"))


def test_the_pages_carry_a_check_from_begin_to_end(live, circle):
    life = live("received", days_ago=10)
    address, first, second = f"/behandelen/{life.id}/bibob/", signed_in("behandelaar"), signed_in("toetser")
    assert "Het is vastgelegd" in first.post(address, {"act": "open_bibob"}, follow=True).content.decode()
    assert "Schrijf een notitie" in first.post(address, {"act": "note", "text": ""}).content.decode()
    page = first.post(address, {"act": "note", "text": "open bronnen", "evidence": posted_pdf("kvk.pdf")}, follow=True).content.decode()
    assert "open bronnen" in page and "kvk.pdf" in page and page.count("<h1>") == 1
    outbox.run_open()
    assert first.get(f"/behandelen/bibob/{BibobNote.objects.get().id}/stuk/").status_code == 200
    assert "rondt haar niet af" in first.post(address, {"act": "finish_bibob", "result": "none", "consequence": "go_on"}).content.decode()
    page = second.post(address, {"act": "finish_bibob", "result": "none", "consequence": "go_on"}, follow=True).content.decode()
    assert "geen gevaar" in page and BibobFile.objects.get().state == "finished"


def test_the_administrator_keeps_the_circle_on_the_page(world):
    client = signed_in("beheer")
    client.post("/behandelen/bibob-kring/", {"wat": "lid", "lid-user": who("toetser").pk})
    line = {"wat": "regel", "regel-from_amount": "50.000,00", "regel-basis": "Beleidslijn Bibob 2026", "regel-valid_from": "2026-01-01"}
    page = client.post("/behandelen/bibob-kring/", line, follow=True).content.decode()
    assert "Tess" in page and "50.000,00" in page and page.count("<h1>") == 1
    client.post("/behandelen/bibob-kring/", {"wat": "einde", "lid": BibobMember.objects.get().pk})
    assert not BibobMember.objects.exists() and signed_in("behandelaar").get("/behandelen/bibob-kring/").status_code == 403


@pytest.mark.parametrize(("scheme", "act"), [("LB-SVC", "grant_in_objection"), ("LB-INW", "settle_directly_in_objection")])
def test_a_running_check_holds_a_grant_in_objection_too_but_not_looking_again(live, circle, scheme, act):
    found = Objector(live("rejected", scheme=scheme, days_ago=150))
    found.life.later(10)
    found.register()
    found.waive()
    found.life.later(5)
    begun(found.life)
    with pytest.raises(Refused, match="Bibob-toets loopt nog.*6 Wet Bibob"):
        found.decide("well_founded", act, found.life.plan.amount)
    deciding.give_back(decision_id=found.life.case.decisions.get(state="reviewed").id, reason="Bibob", actor=found.decider, day=found.life.day)
    found.decide("well_founded", "reconsider")  # gives nothing yet: the assessment that follows waits for the check
    assert found.life.case.status == "received"
