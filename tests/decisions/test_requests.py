"""What an applicant asks and answers beside the application: a view, more time, an advance; that we are late; and objecting from the letter."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from applicants.models import Representation
from decisions.models import ApplicantRequest, DefaultNotice, Objection, PaymentOrder, View
from decisions.request_guards import RequestFacts, advance_was_decided, new_day_is_later
from decisions.services import assessing, closing, requesting
from grants.applications.lifecycle.door import ActError, NotPermitted, Refused
from grants.kernel import audit, clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.roles import Role
from letters.models import Letter

pytestmark = pytest.mark.django_db
TYPED = "Met moeite getypt"


def signed_in(username="penningmeester"):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def read(answer):
    return answer.content.decode()


@pytest.fixture
def viewed(live):
    """A case that waits for a view, asked today."""
    life = live("assessed", days_ago=20)
    assessing.ask_view(application_id=life.id, about="reject", reason="Buiten het gebied.", actor=life.handler)
    outbox.run_open()
    return life


@pytest.fixture
def granted(live):
    return live("verleend", amount="36000", days_ago=60)


def ask_advance(life, amount="1000", **values):
    return requesting.ask_advance(application_id=life.id, amount=Decimal(amount), text="Voor de aannemer", actor=life.asker, **values)


# -- a view ----------------------------------------------------------------------------------------------------------
def test_a_view_is_given_on_the_page(viewed):
    client = signed_in()
    assert "/zienswijze/" in read(client.get(f"/aanvragen/{viewed.id}/")) and "/zienswijze/" in read(client.get("/mijn/"))
    page = read(client.get(f"/aanvragen/{viewed.id}/zienswijze/"))
    assert "Afwijzen" in page and "Lees onze brief" in page and "nog " in page
    client.post(f"/aanvragen/{viewed.id}/zienswijze/", {"text": TYPED})
    assert View.objects.get(application=viewed.id, asked_on__isnull=False).text == TYPED and viewed.case.status == "assessed"


def test_a_view_that_comes_when_nothing_is_asked_stays_on_the_page(granted):
    page = read(signed_in().post(f"/aanvragen/{granted.id}/zienswijze/", {"text": TYPED}))
    assert TYPED in page and "error-summary" in page


def test_more_time_is_asked_given_and_told(viewed):
    signed_in().post(f"/aanvragen/{viewed.id}/zienswijze/meer-tijd/", {"text": TYPED})
    found = ApplicantRequest.objects.get()
    assert found.state == "asked" and found.kind == "view_time"
    desk = signed_in("behandelaar")
    assert viewed.case.case_number in read(desk.get("/behandelen/verzoeken/")) and TYPED in read(desk.get(found.get_absolute_url()))
    later = clock.today() + timedelta(days=60)
    mail.outbox.clear()
    desk.post(found.get_absolute_url(), {"verdict": "ja", "new_last_day": later.isoformat(), "answer": "Graag."})
    outbox.run_open()
    assert View.objects.get(application=viewed.id, asked_on__isnull=False).last_day == later
    assert viewed.case.deadlines.get(rule="VIEW_TERM", ended_by=None).last_day == later
    assert viewed.case.messages.get().text.startswith("U krijgt meer tijd") and len(mail.outbox) == 1
    assert viewed.case.chain.events.filter(act="grant_request").count() == 1


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_more_time_is_more(days, refused):
    today = clock.today()
    facts = RequestFacts(is_about_time=True, present_last_day=today, new_last_day=today + timedelta(days=days))
    assert (new_day_is_later(facts, today) is not None) is refused


def test_an_answer_that_is_refused_keeps_what_was_typed(viewed):
    found = requesting.ask_more_time(application_id=viewed.id, text="Vakantie", actor=viewed.asker)
    page = read(signed_in("behandelaar").post(found.get_absolute_url(), {"verdict": "ja", "new_last_day": "2020-01-01", "answer": TYPED}))
    assert TYPED in page and "error-summary" in page and ApplicantRequest.objects.get().state == "asked"


def test_no_more_time_is_told_with_a_reason(viewed):
    found = requesting.ask_more_time(application_id=viewed.id, text="Vakantie", actor=viewed.asker)
    requesting.refuse(request_id=found.pk, answer="Het besluit is dringend.", actor=viewed.handler)
    assert "dringend" in viewed.case.messages.get().text
    page = read(signed_in().get(f"/aanvragen/{viewed.id}/"))
    assert "niet toegestaan" in page and "dringend" in page


def test_when_the_view_comes_in_the_question_for_time_ends(viewed):
    requesting.ask_more_time(application_id=viewed.id, text="Vakantie", actor=viewed.asker)
    assessing.receive_view(application_id=viewed.id, text="Hier is hij", actor=viewed.asker)
    assert not ApplicantRequest.objects.open().exists() and not list(audit.verify())


def test_no_time_is_asked_when_no_view_is(granted):
    with pytest.raises(Refused):
        requesting.ask_more_time(application_id=granted.id, text="Vakantie", actor=granted.asker)


def test_one_question_at_a_time(viewed):
    requesting.ask_more_time(application_id=viewed.id, text="Vakantie", actor=viewed.asker)
    with pytest.raises(Refused, match="al gevraagd"):
        requesting.ask_more_time(application_id=viewed.id, text="Vakantie", actor=viewed.asker)


# -- an advance ------------------------------------------------------------------------------------------------------
def test_an_advance_is_asked_and_the_decision_answers_it(granted):
    client = signed_in()
    assert "Voorschot vragen" in read(client.get(f"/aanvragen/{granted.id}/"))
    client.post(f"/aanvragen/{granted.id}/voorschot/", {"amount": "1.000", "text": TYPED})
    found = ApplicantRequest.objects.get()
    assert (found.amount, found.state) == (Decimal(1000), "asked")
    assert "1000" in read(signed_in("behandelaar").get(f"/behandelen/{granted.id}/besluit/grant_advance/")).replace(".", "")
    granted.day = clock.today()
    granted.decide("grant_advance", Decimal(1000))
    found.refresh_from_db()
    assert found.state == "granted" and "1.000,00" in found.answer
    assert PaymentOrder.objects.filter(application=granted.id, amount=1000).exists()
    assert not list(audit.verify())


def test_no_advance_without_a_decision(granted):
    assert advance_was_decided(RequestFacts(), clock.today()) is not None
    assert advance_was_decided(RequestFacts(decided_on=clock.today()), clock.today()) is None
    found = ask_advance(granted)
    with pytest.raises(requesting.RequestRefused, match="besluit"):
        requesting.refuse(request_id=found.pk, answer="Nee", actor=granted.handler)


def test_a_refused_advance_is_a_decision_with_a_letter_that_ends_the_request(granted):
    ask_advance(granted)
    assert "Geen voorschot geven" in read(signed_in("behandelaar").get(f"/behandelen/{granted.id}/"))
    granted.day = clock.today()
    decision = granted.decide("refuse_advance", motivation="De rekeningen zijn al betaald.")
    found = ApplicantRequest.objects.get()
    text = " ".join(Letter.objects.get(id=decision.letter_id).text.split())
    assert found.state == "refused" and "De rekeningen zijn al betaald." in text and "bezwaar" in text
    assert "Geen voorschot geven" not in read(signed_in("behandelaar").get(f"/behandelen/{granted.id}/")).split('id="nu"')[1].split("</section>")[0]


@pytest.mark.parametrize(("amount", "refused"), [("3600.00", False), ("3600.01", True), ("0.00", True)])
def test_an_advance_up_to_what_is_not_paid_or_planned(granted, amount, refused):
    if refused:
        with pytest.raises(Refused):
            ask_advance(granted, amount)
    else:
        ask_advance(granted, amount)


def test_no_advance_where_the_scheme_gives_none(live):
    life = live("verleend", amount="10000", days_ago=60)
    with pytest.raises(Refused, match="geen extra voorschot"):
        ask_advance(life)
    page = read(signed_in().post(f"/aanvragen/{life.id}/voorschot/", {"amount": "10", "text": TYPED}))
    assert TYPED in page and "error-summary" in page


def test_a_request_is_taken_back_by_who_may(granted):
    found = ask_advance(granted)
    assert signed_in("bewoner").post(f"/aanvragen/verzoek/{found.pk}/intrekken/").status_code == 404
    signed_in().post(f"/aanvragen/verzoek/{found.pk}/intrekken/")
    found.refresh_from_db()
    assert found.state == "withdrawn"


def test_settling_ends_a_question_for_an_advance_so_that_the_case_can_close(granted):
    ask_advance(granted)
    assert "een verzoek van de aanvrager" in closing.open_matters_of(granted.case)
    granted.day = clock.today()
    granted.account()
    granted.decide("settle", Decimal(36_000))
    assert "een verzoek van de aanvrager" not in closing.open_matters_of(granted.case) and not ApplicantRequest.objects.open().exists()


def test_an_official_does_not_ask_and_an_applicant_does_not_answer(granted, viewed):
    with pytest.raises(NotPermitted):
        requesting.ask_advance(application_id=granted.id, amount=Decimal(1), text="x", actor=granted.handler)
    found = requesting.ask_more_time(application_id=viewed.id, text="Vakantie", actor=viewed.asker)
    with pytest.raises(NotPermitted):
        requesting.give_time(request_id=found.pk, new_last_day=clock.today() + timedelta(days=90), answer="", actor=viewed.asker)


def test_an_official_does_not_see_the_request_of_an_applicant_for_whom_she_acts(granted):
    found = ask_advance(granted)
    Representation.objects.create(applicant=granted.case.applicant, user=granted.handler.user, valid_from=clock.today())
    assert signed_in("behandelaar").get(found.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("change", [{"text": "x"}, None])
def test_an_answered_request_never_changes(granted, change):
    found = ask_advance(granted)
    requesting.withdraw(request_id=found.pk, actor=granted.asker)
    rows = ApplicantRequest.objects.filter(pk=found.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change) if change else rows._raw_delete("default")


# -- we are late -----------------------------------------------------------------------------------------------------
def test_the_page_says_from_which_day_a_notice_counts_and_what_comes_next(live):
    life = live("assessed", days_ago=20)
    due = life.case.decision_due_on
    page = read(signed_in().get(f"/aanvragen/{life.id}/te-laat/"))
    assert f"uiterlijk {due.day} " in page and "nog te vroeg" in page and "42 dagen" in page and "1.442,00" in page


def test_an_early_notice_is_taken_starts_nothing_and_says_so(live):
    life = live("assessed", days_ago=20)
    signed_in().post(f"/aanvragen/{life.id}/te-laat/", {"sure": "on"})
    assert DefaultNotice.objects.get().state == "premature"
    outbox.run_open()
    assert Letter.objects.filter(chain=life.case.chain, kind="L21", state="sent").exists()


def test_a_notice_after_the_term_counts(live):
    life = live("assessed", days_ago=20)
    life.case.deadlines.filter(rule="DECISION").update(last_day=clock.today() - timedelta(days=1))
    signed_in().post(f"/aanvragen/{life.id}/te-laat/", {"sure": "on"})
    found = DefaultNotice.objects.get()
    assert found.state == "valid" and found.received_on == clock.today()
    assert life.case.chain.events.get(act="record_default_notice").role == Role.APPLICANT


def test_without_the_tick_nothing_is_sent(live):
    life = live("assessed", days_ago=20)
    assert "error-summary" in read(signed_in().post(f"/aanvragen/{life.id}/te-laat/", {}))
    assert not DefaultNotice.objects.exists()


# -- objecting from the letter ---------------------------------------------------------------------------------------
def letter_of(life):
    return life.case.decisions.get().letter


@pytest.mark.parametrize(("days_ago", "words"), [(20, "nog "), (300, "Leg dan uit waarom het later is")])
def test_the_letter_of_a_decision_says_until_when_one_can_object(live, days_ago, words):
    life = live("rejected", days_ago=days_ago)
    page = read(signed_in().get(letter_of(life).get_absolute_url()))
    assert 'id="oneens"' in page and words in page and f"/aanvragen/{life.id}/bezwaar/?besluit=" in page
    assert ("6:11" in page) is (days_ago == 300)


def test_after_an_objection_the_letter_says_that_there_is_one(live):
    life = live("rejected", days_ago=20)
    decision = life.case.decisions.get()
    signed_in().post(f"/aanvragen/{life.id}/bezwaar/", {"decision": str(decision.pk), "grounds": "x"})
    assert Objection.objects.exists()
    page = read(signed_in().get(letter_of(life).get_absolute_url()))
    assert "al een bezwaar" in page and "?besluit=" not in page


def test_an_official_is_not_asked_to_object(live):
    life = live("rejected", days_ago=20)
    assert 'id="oneens"' not in read(signed_in("behandelaar").get(letter_of(life).get_absolute_url()))


def test_a_letter_that_is_no_decision_offers_nothing(live):
    life = live("received", days_ago=2)
    outbox.run_open()
    page = read(signed_in().get(life.case.chain.letters.get(kind="L01").get_absolute_url()))
    assert 'id="oneens"' not in page


# -- typed reasons of officials --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("username", "page", "typed"), [
    ("toetser", "handeling/reopen_assessment", {"reason": TYPED}),
    ("behandelaar", "zienswijze", {"about": "reject", "reason": TYPED}),
    ("intake", "ingebrekestelling", {"received_on": "2999-01-01"}),
    ("behandelaar", "kenmerken", {"reason": TYPED, "goals": [], "main_goal": ""}),
])
def test_a_refused_act_of_an_official_keeps_the_typed_reason(live, monkeypatch, username, page, typed):
    def refuse(*args, **kwargs):
        raise ActError("Dat kan nu niet.")

    for service in ("decisions.services.defaulting.record", "grants.applications.services.handling.correct_labels"):
        monkeypatch.setattr(service, refuse)
    life = live("received", days_ago=20)
    answer = signed_in(username).post(f"/behandelen/{life.id}/{page}/", typed)
    assert answer.status_code == 200 and all(value in read(answer) for value in typed.values() if value == TYPED or value == "2999-01-01")


def test_giving_back_without_a_reason_that_is_allowed_keeps_it(live):
    life = live("verleend")
    decision = life.case.decisions.get()
    page = read(signed_in("directeur").post(f"/behandelen/besluit/{decision.pk}/teruggeven/", {"reason": TYPED}))
    assert TYPED in page and "notice-error" in page


def test_the_system_answers_for_nobody(granted):
    with pytest.raises(NotPermitted):
        requesting.ask_advance(application_id=granted.id, amount=Decimal(1), text="x", actor=Actor(user=granted.handler.user, role=Role.SYSTEM))
