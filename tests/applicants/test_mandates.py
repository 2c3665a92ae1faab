"""Who acts, for what, and until when: the rule in `represented_by`, the end of access, and the authorisation that officials judge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from applicants.acts import inviting, mandating, registering
from applicants.acts.refusing import PartyRefused
from applicants.models import Applicant, Capacity, MandateStep, PaperState, Representation
from grants.applications.models import Application
from grants.kernel import clock, outbox
from grants.kernel.models import User
from tests.applicants.who import ADDRESS, client_of, foundation, pdf, person

pytestmark = pytest.mark.django_db
TODAY = clock.today()
DAY = timedelta(days=1)


@pytest.fixture
def ada(world):
    return person("ada")


@pytest.fixture
def club(ada):
    return foundation(ada)


def acts(user, applicant, day=None) -> bool:
    return Applicant.objects.represented_by(user, day).filter(pk=applicant.pk).exists()


@pytest.mark.parametrize(
    ("values", "day", "expected"),
    [
        ({}, TODAY, True), ({"valid_from": TODAY + DAY}, TODAY, False), ({"valid_from": TODAY + DAY}, TODAY + DAY, True),
        ({"valid_to": TODAY}, TODAY, True), ({"valid_to": TODAY}, TODAY + DAY, False),
        ({"ended_on": TODAY}, TODAY, False), ({"ended_on": TODAY, "valid_from": TODAY - DAY}, TODAY - DAY, True), ({"ended_on": TODAY + DAY}, TODAY, True),
        ({"paper": "refused"}, TODAY, False), ({"paper": "asked"}, TODAY, True), ({"is_authorised_third_party": True}, TODAY, True),
    ],
)
def test_one_rule_says_who_acts_on_a_day(club, values, day, expected):
    bert = person("bert")
    made = Representation.objects.create(**{"applicant": club, "user": bert, "valid_from": TODAY, **values})
    assert acts(bert, club, day) is made.holds_on(day) is expected


def test_a_plain_row_acts_as_a_colleague(club):
    """As a sign-in for organisations makes it, which knows nothing of the rest."""
    made = Representation.objects.create(applicant=club, user=person("bert"), valid_from=TODAY)
    assert (made.kind, made.paper, made.chain_id, made.is_third_party) == ("colleague", "", None, False)
    assert Applicant.objects.managed_by(made.user).filter(pk=club.pk).exists()


def test_a_mandate_for_one_case_opens_that_case_alone(live):
    life, elsewhere = live("verleend"), live("received")
    cleo = person("cleo")
    mandating.admit(applicant=life.applicant, user=cleo, kind=Capacity.THIRD_PARTY, chain=life.case.chain)
    assert not acts(cleo, life.applicant)
    assert set(Application.objects.of_applicants_of(cleo)) == set(Application.objects.visible_to(cleo)) == {life.case}
    assert life.case.is_represented_by(cleo) and not elsewhere.case.is_represented_by(cleo)
    browser = client_of(cleo)
    assert browser.get(f"/aanvragen/{life.id}/").status_code == 200
    assert browser.get(f"/aanvragen/{elsewhere.id}/").status_code == 404
    assert browser.get(f"/mijn/aanvragers/{life.applicant.pk}/").status_code == 404
    mandating.end(representation_id=Representation.objects.get(user=cleo).pk, user=cleo)
    assert browser.get(f"/aanvragen/{life.id}/").status_code == 404


def test_a_mandate_for_one_case_does_not_follow_it_to_another_applicant(live):
    life = live("received")
    cleo = person("cleo")
    mandating.admit(applicant=life.applicant, user=cleo, kind=Capacity.THIRD_PARTY, chain=life.case.chain)
    Application.objects.filter(pk=life.id).update(applicant=Applicant.objects.exclude(pk=life.applicant.pk).first())
    assert not Application.objects.visible_to(cleo).exists() and not life.case.is_represented_by(cleo)


def test_the_end_works_at_once_stays_and_is_told_in_the_history(ada, club):
    bert = person("bert")
    mandate = mandating.admit(applicant=club, user=bert, by=ada)
    browser = client_of(bert)
    assert browser.get(f"/mijn/aanvragers/{club.pk}/").status_code == 200
    assert mandating.admit(applicant=club, user=bert) == mandate, "who acts already keeps the mandate"
    client_of(ada).post(f"/mijn/aanvragers/toegang/{mandate.pk}/beeindigen/", {"why": "Bert is verhuisd."})
    assert browser.get(f"/mijn/aanvragers/{club.pk}/").status_code == 404
    assert [(s.kind, s.by, s.note) for s in mandate.steps.all()] == [("given", ada, ""), ("ended", ada, "Bert is verhuisd.")]
    for change in (
        lambda: Representation.objects.filter(pk=mandate.pk).update(ended_on=None), lambda: MandateStep.objects.update(note=""),
        lambda: MandateStep.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(PartyRefused, match="al beëindigd"):
        mandating.end(representation_id=mandate.pk, user=ada)
    assert mandating.admit(applicant=club, user=bert) != mandate, "acting again is a mandate of its own"
    assert "Wie traden er eerder op?" in client_of(ada).get(f"/mijn/aanvragers/{club.pk}/").content.decode()


def test_somebody_stays_who_acts(ada, club):
    mine = Representation.objects.get(user=ada, applicant=club)
    page = client_of(ada).post(f"/mijn/aanvragers/toegang/{mine.pk}/beeindigen/", {}).content.decode()
    assert "Er moet iemand overblijven" in page
    assert acts(ada, club)
    adviser = mandating.admit(applicant=club, user=person("cleo"), kind=Capacity.THIRD_PARTY, by=ada)
    with pytest.raises(PartyRefused, match="overblijven"):
        mandating.end(representation_id=mine.pk, user=ada)
    one_case = mandating.admit(applicant=club, user=person("dirk"), kind=Capacity.COLLEAGUE, by=ada, valid_to=TODAY)
    mandating.end(representation_id=mine.pk, user=ada)
    for last in (adviser, one_case):
        if last is one_case:
            with pytest.raises(PartyRefused, match="overblijven"):
                mandating.end(representation_id=last.pk, user=last.user)


def test_one_acts_for_oneself_for_ever(ada):
    me = registering.register_self(user=ada, name="Ada", contact=ADDRESS).representations.get()
    with pytest.raises(PartyRefused, match="voor uzelf"):
        mandating.end(representation_id=me.pk, user=ada)


def test_a_third_party_acts_and_does_not_say_who_else_does(ada, club):
    cleo, bert = person("cleo"), person("bert")
    mandating.admit(applicant=club, user=cleo, kind=Capacity.THIRD_PARTY, by=ada)
    theirs = Representation.objects.get(user=ada, applicant=club)
    assert acts(cleo, club)
    browser = client_of(cleo)
    assert browser.get(f"/mijn/aanvragers/{club.pk}/uitnodigen/").status_code == 404
    assert browser.post(f"/mijn/aanvragers/toegang/{theirs.pk}/beeindigen/").status_code == 404
    for act in (
        lambda: mandating.end(representation_id=theirs.pk, user=cleo),
        lambda: inviting.invite(applicant_id=club.pk, email="x@example.org", kind="colleague", user=cleo),
    ):
        with pytest.raises(PartyRefused, match="mag dit niet regelen"):
            act()
    alone = foundation(bert, "00000012", capacity="third_party")
    assert Applicant.objects.managed_by(bert).filter(pk=alone.pk).exists(), "where nobody else acts, the third party invites the board"
    mandating.admit(applicant=alone, user=ada)
    assert not Applicant.objects.managed_by(bert).filter(pk=alone.pk).exists()


@pytest.mark.parametrize("page", ["{party}/", "{party}/adres/", "{party}/uitnodigen/", "{party}/deelnemers/", "toegang/{mandate}/beeindigen/", "toegang/{mandate}/machtiging/"])
def test_somebody_elses_applicant_is_not_found(ada, club, page):
    address = "/mijn/aanvragers/" + page.format(party=club.pk, mandate=Representation.objects.get(user=ada, applicant=club).pk)
    stranger, colleague_elsewhere = person("eva"), person("bert")
    foundation(colleague_elsewhere, "00000012")
    for user in (stranger, colleague_elsewhere, User.objects.get(username="behandelaar")):
        browser = client_of(user)
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"why": "x"}).status_code in (404, 405)
    assert client_of(ada).get(address).status_code in (200, 302)


def test_a_stranger_begins_no_draft_for_somebody_elses_applicant(club):
    stranger = person("eva")
    assert client_of(stranger).post("/aanvragen/beginnen/LB-SVC/", {"applicant": club.pk}).status_code == 404


@pytest.fixture
def case(live):
    """A case with an adviser who sent an authorisation; the adviser's mandate."""
    life = live("received")
    life.adviser = person("cleo")
    life.mandate = mandating.admit(applicant=life.applicant, user=life.adviser, kind=Capacity.THIRD_PARTY, by=life.asker.user)
    life.paper = mandating.send_paper(representation_id=life.mandate.pk, upload=pdf(), user=life.adviser)
    return life


def judged(case, username, verdict, why=""):
    values = {"mandate": case.mandate.pk, "verdict": verdict, "why": why}
    return client_of(User.objects.get(username=username)).post(f"/behandelen/{case.id}/aanvrager/", values)


def test_an_official_sees_the_authorisation_and_refuses_it(case):
    handler = client_of(User.objects.get(username="behandelaar"))
    assert "nog niemand heeft bekeken" in handler.get(f"/behandelen/{case.id}/").content.decode()
    page = handler.get(f"/behandelen/{case.id}/aanvrager/").content.decode()
    assert "machtiging.pdf" in page and "gemachtigde" in page
    outbox.run_open()
    assert handler.get(f"/behandelen/papieren/{case.paper.pk}/").getvalue().startswith(b"%PDF")
    assert "Schrijf op waarom" in judged(case, "behandelaar", "refused").content.decode()
    judged(case, "behandelaar", "refused", "Er staat geen handtekening onder.")
    assert not acts(case.adviser, case.applicant)
    assert client_of(case.adviser).get(f"/aanvragen/{case.id}/").status_code == 404
    again = client_of(case.adviser).post(f"/mijn/aanvragers/toegang/{case.mandate.pk}/machtiging/", {"paper": pdf("beter.pdf")})
    assert again.status_code == 302
    assert not acts(case.adviser, case.applicant), "another paper opens nothing before an official looked"
    assert "nog niemand heeft bekeken" in handler.get(f"/behandelen/{case.id}/").content.decode()
    judged(case, "behandelaar", "accepted")
    assert acts(case.adviser, case.applicant)
    assert [step.kind for step in case.mandate.steps.all()] == ["given", "paper", "refused", "paper", "accepted"]


def test_an_authorisation_is_asked_and_the_person_reads_why(case):
    judged(case, "intake", "asked", "Stuur ook bladzijde twee.")
    assert Representation.objects.get(pk=case.mandate.pk).paper == PaperState.ASKED
    browser = client_of(case.adviser)
    assert "Wij vragen u om een machtiging" in browser.get("/mijn/aanvragers/").content.decode()
    assert "Stuur ook bladzijde twee." in browser.get(f"/mijn/aanvragers/toegang/{case.mandate.pk}/machtiging/").content.decode()


@pytest.mark.parametrize("username", ["auditor", "controller", "toetser"])
def test_who_only_reads_does_not_judge(case, username):
    assert judged(case, username, "refused", "x").status_code == 403
    assert acts(case.adviser, case.applicant)


@pytest.mark.parametrize("username", ["bewoner", "penningmeester", "beheer", "beleid"])
def test_nobody_else_sees_the_page_of_officials_nor_the_paper(case, username):
    browser = client_of(User.objects.get(username=username))
    assert browser.get(f"/behandelen/{case.id}/aanvrager/").status_code == browser.get(f"/behandelen/papieren/{case.paper.pk}/").status_code == 403


def test_an_official_who_acts_for_the_applicant_does_not_judge(case):
    official = User.objects.get(username="behandelaar")
    Representation.objects.create(applicant=case.applicant, user=official, valid_from=TODAY)
    assert judged(case, "behandelaar", "accepted").status_code == 404
    assert client_of(official).get(f"/behandelen/papieren/{case.paper.pk}/").status_code == 404
    with pytest.raises(PartyRefused, match="over uzelf"):
        mandating.judge(representation_id=Representation.objects.get(user=official).pk, verdict="accepted", why="", user=official)


def test_a_mandate_of_another_applicant_is_not_judged_through_this_case(case):
    other = Representation.objects.exclude(applicant=case.applicant).first()
    values = {"mandate": other.pk, "verdict": "refused", "why": "x"}
    client_of(User.objects.get(username="behandelaar")).post(f"/behandelen/{case.id}/aanvrager/", values)
    other.refresh_from_db()
    assert other.paper == ""


def test_a_paper_is_read_by_who_acts_and_by_nobody_else(case):
    address = f"/mijn/aanvragers/papier/{case.paper.pk}/"
    outbox.run_open()
    assert client_of(case.asker.user).get(address).status_code == 200
    assert client_of(person("eva")).get(address).status_code == 404
