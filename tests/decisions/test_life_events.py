"""Death, bankruptcy, dissolution and merger of an applicant: reported once, seen everywhere, paid on only after an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from applicants.models import Correspondent
from applicants.services import Instead
from decisions.models import Beschikking, PartyEffect, PartyReport, PaymentOrder
from decisions.services import deciding, life_events, party_changes, paying
from grants.applications.lifecycle.door import NotPermitted, Refused
from grants.kernel import audit, clock, outbox
from grants.kernel.models import Event, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Letter
from tests.papers import posted_pdf
from tests.project import life_breaks

pytestmark = pytest.mark.django_db
CURATOR = Instead("curator", "mr. C. Urator (verzonnen)", "Boedelstraat 1", "6211 AA", "Maastricht")


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def bankrupt(life, **values):
    given = {"kind": "bankruptcy", "happened_on": clock.today() - timedelta(days=3), "source": "CIR F.03/26/12", "instead": CURATOR, **values}
    return life_events.report(applicant_id=life.applicant.id, actor=life.handler, **given)


def check(life):
    order = PaymentOrder.objects.exclude(state="stopped").get(application=life.id)
    return paying.step(order_id=order.id, act="check_payment", actor=person("financien", Role.FINANCE_OFFICER))


def estate_account(life):
    """The account that the curator names: entered by one official, confirmed by another."""
    change = party_changes.ask(applicant_id=life.applicant.id, kind="iban", new={"iban": "NL02ABNA0123456789"}, actor=life.handler)
    party_changes.confirm_by_call(change_id=change.id, note="gebeld met de curator", actor=person("intake", Role.INTAKE_OFFICER))


def answered(life, report, **values):
    given = {"answer": "continue", "motivation": "De curator gaat door.", **values}
    return life_events.answer(application_id=life.id, report_id=report.id, actor=life.handler, **given)


def test_one_report_is_seen_on_every_running_case_and_on_no_ended_or_other_one(live):
    first, second, draft = live("verleend"), live("received"), live("draft")
    withdrawn, other = live("withdrawn"), live("received", applicant="Bo Bewoner (verzonnen)", scheme="LB-INW")
    made = bankrupt(first)
    assert set(PartyEffect.objects.values_list("application_id", "stage")) == {(first.id, "running"), (second.id, "before")}
    assert Event.objects.filter(act="notice_party_event").count() == 2
    assert all(e.data["report"] == str(made.id) and "bankruptcy" not in str(e.data) for e in Event.objects.filter(act="notice_party_event"))
    pages = {life.id: signed_in("behandelaar").get(f"/behandelen/{life.id}/").content.decode() for life in (first, second, withdrawn, other)}
    assert "faillissement" in pages[first.id] and "4:48" in pages[first.id]
    assert "4:35, tweede lid, onder b" in pages[second.id] and "faillissement" not in pages[other.id]
    assert draft.case.status == "draft" and not list(audit.verify())


def test_a_planned_payment_waits_until_a_person_answers_and_the_answer_counts_for_that_case_alone(live):
    first, second = live("verleend"), live("verleend")
    made = bankrupt(first)
    with pytest.raises(Refused, match="faillissement.*betaaltermijn loopt door"):
        check(first)
    answered(first, made)
    estate_account(first)
    assert check(first).iban == "NL02ABNA0123456789"
    with pytest.raises(Refused, match="faillissement"):
        check(second)


@pytest.mark.parametrize(("kind", "estate"), [("bankruptcy", True), ("suspension_of_payment", False)])
def test_a_bankrupt_applicant_is_not_paid_on_its_own_account(live, kind, estate):
    life = live("verleend")
    to = CURATOR if estate else Instead("administrator", "B. Ewind", "x 1", "6211 AA", "Maastricht")
    answered(life, bankrupt(life, kind=kind, instead=to))
    if not estate:
        assert check(life).state == "checked"
        return
    with pytest.raises(Refused, match="alleen aan de boedel"):
        check(life)


def test_an_account_confirmed_before_the_bankruptcy_is_not_that_of_the_estate(live):
    life = live("verleend")
    estate_account(life)
    answered(life, bankrupt(life))
    with pytest.raises(Refused, match="alleen aan de boedel"):
        check(life)


def test_an_approved_payment_does_not_go_to_the_bank_after_the_report(live):
    life = live("verleend")
    order = check(life)
    paying.step(order_id=order.id, act="approve_payment", actor=person("budgethouder", Role.FINANCE_APPROVER))
    bankrupt(life)
    with pytest.raises(Refused, match="faillissement"):
        paying.step(order_id=order.id, act="export_payment", actor=person("financien", Role.FINANCE_OFFICER))


def test_letters_go_to_the_curator_on_paper_and_earlier_ones_stay_as_they_were(live):
    life = live("verleend")
    before = {letter.id: letter.content for letter in Letter.objects.filter(chain=life.case.chain)}
    bankrupt(life)
    life.day = clock.today()
    life.remind() if life.case.report_due_on and life.case.report_due_on < life.day else life.account()
    newest = Letter.objects.filter(chain=life.case.chain).latest("created_at")
    assert not newest.portal_allowed and newest.as_content().addressee[1] == "t.a.v. curator mr. C. Urator (verzonnen)"
    assert newest.as_content().salutation == "Geachte curator,"
    assert {letter.id: letter.content for letter in Letter.objects.filter(id__in=before)} == before


def test_a_signed_decision_that_would_go_to_the_inbox_comes_back(live):
    life = live("assessed", scheme="LB-INW", applicant="Stichting Repair Café Demo (verzonnen)", amount="3000")
    decision = life.decide("settle_directly", life.plan.amount, send=False)
    bankrupt(life)
    outbox.run_open()
    decision.refresh_from_db()
    assert decision.state == "returned" and "op papier" in decision.return_reason and life.case.status == "assessed"


def test_the_letter_of_a_death_goes_to_the_heirs(live):
    life = live("verleend", scheme="LB-SVC", applicant="Bo Bewoner (verzonnen)")
    life_events.report(
        applicant_id=life.applicant.id, kind="death", happened_on=clock.today(), source="BRP", actor=life.handler,
        instead=Instead("heirs", "E. Rfgenaam (verzonnen)", "Voorbeeldstraat 3", "6461 AA", "Kerkrade"),
    )
    life.day = clock.today()
    life.account()
    newest = Letter.objects.filter(chain=life.case.chain).latest("created_at").as_content()
    assert newest.addressee[:2] == ("De erven van Bo Bewoner (verzonnen)", "p/a E. Rfgenaam (verzonnen)")


def test_a_case_that_comes_in_later_is_warned_of_and_answered_too(live):
    made = bankrupt(live("received"))
    later = live("verleend")
    assert not PartyEffect.objects.filter(application=later.id).exists()
    with pytest.raises(Refused, match="faillissement"):
        check(later)
    answered(later, made)
    estate_account(later)
    assert check(later).state == "checked" and not list(audit.verify())


def test_who_decides_reads_the_warning_and_may_still_decide(live):
    life = live("assessed")
    bankrupt(life)
    page = signed_in("behandelaar").get(f"/behandelen/{life.id}/besluit/reject/").content.decode()
    assert "faillissement" in page and "4:35, tweede lid, onder b" in page
    values = {"amount": None, "motivation": "omdat", "ground": "BUITEN", "ground_text": "x"}
    decision = deciding.prepare(application_id=life.id, act="reject", actor=life.handler, values=values)
    assert "faillissement" in signed_in("directeur").get(f"/behandelen/besluit/{decision.id}/").content.decode()
    assert Beschikking.objects.get(id=decision.id).state == "draft"


def test_a_later_event_takes_over_the_letters_and_an_ended_one_gives_them_back(live):
    life = live("verleend")
    first = bankrupt(life, kind="suspension_of_payment", instead=Instead("administrator", "B. Ewind", "x 1", "6211 AA", "Maastricht"))
    second = bankrupt(life)
    assert Correspondent.objects.get(valid_to=None).kind == "curator"
    life_events.end(report_id=second.id, reason="opgeheven, vonnis van gisteren", actor=life.handler)
    assert life.applicant.correspondent_on(clock.today()) is None
    answered(life, first)
    assert check(life).state == "checked" and not list(audit.verify())
    with pytest.raises(life_events.ReportRefused, match="al beëindigd"):
        life_events.end(report_id=second.id, reason="nog eens", actor=life.handler)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"source": " "}, "Noem de bron"), ({"happened_on": clock.today() + timedelta(days=1)}, "in de toekomst"),
        ({"instead": None}, "Vul in wie de brieven"), ({"kind": "death"}, "kan een aanvrager"),
        ({"kind": "insolvency_requested"}, "blijven de brieven naar de aanvrager"),
    ],
)
def test_a_report_that_is_not_whole_is_refused_and_changes_nothing(live, values, words):
    life = live("verleend")
    with pytest.raises(life_events.ReportRefused, match=words):
        bankrupt(life, **values)
    assert not PartyReport.objects.exists() and not Correspondent.objects.exists() and not PartyEffect.objects.exists()


def test_the_same_event_is_reported_once_and_an_answer_needs_a_reason_and_the_right_person(live):
    life = live("verleend")
    made = bankrupt(life)
    with pytest.raises(life_events.ReportRefused, match="staat al vast"):
        bankrupt(life)
    with pytest.raises(Refused, match="Schrijf op"):
        answered(life, made, motivation=" ")
    with pytest.raises(NotPermitted):
        life_events.answer(application_id=life.id, report_id=made.id, answer="continue", motivation="x", actor=life.asker)


def test_the_pages_take_it_with_its_evidence_and_keep_what_was_typed(live):
    life = live("verleend")
    client, address = signed_in("intake"), f"/behandelen/{life.id}/gebeurtenis/"
    typed = {"kind": "bankruptcy", "happened_on": "2026-01-05", "source": "CIR F.03/26/12", "to_kind": "curator", "name": "mr. Urator"}
    page = client.post(address, typed).content.decode()
    assert "de brieven gaan naar dit adres" in page and "CIR F.03/26/12" in page and "mr. Urator" in page
    typed |= {"street": "Boedelstraat 1", "postcode": "6211 AA", "city": "Maastricht"}
    scan = posted_pdf("vonnis.pdf")
    page = client.post(address, {**typed, "evidence": scan}, follow=True).content.decode()
    assert "op alle lopende zaken" in page and "vonnis.pdf" in page and page.count("<h1>") == 1
    made = PartyReport.objects.get()
    outbox.run_open()
    assert client.get(f"/behandelen/gebeurtenis/{made.id}/bewijs/")["Content-Type"] == "application/pdf"
    assert signed_in("penningmeester").get(f"/behandelen/gebeurtenis/{made.id}/bewijs/").status_code == 403
    page = signed_in("behandelaar").post(
        f"/behandelen/{life.id}/gebeurtenis/antwoord/", {"report": str(made.id), "answer": "continue", "motivation": "De curator maakt het af."}, follow=True
    ).content.decode()
    assert "De curator maakt het af." in page
    page = client.post(f"/behandelen/{life.id}/gebeurtenis/einde/", {"report": str(made.id), "reason": "vernietigd in hoger beroep"}, follow=True).content.decode()
    assert "Er is niets vastgelegd" in page


def test_the_applicant_does_not_read_the_report(live):
    life = live("verleend")
    bankrupt(life)
    assert "CIR" not in signed_in("penningmeester").get(f"/aanvragen/{life.id}/").content.decode()
    assert signed_in("penningmeester").get(f"/behandelen/{life.id}/veranderingen/").status_code == 403


@pytest.mark.parametrize("username", ["behandelaar", "intake", "toetser", "financien", "archief", "auditor"])
def test_each_link_on_the_page_with_changes_opens_for_who_sees_it(live, username):
    life = live("verleend")
    for make in (life_breaks.report_of, life_breaks.change_of, life_breaks.transfer_of, life_breaks.return_of, life_breaks.breach_of):
        make(life)
    client = signed_in(username)
    links = client.get(f"/behandelen/{life.id}/veranderingen/").context["links"]
    assert bool(links) is (username != "auditor")
    assert {client.get(address).status_code for address, _words in links} <= {200}
