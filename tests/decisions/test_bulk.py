"""One act on many cases: what can be done is done, what cannot is said per case, and nothing happens twice."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import Beschikking, BulkOutcome, BulkRun
from decisions.services import assessing, assigning, bulk, deciding
from decisions.services.bulk import ACTS, Chosen, token_of
from grants.applications.models import Application
from grants.kernel import audit
from grants.kernel.models import Event, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from tests.decisions.prepared import reviewed
from tests.decisions.test_assigning import handler_named

pytestmark = pytest.mark.django_db
LIST = {"lijst": "status=alle&sorteer=bedrag"}


def chosen(*lives):
    return [Chosen(case.pk, token_of(case)) for case in (Application.objects.get(pk=getattr(life, "id", life)) for life in lives)]


def boxes(*lives):
    return [f"{one.id}|{one.token}" for one in chosen(*lives)]


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def do(username, act, cases, **values):
    """Through the pages: confirm, then run. Gives the confirmation and the outcome."""
    client = signed_in(username)
    first = client.post("/behandelen/tegelijk/", {**LIST, "act": act, "zaak": cases})
    run = re.search(r'name="run" value="([-0-9a-f]+)"', first.content.decode())
    if run is None:
        return first, None
    second = client.post("/behandelen/tegelijk/", {**LIST, "act": act, "zaak": cases, "run": run[1], **values}, follow=True)
    return first, second


def outcomes():
    return {outcome.application_id: (outcome.done, outcome.text) for outcome in BulkOutcome.objects.all()}


def test_each_case_is_a_transaction_of_its_own_and_a_refusal_stops_no_other(live):
    good, forwarded, also_good = live("received"), live("forwarded"), live("received", scheme="LB-INW")
    before = Event.objects.count()
    page, result = do("behandelaar", "mark_complete", boxes(good, forwarded, also_good))
    assert "Dit gaat door bij 2 van de 3" in page.content.decode() and "Gelukt bij 2 van de 3" in result.content.decode()
    told = outcomes()
    assert told[good.id] == told[also_good.id] == (True, "") and told[forwarded.id] == (False, "Dit kan niet: de zaak is nu doorgezonden.")
    assert good.case.complete_on and also_good.case.complete_on and not forwarded.case.complete_on
    assert Event.objects.count() == before + 4  # each was assigned and marked
    assert list(audit.verify()) == []


def test_looking_at_what_will_happen_changes_nothing(live):
    life = live("received")
    before = Event.objects.count()
    signed_in("behandelaar").post("/behandelen/tegelijk/", {**LIST, "act": "mark_complete", "zaak": boxes(life)})
    assert Event.objects.count() == before and not BulkRun.objects.exists()


def test_a_second_click_does_nothing_again_and_shows_the_same_outcome(live):
    life, run, client = live("received"), uuid.uuid4(), signed_in("behandelaar")
    asked = {**LIST, "act": "claim", "zaak": boxes(life), "run": str(run)}
    first = client.post("/behandelen/tegelijk/", asked, follow=True)
    events = Event.objects.count()
    second = client.post("/behandelen/tegelijk/", asked, follow=True)
    assert Event.objects.count() == events and BulkOutcome.objects.count() == 1
    assert first.redirect_chain == second.redirect_chain and "Gelukt bij 1 van de 1" in second.content.decode()


def test_a_case_that_changed_since_the_list_was_opened_is_left_alone(live):
    life, other = live("received"), live("received")
    seen = boxes(life, other)
    colleague = handler_named("collega")
    assigning.assign(application_id=life.id, handler=colleague, expected=None, actor=person("senior", Role.MANDATE_HOLDER))
    page, _result = do("behandelaar", "claim", seen)
    assert "is veranderd sinds u de lijst opende" in page.content.decode()
    assert outcomes()[life.id][0] is False and outcomes()[other.id] == (True, "") and life.case.handler == colleague


def test_nothing_chosen_too_much_chosen_and_no_act_are_told_on_the_list(live):
    client, life = signed_in("behandelaar"), live("received")

    def told(**asked):
        answer = client.post("/behandelen/tegelijk/", {**LIST, **asked}, follow=True)
        assert answer.redirect_chain[0][0] == "/behandelen/?status=alle&sorteer=bedrag"
        return answer.content.decode()

    assert "U hebt geen zaak gekozen" in told(act="claim") and "U hebt geen zaak gekozen" in told(act="claim", zaak=["onzin", "x|y"])
    assert "Kies wat u met de gekozen zaken wilt doen" in told(zaak=boxes(life)) and "Kies wat u" in told(act="sign", zaak=boxes(life))
    many = [f"{uuid.uuid4()}|0" for _ in range(51)]
    assert "U hebt 51 zaken gekozen" in told(act="claim", zaak=many) and "hoogstens 50 tegelijk" in told(act="claim", zaak=many)


def test_who_handles_a_case_already_hears_so_before_claiming_it(live):
    mine, free = live("received"), live("received")
    assigning.assign(application_id=mine.id, handler=person("behandelaar", Role.CASE_HANDLER).user, expected=None, actor=person("behandelaar", Role.CASE_HANDLER))
    page, result = do("behandelaar", "claim", boxes(mine, free))
    text = page.content.decode()
    assert "Dit gaat door bij 1 van de 2" in text and "U behandelt deze zaak al." in text
    assert outcomes()[mine.id] == (False, "U behandelt deze zaak al.") and outcomes()[free.id] == (True, "")


def test_an_act_must_be_chosen_before_the_boxes_are_sent(live):
    live("received")
    page = signed_in("behandelaar").get("/behandelen/").content.decode()
    assert '<select id="id_act" name="act" required>' in page  # the browser asks, and the boxes stay ticked


def test_the_list_to_go_back_to_holds_no_address_of_elsewhere(live):
    answer = signed_in("behandelaar").post("/behandelen/tegelijk/", {"lijst": "//kwaad.example/?werk=mijn&x=<script>", "act": ""})
    assert answer["Location"] == "/behandelen/?"


def test_a_case_that_one_may_not_see_is_not_there(live):
    life = live("received")
    stranger = handler_named("vreemde", "LB-INW")
    seen = boxes(life)
    page, result = do(stranger.username, "claim", seen)
    assert life.case.case_number not in page.content.decode() and "bestaat niet, of u mag die niet zien" in page.content.decode()
    assert result is not None and life.case.case_number not in result.content.decode() and not BulkOutcome.objects.exists()
    bulk.run(run_id=uuid.uuid4(), act=ACTS["claim"], chosen=chosen(life), user=stranger, values={})
    assert life.case.handler is None and not BulkOutcome.objects.exists()


def test_only_who_did_it_sees_the_outcome(live):
    _page, result = do("behandelaar", "claim", boxes(live("received")))
    address = result.redirect_chain[-1][0]
    assert signed_in("behandelaar").get(address).status_code == 200 and signed_in("toetser").get(address).status_code == 404


def test_a_fault_in_one_case_is_told_and_stops_no_other(live, monkeypatch):
    bad, good = live("received"), live("received")
    real = bulk.handling.mark_complete

    def breaks(*, application_id, actor):
        real(application_id=application_id, actor=actor)
        if application_id == bad.id:
            raise RuntimeError("stuk")

    monkeypatch.setattr(bulk.handling, "mark_complete", breaks)
    events = bad.case.chain.length
    do("behandelaar", "mark_complete", boxes(bad, good))
    assert outcomes()[bad.id][0] is False and "niets veranderd" in outcomes()[bad.id][1] and outcomes()[good.id][0]
    assert bad.case.chain.length == events and bad.case.complete_on is None and good.case.complete_on is not None


def offered(live, **values):
    life = live("received", **values)
    life.later(3)
    life.mark_complete()
    life.test_aid()
    given = {
        "has_interest": False, "facts": "feiten", "weighing": "afweging", "advice": "negative", "advised_amount": 0,
    }
    assessing.save_assessment(application_id=life.id, actor=life.handler, values=given, offer=True)
    return life


def test_the_reviewer_confirms_many_assessments_and_never_her_own(live):
    one, other, unfinished = offered(live), offered(live), live("received")
    do("toetser", "confirm", boxes(one, other, unfinished))
    assert one.case.status == other.case.status == "assessed" and unfinished.case.status == "received"
    assert outcomes()[unfinished.id][0] is False and outcomes()[unfinished.id][1]


def test_many_are_refused_with_reasons_as_data_and_each_gets_a_decision_of_its_own(live):
    lives = [live("assessed", days_ago=300 - number) for number in range(3)]
    ground = lives[0].case.definition.refusal_grounds[0]
    reasons = {"ground": ground.code, "motivation": "Het plan past niet bij het doel van de regeling.", "view_not_required": "4:7(1)"}
    page, _result = do("behandelaar", "refuse", boxes(*lives), **reasons)
    assert ground.text in page.content.decode()
    drafts = Beschikking.objects.filter(act="reject", state="draft")
    assert {draft.application_id for draft in drafts} == {life.id for life in lives}
    for draft in drafts:
        assert draft.ground == ground.code and ground.article in draft.ground_text and draft.motivation == reasons["motivation"]
        assert draft.application.views.get(about="reject").not_required == "4:7(1)" and draft.letter is None and draft.application.status == "assessed"


def test_a_refusal_without_reasons_is_asked_again_and_nothing_typed_is_lost(live):
    life = live("assessed")
    _page, again = do("behandelaar", "refuse", boxes(life), motivation="Past niet (verzonnen).")
    text = again.content.decode()
    assert "Er klopt iets niet" in text and "Past niet (verzonnen)." in text and not Beschikking.objects.exists() and not BulkRun.objects.exists()


def test_a_ground_that_the_scheme_of_a_case_does_not_know_is_refused_for_that_case(live):
    one, other = live("assessed"), live("assessed", scheme="LB-INW")
    mine = {g.code for g in one.case.definition.refusal_grounds}
    theirs = {g.code for g in other.case.definition.refusal_grounds}
    do("behandelaar", "refuse", boxes(one, other), ground=sorted(mine - theirs)[0], motivation="omdat")
    assert outcomes()[one.id][0] and "kent deze grond niet" in outcomes()[other.id][1]


def test_a_reminder_goes_to_who_is_late_and_to_nobody_else(live):
    late, in_time = live("verleend", days_ago=300), live("verleend", days_ago=20)
    Application.objects.filter(pk=late.id).update(report_due_on="2026-01-01")
    do("behandelaar", "remind", boxes(late, in_time))
    assert late.case.status == "report_overdue" and in_time.case.status == "verleend"
    assert outcomes()[in_time.id][0] is False


def test_many_are_signed_and_the_mandate_is_checked_for_each(live):
    from datetime import timedelta

    from grants.kernel import clock

    ids = [reviewed(number, clock.today() - timedelta(days=40 + number)) for number in range(2)]
    small = [Beschikking.objects.get(pk=pk).application_id for pk in ids]
    big = live("assessed", amount="125000", days_ago=200)
    assessing.note_view_not_required(application_id=big.id, about="grant", reason="4:7(1)")
    decision = deciding.prepare(
        application_id=big.id, act="grant", actor=big.handler, values={"amount": big.plan.amount, "motivation": "omdat"}, day=big.day
    )
    deciding.review(decision_id=decision.pk, actor=big.reviewer, day=big.day)
    empty = live("received")
    do("senior", "sign", boxes(*small, big, empty))
    told = outcomes()
    assert [told[pk][0] for pk in small] == [True, True], told
    assert told[big.id][0] is False and "mandaat" in told[big.id][1].lower()
    assert "geen getoetst besluit" in told[empty.id][1]
    assert {d.state for d in Beschikking.objects.filter(application__in=small)} == {"signed"}


def test_the_pages_ask_as_many_queries_for_2_cases_as_for_20(live):
    client = signed_in("behandelaar")

    def asked(lives):
        cases = boxes(*lives)
        with CaptureQueriesContext(connection) as found:
            assert client.post("/behandelen/tegelijk/", {**LIST, "act": "mark_complete", "zaak": cases}).status_code == 200
        confirming = len(found)
        do("behandelaar", "mark_complete", cases)
        with CaptureQueriesContext(connection) as shown:
            assert client.get(BulkRun.objects.latest("started_at").get_absolute_url()).status_code == 200
        return confirming, len(shown)

    lives = [live("received") for _ in range(22)]
    assert asked(lives[:2]) == asked(lives[2:])


def test_a_handler_is_chosen_for_many_by_a_senior(live):
    lives, colleague = [live("received"), live("received")], handler_named("collega")
    page, again = do("senior", "assign", boxes(*lives))
    assert "Kies een behandelaar" in page.content.decode() and "Dit veld is verplicht" in again.content.decode()
    do("senior", "assign", boxes(*lives), handler=colleague.pk)
    assert {life.case.handler for life in lives} == {colleague}
    do(colleague.username, "give_back", boxes(*lives))
    assert {life.case.handler for life in lives} == {None}


def test_the_acts_are_those_of_ones_roles(world):
    names = {user: {act.name for act in bulk.acts_for(User.objects.get(username=user))} for user in ("behandelaar", "toetser", "senior", "controller")}
    assert names == {
        "behandelaar": {"claim", "assign", "give_back", "mark_complete", "refuse", "remind"}, "toetser": {"confirm"},
        "senior": {"assign", "give_back", "sign"}, "controller": set(),
    }
