"""A case passes to another applicant: with consent where it was granted, and each sees what is theirs and no more."""

from __future__ import annotations

import pytest
from django.test import Client

from applicants.models import Applicant
from decisions.account import account_of
from decisions.models import Claim, PaymentOrder, Transfer
from decisions.services import claiming, paying, transferring
from decisions.services.transferring import NewParty, TransferRefused
from grants.applications.files import inspect
from grants.applications.former_parties import FormerParty
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.applications.models import Application, Document
from grants.kernel import audit, clock, outbox
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters import verifying
from letters.models import Letter
from letters.post import notices
from tests.papers import posted_pdf

pytestmark = pytest.mark.django_db
OTHER = "Stichting Nieuw Begin (verzonnen)"


def deed():
    return inspect(posted_pdf("akte.pdf"))


@pytest.fixture
def successor(world):
    from grants.project.demo.world import SINCE

    made = Applicant.objects.create(
        type="stichting", name=OTHER, kvk_number="00000009", street="Nieuwweg 1", postcode="6411 CC", city="Heerlen", iban="NL02ABNA0123456789",
        channel_consent=True,
    )
    made.representations.create(user=User.objects.get(username="bewoner"), valid_from=SINCE)
    return made


def propose(life, basis="agreement", **values):
    to = values.pop("to", NewParty("stichting", OTHER, "Nieuwweg 1", "6411 CC", "Heerlen", "00000009"))
    given = {"to": to, "basis": basis, "reason": "de vereniging stopt", "evidence": deed(), **values}
    return transferring.propose(application_id=life.id, actor=life.handler, **given)


def carry_out(record, who="toetser", role=Role.REVIEWER):
    return transferring.carry_out(transfer_id=record.id, actor=person(who, role))


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_before_the_grant_a_second_person_passes_the_case_on(live, successor):
    life = live("received")
    record = propose(life)
    carry_out(record)
    assert life.case.applicant == successor and life.case.applicant_type == "stichting" and life.case.status == "received"
    assert FormerParty.objects.get().applicant == life.applicant and not list(audit.verify())


@pytest.mark.parametrize(("basis", "passes"), [("merger", True), ("agreement", False)])
def test_a_scheme_turns_away_a_contract_but_not_who_has_the_case_by_law(live, successor, basis, passes):
    life = live("received")
    town = NewParty("gemeente", "Gemeente Nieuwstad (verzonnen)", "Marktplein 1", "6411 CD", "Heerlen", "00000011")
    if passes:
        assert carry_out(propose(life, basis, to=town)).state == "done"
        return
    with pytest.raises(Refused, match="staat niet open"):
        propose(life, basis, to=town)


def test_a_granted_subsidy_passes_by_agreement_only_with_a_decision_that_says_so(live, successor):
    life = live("verleend")
    record = propose(life)
    with pytest.raises(Refused, match="besluit met toestemming"):
        carry_out(record)
    assert life.case.applicant == life.applicant
    life.day = clock.today()
    decision = life.decide("consent_to_transfer")
    assert life.case.applicant == successor and Transfer.objects.get().state == "done"
    text = Letter.objects.get(id=decision.letter_id).text
    assert OTHER in text and "alle rechten en plichten" in text and "bezwaar" in text and "Vereniging Buurthuis" in text
    assert life.case.status == "verleend" and not list(audit.verify())


@pytest.mark.parametrize("digital", [True, False])
def test_who_takes_the_case_over_gets_the_decision_too(live, successor, digital):
    Applicant.objects.filter(id=successor.id).update(channel_consent=digital)
    life = live("verleend")
    propose(life)
    life.day = clock.today()
    decision = life.decide("consent_to_transfer")
    outbox.run_open()
    copy, first = decision.copies.get().letter, Letter.objects.get(id=decision.letter_id)
    assert copy.as_content().addressee[0] == OTHER != first.as_content().addressee[0]
    text = " ".join(copy.text.split())
    assert "U neemt de zaak over." in text and "Bent u het niet eens met dit besluit?" in text and "U neemt de zaak over" not in first.text
    before = life.case.former_parties.get().applicant
    Applicant.objects.filter(id=before.id).update(email="eerst@example.org")
    Applicant.objects.filter(id=successor.id).update(email="daarna@example.org")
    assert (notices.known_address(first), notices.known_address(copy)) == ("eerst@example.org", "daarna@example.org")
    assert (copy.state, copy.portal_allowed) == (("sent", True) if digital else ("rendered", False))
    assert not any(verifying.verify())


def test_consent_rests_on_the_clause_of_the_ordinance_that_the_scheme_names(live, successor):
    life = live("verleend")
    propose(life)
    life.day = clock.today()
    text = " ".join(Letter.objects.get(id=life.decide("consent_to_transfer").letter_id).text.split())
    assert f"Dit besluit rust op {life.case.definition.transfer_basis}, en op Algemene wet" in text and life.case.definition.transfer_basis.startswith("ASV")
    assert "4:37 A" not in text and "Awb, ASV" not in text


@pytest.mark.parametrize("basis", ["merger", "inheritance"])
def test_by_law_it_passes_without_consent_but_not_without_a_second_person(live, successor, basis):
    life = live("verleend")
    record = propose(life, basis)
    carry_out(record)
    assert life.case.applicant == successor


def test_consent_to_nothing_is_refused(live):
    life = live("verleend")
    with pytest.raises(Refused, match="geen overdracht voorgesteld"):
        life.decide("consent_to_transfer")


def test_each_sees_what_is_theirs(live, successor):
    life = live("verleend")
    old, new = User.objects.get(username="penningmeester"), User.objects.get(username="bewoner")
    outbox.run_open()
    before = set(Letter.objects.visible_to(old).filter(chain=life.case.chain).values_list("id", flat=True))
    assert before and not Application.objects.visible_to(new).filter(id=life.id).exists()
    carry_out(propose(life, "merger"))
    outbox.run_open()
    life.day = clock.today()
    life.asker = person("bewoner", Role.APPLICANT)
    life.account()
    outbox.run_open()
    assert not Application.objects.visible_to(old).filter(id=life.id).exists() and Application.objects.visible_to(new).filter(id=life.id).exists()
    kept = set(Letter.objects.visible_to(old).filter(chain=life.case.chain).values_list("id", flat=True))
    everything = set(Letter.objects.visible_to(new).filter(chain=life.case.chain).values_list("id", flat=True))
    told = {letter.id for letter in Letter.objects.filter(chain=life.case.chain, kind="L12") if "gaat over naar" in letter.text}
    assert kept == before | told and kept < everything
    newest = Letter.objects.filter(chain=life.case.chain).latest("created_at")
    assert newest.as_content().addressee[0] == OTHER and newest.id not in kept


def test_the_former_applicant_reads_the_old_letters_and_nothing_else_of_the_case(live, successor):
    life = live("verleend")
    outbox.run_open()
    carry_out(propose(life, "merger"))
    outbox.run_open()
    client = signed_in("penningmeester")
    page = client.get(f"/aanvragen/{life.id}/overgedragen/").content.decode()
    assert "Verleningsbeschikking" in page and "is overgegaan van" not in page and page.count("<h1>") == 1
    assert life.case.case_number in client.get("/mijn/").content.decode()
    assert client.get(f"/aanvragen/{life.id}/").status_code == 404
    told = next(letter for letter in Letter.objects.filter(chain=life.case.chain, kind="L12") if "is overgegaan van" in letter.text)
    granted = Letter.objects.get(chain=life.case.chain, kind="L08")
    assert client.get(f"/brieven/{granted.id}/").status_code == 200 and client.get(f"/brieven/{told.id}/").status_code == 404
    for stranger in ("bewoner", "ambtenaar"):
        assert signed_in(stranger).get(f"/aanvragen/{life.id}/overgedragen/").status_code == 404
    assert signed_in("bewoner").get(f"/aanvragen/{life.id}/").status_code == 200


def test_files_sent_in_before_stay_readable_and_later_ones_do_not(live, successor):
    life = live("verleend")
    first = life.case.submissions.first()
    values = {"application": life.case, "question_key": "x", "content_type": "application/pdf", "size": 1, "digest": "x", "uploaded_by": life.asker.user}
    early = Document.objects.create(submission=first, filename="vroeg.pdf", **values)
    carry_out(propose(life, "merger"))
    life.day, life.asker = clock.today(), person("bewoner", Role.APPLICANT)
    life.account()
    late = Document.objects.create(submission=life.case.submissions.last(), filename="laat.pdf", **values)
    assert set(Document.objects.visible_to(User.objects.get(username="penningmeester"))) == {early}
    assert set(Document.objects.visible_to(User.objects.get(username="bewoner"))) == {early, late}


def test_money_follows_and_a_payment_approved_for_the_old_account_is_checked_again(live, successor):
    life = live("verleend")
    order = PaymentOrder.objects.get(application=life.id, state="planned")
    for act, who, role in (("check_payment", "financien", Role.FINANCE_OFFICER), ("approve_payment", "budgethouder", Role.FINANCE_APPROVER)):
        paying.step(order_id=order.id, act=act, actor=person(who, role))
    carry_out(propose(life, "merger"))
    order = PaymentOrder.objects.get(id=order.id)
    assert (order.state, order.iban) == ("planned", "") and account_of(life.case) == successor.iban
    claim = claiming.draft(life.case, life.case.decisions.first(), life.plan.amount, clock.today())
    assert Claim.objects.get(id=claim.id).application.applicant == successor


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"evidence": None}, "Voeg het bewijs toe"), ({"reason": " "}, "Schrijf op"),
        ({"to": NewParty("gemeente", "Gemeente Ergens (verzonnen)", "x 1", "6411 AA", "Heerlen")}, "staat niet open"),
        ({"to": NewParty("vereniging", "x", "x 1", "6411 AA", "Heerlen", "00000001")}, "al heeft"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused_and_registers_nobody(live, successor, values, words):
    life, before = live("received", scheme="LB-SVC"), Applicant.objects.count()
    with pytest.raises((Refused, TransferRefused), match=words):
        propose(life, **values)
    assert not Transfer.objects.exists() and Applicant.objects.count() == before


def test_who_proposes_does_not_carry_out_and_a_second_proposal_waits(live, successor):
    life = live("received")
    record = propose(life)
    with pytest.raises(TransferRefused, match="al een overdracht"):
        propose(life)
    with pytest.raises(NotPermitted):
        carry_out(record, "behandelaar", Role.CASE_HANDLER)
    from grants.kernel.models import RoleAssignment

    RoleAssignment.objects.create(user=User.objects.get(username="behandelaar"), role=Role.REVIEWER, valid_from="2024-01-01")
    with pytest.raises(Refused, match="collega"):
        carry_out(record, "behandelaar", Role.REVIEWER)
    transferring.cancel(transfer_id=record.id, reason="toch niet", actor=life.handler)
    assert life.case.applicant == life.applicant and propose(life).state == "proposed"


@pytest.mark.parametrize("state", ["draft", "withdrawn", "forwarded", "closed"])
def test_a_case_that_ended_or_is_a_draft_does_not_pass(live, successor, state):
    with pytest.raises(Refused, match="ten einde"):
        propose(live(state))


def test_the_pages_propose_and_carry_out(live, successor):
    life = live("received")
    typed = {"basis": "agreement", "type": "stichting", "name": OTHER, "kvk_number": "12", "street": "Nieuwweg 1", "postcode": "6411 CC", "city": "Heerlen", "reason": "stopt"}
    client, base = signed_in("behandelaar"), f"/behandelen/{life.id}/overdragen/"
    page = client.post(base, typed).content.decode()
    assert "8 cijfers" in page and "Nieuwweg 1" in page
    page = client.post(base, {**typed, "kvk_number": "00000009", "evidence": posted_pdf("akte.pdf")}, follow=True).content.decode()
    assert "voorgesteld" in page and "akte.pdf" in page
    record = Transfer.objects.get()
    outbox.run_open()
    assert client.get(f"/behandelen/overdracht/{record.id}/akte/").status_code == 200
    assert "Het is vastgelegd" in signed_in("toetser").post(f"{base}uitvoeren/", {"how": "do"}, follow=True).content.decode()
    assert life.case.applicant == successor and signed_in("toetser").get(f"{base}uitvoeren/").status_code == 404
