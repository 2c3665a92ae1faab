"""A role counts for the scheme of the case: who only reads this scheme does nothing in it, whatever the role elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from applicants.models import Applicant, PartyChange, Representation
from decisions.models import BankEntry, DataBreach, PaymentOrder, UndertakingMember
from decisions.services import aid, party_changes, returning, statement_reading
from decisions.services.aid import LinkRefused
from decisions.services.party_changes import ChangeRefused
from decisions.services.returning import PostRefused
from decisions.services.statement_reading import StatementRefused
from grants.kernel import clock, outbox
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Letter, Notice
from tests.letters.posting import pile
from tests.project import banking_breaks, life_breaks

pytestmark = pytest.mark.django_db
ELSEWHERE = "LB-INW"


def reads_here(username: str, scheme: str = ELSEWHERE) -> User:
    """This person holds the own roles for `scheme` alone, and reads the other schemes as an auditor."""
    user = User.objects.get(username=username)
    RoleAssignment.objects.filter(user=user).update(scheme_code=scheme)
    RoleAssignment.objects.create(user=user, role=Role.AUDITOR, valid_from="2024-01-01")
    return User.objects.get(username=username)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def entry_of(life, order):
    return BankEntry.objects.create(
        statement=banking_breaks.statement_of(life), position=1, comes_in=False, amount=1, booked_on="2026-01-05", outcome="mismatch", sentence="x", order=order
    )


@pytest.mark.parametrize(("scheme", "knows_the_case", "may"), [("LB-SVC", True, True), (ELSEWHERE, True, False), ("LB-SVC", False, False), ("", False, True)])
def test_an_entry_is_explained_by_finance_of_its_case_or_of_every_scheme(live, scheme, knows_the_case, may):
    life = live("verleend")
    entry = entry_of(life, PaymentOrder.objects.filter(application=life.id).first() if knows_the_case else None)
    reads_here("financien", scheme)
    page = signed_in("financien").get(f"/behandelen/bankregels/{entry.pk}/").content.decode()
    assert ('name="text"' in page) is may
    explain = {"entry_id": entry.pk, "text": "Uitgezocht.", "actor": person("financien", Role.FINANCE_OFFICER)}
    if may:
        assert statement_reading.explain(**explain).explanation == "Uitgezocht."
        return
    with pytest.raises(StatementRefused, match="Dit mag: financieel medewerker van de regeling"):
        statement_reading.explain(**explain)
    assert BankEntry.objects.get().explained_at is None


@pytest.mark.parametrize("username", ["intake", "behandelaar", "archief"])
def test_a_breach_is_closed_by_somebody_of_the_scheme(live, username):
    life = live("verleend")
    breach = life_breaks.breach_of(life)
    values = {"breach_id": breach.pk, "informed": "de aanvrager", "not_reported_reason": "ongeopend"}
    reads_here(username)
    with pytest.raises(PostRefused, match="van de regeling van de zaak"):
        returning.close_breach(actor=person(username, Role.AUDITOR), **values)
    assert DataBreach.objects.get().is_open
    RoleAssignment.objects.filter(user__username=username).update(scheme_code="LB-SVC")
    assert not returning.close_breach(actor=person(username, Role.AUDITOR), **values).is_open


def test_companies_are_linked_and_parted_by_a_handler_of_one_of_their_cases(live):
    life = live("verleend")
    member = aid.member_for(life.case)
    reads_here("behandelaar")
    handler, address = person("behandelaar", Role.CASE_HANDLER), f"/behandelen/de-minimis/{member.undertaking_id}/"
    linked = {"undertaking_id": member.undertaking_id, "kvk_number": "87654321", "name": "Moeder BV", "source": "uittreksel"}
    with pytest.raises(LinkRefused, match="behandelaar van een regeling waarbij deze onderneming een zaak heeft"):
        aid.link(**linked, actor=handler)
    with pytest.raises(LinkRefused):
        aid.separate(member_id=member.pk, source="verkocht", actor=handler)
    page = signed_in("behandelaar").get(address)
    assert page.status_code == 200 and page.context["forms"] == []
    assert UndertakingMember.objects.get().undertaking_id == member.undertaking_id
    RoleAssignment.objects.filter(user=handler.user).update(scheme_code="LB-SVC")
    assert aid.link(**linked, actor=person("behandelaar", Role.CASE_HANDLER)).undertaking_id == member.undertaking_id


def test_a_letter_is_posted_by_intake_of_its_scheme(live, world):
    Applicant.objects.update(channel_consent=False)
    life = live("received")
    outbox.run_open()
    letter = Letter.objects.get(chain=life.case.chain, state="rendered")
    reads_here("intake")
    assert letter.chain.label not in signed_in("intake").get("/behandelen/post/").content.decode()
    RoleAssignment.objects.filter(user__username="intake").update(scheme_code="LB-SVC")
    assert letter.chain.label in signed_in("intake").get("/behandelen/post/").content.decode()
    batch = pile()
    page = f"/behandelen/post/stapels/{batch.pk}/"
    reads_here("intake")
    for answer in (signed_in("intake").get(page), signed_in("intake").get(f"{page}pdf/"), signed_in("intake").post(f"{page}gepost/")):
        assert answer.status_code == 404
    RoleAssignment.objects.filter(user__username="intake").update(scheme_code="LB-SVC")
    assert signed_in("intake").get(page).status_code == 200
    signed_in("intake").post(f"{page}gepost/", {"posted_on": clock.today().isoformat()})
    outbox.run_open()
    assert Letter.objects.get(pk=letter.pk).state == "sent"


@pytest.mark.parametrize("username", ["intake", "behandelaar"])
def test_a_notice_is_handled_by_somebody_of_its_scheme_and_read_by_others(live, username):
    life = live("received")
    outbox.run_open()
    notice = Notice.objects.filter(dispatch__letter__chain=life.case.chain)[0]
    Notice.objects.filter(pk=notice.pk).update(state="failed", sent_at=None)
    address, told = notice.get_absolute_url(), {"how": "phone", "note": "gebeld"}
    reads_here(username)
    page = signed_in(username).get(address).content.decode()
    assert "Wat is er gebeurd?" in page and "Wat doet u?" not in page
    assert signed_in(username).post(address, told).status_code == 403
    assert life.case.case_number not in signed_in(username).get("/behandelen/post/meldingen/").content.decode()
    assert Notice.objects.get(pk=notice.pk).state == "failed"
    RoleAssignment.objects.filter(user__username=username).update(scheme_code="LB-SVC")
    assert life.case.case_number in signed_in(username).get("/behandelen/post/meldingen/").content.decode()
    assert signed_in(username).post(address, told).status_code == 302
    assert Notice.objects.get(pk=notice.pk).state == "informed"


@pytest.mark.parametrize("username", ["intake", "behandelaar"])
def test_digital_post_or_paper_is_noted_by_somebody_of_the_scheme(live, username):
    life = live("received")
    address, said = f"/behandelen/{life.id}/digitale-post/", {"channel": "paper", "how": "phone", "note": "mevrouw zelf"}
    reads_here(username)
    assert signed_in(username).get(address).status_code == signed_in(username).post(address, said).status_code == 403
    assert not life.applicant.channel_choices.exists()
    RoleAssignment.objects.filter(user__username=username).update(scheme_code="LB-SVC")
    assert signed_in(username).post(address, said).status_code == 302
    assert life.applicant.channel_choices.get().noted_by.username == username


@pytest.mark.parametrize("username", ["intake", "behandelaar", "financien"])
def test_a_change_is_asked_refused_and_confirmed_by_somebody_of_a_scheme_of_the_applicant(live, username):
    life = live("verleend")
    change = life_breaks.change_of(life, new={"iban": "NL02ABNA0123456789"}, asked_on=clock.today(), entered_by=life.reviewer.user)
    reads_here(username)
    who = person(username, Role.AUDITOR)
    for act in (
        lambda: party_changes.refuse(change_id=change.pk, note="weet van niets", actor=who),
        lambda: party_changes.confirm_by_call(change_id=change.pk, note="gebeld", actor=who),
        lambda: party_changes.ask(applicant_id=life.applicant.id, kind="email", new={"email": "nieuw@example.org"}, actor=who),
    ):
        with pytest.raises(ChangeRefused, match="van een regeling waarbij de aanvrager een zaak heeft"):
            act()
    assert PartyChange.objects.get().state == "pending"
    RoleAssignment.objects.filter(user__username=username).update(scheme_code="LB-SVC")
    assert party_changes.refuse(change_id=change.pk, note="weet van niets", actor=person(username, Role.AUDITOR)).state == "refused"


def test_a_code_is_printed_by_intake_of_a_scheme_of_the_applicant(live):
    life = live("verleend")
    change = life_breaks.change_of(life, asked_on=clock.today())
    reads_here("intake")
    for who in (person("intake", Role.INTAKE_OFFICER), person("toetser", Role.REVIEWER)):
        with pytest.raises(ChangeRefused, match="U mag deze brief niet maken. Dit mag: medewerker intake"):
            party_changes.print_code(change_id=change.pk, actor=who)
    assert PartyChange.objects.get().code_digest == ""
    RoleAssignment.objects.filter(user__username="intake").update(scheme_code="LB-SVC")
    assert len(party_changes.print_code(change_id=change.pk, actor=person("intake", Role.INTAKE_OFFICER))[1]) == 8


def test_who_acts_for_an_applicant_does_not_confirm_its_change_as_an_official(live):
    life = live("verleend")
    change = life_breaks.change_of(life, new={"iban": "NL02ABNA0123456789"}, asked_on=clock.today(), entered_by=life.reviewer.user)
    Representation.objects.create(applicant=life.applicant, user=life.handler.user, valid_from="2024-01-01")
    with pytest.raises(ChangeRefused, match="U mag deze wijziging niet bevestigen"):
        party_changes.confirm_by_call(change_id=change.pk, note="gebeld met mijzelf", actor=person("behandelaar", Role.CASE_HANDLER))
