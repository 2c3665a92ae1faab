"""State aid in a case: the test, what it lets through, and the register of de-minimis aid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from applicants.models import Applicant
from decisions import aid as reading
from decisions.models import AidTest, Beschikking, DeMinimisEntry, UndertakingLink, UndertakingMember
from decisions.services import aid, assessing, deciding
from decisions.services.dispatching import dispatch_letter
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus
from grants.kernel import audit, clock
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.law.de_minimis import room_on
from grants.project.demo.lives import answers_to, person
from grants.schemes.definition_fields import StateAid
from letters import services as post
from letters.models import Letter

pytestmark = pytest.mark.django_db
CLUB, OTHER_CLUB = "Vereniging Buurthuis Voorbeeld (verzonnen)", "Stichting Repair Café Demo (verzonnen)"


@pytest.fixture
def assessed(live):
    """A case ready to grant, with a verdict."""

    def make(verdict: str = "de_minimis", **more):
        life = live("received", **more)
        life.later(3)
        life.mark_complete()
        life.test_aid(verdict)
        life.assess()
        return life

    return make


def declared(life, amount: str, *, days_ago: int = 0, **values):
    given = {"kind": "general", "amount": Decimal(amount), "granted_on": life.day - timedelta(days=days_ago), "authority": "Gemeente Heerlen", **values}
    return aid.declare(application_id=life.id, actor=life.handler, values=given, day=life.day)


def room(life, kind="general"):
    return room_on([entry.as_aid() for entry in reading.entries_beside(life.case.applicant)], life.day, kind).left


def test_without_a_test_the_assessment_is_not_whole(live):
    life = live("received")
    life.mark_complete()
    values = {"has_interest": False, "facts": "f", "weighing": "w", "advice": "positive", "advised_amount": life.plan.amount}
    assessing.save_assessment(application_id=life.id, actor=life.handler, values=values, offer=True)
    with pytest.raises(Refused, match="toets op staatssteun ontbreekt"):
        assessing.confirm_assessment(application_id=life.id, actor=life.reviewer, day=life.day)
    life.test_aid()
    assert assessing.confirm_assessment(application_id=life.id, actor=life.reviewer, day=life.day).status == "assessed"


def test_what_is_incompatible_is_refused_with_its_own_ground(assessed):
    life = assessed("incompatible")
    with pytest.raises(Refused, match="Wijs de aanvraag af"):
        life.decide("grant", life.plan.amount)
    deciding.give_back(decision_id=life.case.decisions.get().id, reason="staatssteun", actor=life.signer, day=life.day)
    assert "R35_3" in {ground.code for ground in life.case.definition.refusal_grounds}
    life.decide("reject", ground="R35_3", ground_text="de subsidie is verboden staatssteun (artikel 4:35, derde lid, Awb)")
    assert life.case.status == "rejected"
    assert "verboden staatssteun" in Letter.objects.get(kind="L10", chain=life.case.chain).text


def test_a_scheme_that_was_tested_as_a_whole_asks_no_test_of_a_case(live, monkeypatch):
    life = live("received")
    definition = replace(life.case.definition, state_aid=StateAid(test="not_needed", reason="Alleen bewoners."))
    monkeypatch.setattr("grants.schemes.models.SchemeVersion.definition", definition)
    assert reading.verdict_of(life.case) == "no_aid"
    monkeypatch.undo()
    assert reading.verdict_of(life.case) == ""


def test_a_new_test_is_a_new_version_and_the_last_one_counts(live):
    life = live("received")
    life.test_aid("incompatible")
    life.test_aid("de_minimis")
    assert list(AidTest.objects.values_list("number", "verdict")) == [(1, "incompatible"), (2, "de_minimis")]
    assert reading.verdict_of(life.case) == "de_minimis"
    assert [event.data["verdict"] for event in life.case.chain.events.filter(act="test_state_aid").order_by("position")] == ["incompatible", "de_minimis"]


def test_a_test_is_never_changed_or_removed(live):
    life = live("received")
    life.test_aid()
    for change in (lambda: AidTest.objects.update(verdict="notified"), AidTest.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("answers", "why", "reference", "said"),
    [
        ({}, {}, "", "Is de aanvrager voor dit plan een onderneming?"),
        ({"undertaking": True}, {}, "", "Komt het geld van de overheid?"),
        ({"undertaking": False}, {}, "", "Schrijf op waarom"),
        (answers_to("block_exempted"), {"block_exempted": "sport"}, " ", "onder welk nummer"),
    ],
)
def test_a_test_that_is_not_whole_says_what_is_missing(live, answers, why, reference, said):
    life = live("received")
    with pytest.raises(aid.NotAnswered, match=said.replace("?", r"\?")):
        aid.record_test(application_id=life.id, answers=answers, why=why, reference=reference, actor=life.handler)
    assert not AidTest.objects.exists()


def test_only_who_handles_the_case_tests_it_and_only_before_the_decision(live):
    life, why = live("received"), {"undertaking": "bewoners"}
    with pytest.raises(NotPermitted):
        aid.record_test(application_id=life.id, answers={"undertaking": False}, why=why, actor=life.reviewer)
    granted = live("verleend")
    with pytest.raises(WrongStatus):
        aid.record_test(application_id=granted.id, answers={"undertaking": False}, why=why, actor=granted.handler)


def test_a_signed_decision_rests_on_its_test(assessed):
    life = assessed()
    decision = life.decide("grant", life.plan.amount, send=False)
    with pytest.raises(aid.SignedAlready):
        life.test_aid("no_aid")
    deciding.give_back(decision_id=decision.id, reason="toch anders", actor=life.signer, day=life.day)
    life.test_aid("no_aid")
    assert reading.verdict_of(life.case) == "no_aid"


def test_a_grant_enters_the_register_on_the_day_it_takes_effect(assessed):
    life = assessed()
    life.decide("grant", life.plan.amount)
    assert life.case.status == "verleend", life.case.decisions.get().return_reason
    entry = DeMinimisEntry.objects.get()
    assert (entry.amount, entry.granted_on, entry.kind, entry.state) == (Decimal(30000), life.day, "general", "to_report")
    assert entry.decision.sent_on == entry.granted_on and entry.report_by > life.day
    assert entry.event.role == "system"
    assert entry.member.kvk_number == life.case.applicant.kvk_number
    assert list(audit.verify()) == []


@pytest.mark.parametrize("verdict", ["no_aid", "block_exempted", "notified"])
def test_other_aid_does_not_enter_the_register(assessed, verdict):
    life = assessed(verdict)
    life.decide("grant", life.plan.amount)
    assert life.case.status == "verleend" and not DeMinimisEntry.objects.exists()


def test_a_direct_settlement_enters_too_and_without_a_kvk_number_the_applicant_counts_itself(assessed):
    life = assessed(scheme="LB-INW")
    life.decide("settle_directly", life.plan.amount)
    member = DeMinimisEntry.objects.get().member
    assert (member.kvk_number, member.applicant) == ("", life.case.applicant)


@pytest.mark.parametrize(("before", "granted"), [("270000.00", True), ("270000.01", False)])
def test_a_grant_passes_to_the_last_cent_of_room_and_not_over_it(assessed, before, granted):
    life = assessed()
    declared(life, before)
    if granted:
        life.decide("grant", life.plan.amount)
        assert life.case.status == "verleend" and room(life) == 0
        return
    with pytest.raises(Refused) as refused:
        life.decide("grant", life.plan.amount)
    assert "nog ruimte voor € 29.999,99" in str(refused.value).replace("\u00a0", " ")
    assert not DeMinimisEntry.objects.filter(decision__isnull=False).exists()


@pytest.mark.parametrize(("days", "granted"), [(0, False), (1, True)])
def test_aid_of_more_than_three_years_ago_makes_room(assessed, days, granted):
    life = assessed()
    day = life.day.replace(year=life.day.year - 3) - timedelta(days=days)
    declared(life, "300000", granted_on=day)
    if granted:
        life.decide("grant", life.plan.amount)
        assert life.case.status == "verleend"
    else:
        with pytest.raises(Refused, match="ruimte"):
            life.decide("grant", life.plan.amount)


def test_what_was_signed_and_not_sent_takes_room_too(assessed):
    first, second = assessed(), assessed()
    declared(first, "250000")
    first.decide("grant", first.plan.amount, send=False)
    with pytest.raises(Refused, match="ruimte"):
        second.decide("grant", second.plan.amount, send=False)
    waiting = Beschikking.objects.get(application=second.id)
    deciding.give_back(decision_id=Beschikking.objects.get(application=first.id).id, reason="terug", actor=first.signer, day=first.day)
    assert deciding.sign(decision_id=waiting.id, actor=second.signer, day=second.day).state == "signed"


def test_room_that_went_before_the_sending_returns_the_case_to_a_person(assessed):
    life = assessed()
    decision = life.decide("grant", life.plan.amount, send=False)
    declared(life, "270000.01")
    with recording():
        post.render(decision.letter_id)
    returned = dispatch_letter(letter_id=decision.letter_id, day=life.day)
    assert returned.state == "returned" and "ruimte" in returned.return_reason
    assert life.case.status == "assessed" and not DeMinimisEntry.objects.filter(decision=decision).exists()


def test_an_amendment_upwards_needs_room_as_well(assessed):
    life = assessed()
    life.decide("grant", life.plan.amount)
    declared(life, "269000")
    more = {"ground": "4:48", "ground_text": "meer", "proportionality": "in uw voordeel"}
    with pytest.raises(Refused, match="ruimte"):
        life.decide("amend", life.plan.amount + Decimal("1000.01"), **more)


def test_a_lower_settlement_and_a_withdrawal_lower_the_register(assessed):
    life = assessed()
    life.decide("grant", life.plan.amount)
    granted_on = life.day
    life.later(40)
    life.account()
    life.later(7)
    life.decide("settle_lower", Decimal("20000.50"), ground="4:46(2)(a)", ground_text="minder", proportionality="past")
    assert [(e.amount, e.granted_on) for e in DeMinimisEntry.objects.order_by("-amount")] == [
        (Decimal(30000), granted_on), (Decimal("-9999.50"), granted_on),
    ]
    assert DeMinimisEntry.objects.get(amount__lt=0).report_by > life.day
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="toch niet", proportionality="past")
    assert sum(e.amount for e in DeMinimisEntry.objects.all()) == 0
    assert list(audit.verify()) == []


def test_linked_companies_share_one_ceiling_and_part_again_with_their_own_aid(assessed):
    mother, daughter = assessed(applicant=CLUB), assessed(applicant=OTHER_CLUB)
    declared(mother, "280000")
    assert room(daughter) == 300000
    kvk = daughter.case.applicant.kvk_number
    undertaking = UndertakingMember.objects.get(kvk_number=mother.case.applicant.kvk_number).undertaking_id
    aid.link(undertaking_id=undertaking, kvk_number=kvk, name=OTHER_CLUB, source="uittreksel KvK van 1 mei 2026", actor=mother.handler)
    assert room(daughter) == room(mother) == 20000
    with pytest.raises(Refused, match="ruimte"):
        daughter.decide("grant", daughter.plan.amount)
    with pytest.raises(aid.AlreadyTogether):
        aid.link(undertaking_id=undertaking, kvk_number=kvk, name="x", source="x", actor=mother.handler)
    aid.separate(member_id=UndertakingMember.objects.get(kvk_number=kvk).pk, source="aandelen verkocht", actor=mother.handler)
    assert room(daughter) == 300000 and room(mother) == 20000
    assert list(UndertakingLink.objects.values_list("source", flat=True)) == ["uittreksel KvK van 1 mei 2026", "aandelen verkocht"]
    for change in (lambda: UndertakingLink.objects.update(source="x"), UndertakingLink.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_company_that_never_applied_can_be_linked(assessed):
    life = assessed()
    undertaking = UndertakingMember.objects.get().undertaking
    aid.link(undertaking_id=undertaking.pk, kvk_number="87654321", name="Moeder BV", source="jaarrekening", actor=life.handler)
    assert "Moeder BV" in str(undertaking)


def test_two_applicants_on_paper_with_one_kvk_number_are_one_company(assessed):
    first = assessed()
    again = Applicant.objects.get(name=OTHER_CLUB)
    Applicant.objects.filter(pk=again.pk).update(kvk_number=first.case.applicant.kvk_number)
    declared(first, "1000")
    second = assessed(applicant=OTHER_CLUB)
    assert room(second) == 299000 and UndertakingMember.objects.count() == 1


def test_a_declaration_of_the_future_is_refused_and_one_that_was_wrong_falls_away_with_a_reason(assessed):
    life = assessed()
    with pytest.raises(Refused, match="niet in de toekomst"):
        declared(life, "1", days_ago=-1)
    entry = declared(life, "1000")
    with pytest.raises(Refused, match="Schrijf op waarom"):
        aid.step(entry_id=entry.id, act="withdraw_declared_de_minimis", actor=life.handler)
    aid.step(entry_id=entry.id, act="withdraw_declared_de_minimis", actor=life.handler, reason="dubbel opgegeven")
    assert room(life) == 300000
    with pytest.raises(WrongStatus):
        aid.step(entry_id=entry.id, act="withdraw_declared_de_minimis", actor=life.handler, reason="nog eens")


def test_aid_is_reported_with_its_number_and_the_report_can_be_taken_back_with_a_reason(assessed):
    life = assessed()
    life.decide("grant", life.plan.amount)
    entry = DeMinimisEntry.objects.get()
    with pytest.raises(NotPermitted):
        aid.step(entry_id=entry.id, act="report_de_minimis", actor=person("controller", Role.CONTROLLER))
    done = aid.step(entry_id=entry.id, act="report_de_minimis", actor=life.handler, register_number="NL-123")
    assert (done.state, done.reported_on, done.register_number) == ("reported", clock.today(), "NL-123")
    with pytest.raises(Refused):
        aid.step(entry_id=entry.id, act="undo_report_of_de_minimis", actor=life.handler, reason=" ")
    undone = aid.step(entry_id=entry.id, act="undo_report_of_de_minimis", actor=life.handler, reason="verkeerd bedrag gemeld")
    assert (undone.state, undone.reported_on, undone.register_number) == ("to_report", None, "")
    assert list(audit.verify()) == []


def test_an_entry_keeps_its_amount_and_stays(assessed):
    life = assessed()
    declared(life, "1000")
    for change in (
        lambda: DeMinimisEntry.objects.update(amount=Decimal(1)),
        lambda: DeMinimisEntry.objects.update(granted_on=date(2024, 1, 1)),
        lambda: DeMinimisEntry.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("de_minimis", ("de-minimissteun", "€ 30.000,00", "Verordening (EU) 2023/2831", "€ 300.000,00")),
        ("de_minimis_sgei", ("de-minimissteun", "Verordening (EU) 2023/2832", "€ 750.000,00")),
        ("block_exempted", ("vrijgesteld", "SA.00000")),
        ("notified", ("goedgekeurd", "SA.00000")),
    ],
)
def test_the_letter_says_what_aid_it_is_and_by_which_regulation(assessed, verdict, words):
    life = assessed(verdict)
    life.decide("grant", life.plan.amount)
    text = Letter.objects.get(kind="L08", chain=life.case.chain).text.replace("\u00a0", " ")
    for word in words:
        assert word in text


def test_the_letter_is_silent_when_there_is_no_aid(assessed):
    life = assessed("no_aid")
    life.decide("grant", life.plan.amount)
    text = Letter.objects.get(kind="L08", chain=life.case.chain).text
    assert "steun " not in text.replace("ondersteun", "")


def test_the_letter_of_a_lower_settlement_says_what_the_register_gets(assessed):
    life = assessed()
    life.decide("grant", life.plan.amount)
    life.later(40)
    life.account()
    life.later(7)
    life.decide("settle_lower", Decimal("20000.50"), ground="4:46(2)(a)", ground_text="minder", proportionality="past")
    text = Letter.objects.get(kind="L17", chain=life.case.chain).text.replace("\u00a0", " ")
    assert "de-minimissteun" in text and "Het bedrag wordt € 20.000,50" in text
