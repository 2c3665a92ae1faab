"""A new address or account counts only after a yes over a second way, by a second person, and is held back until then."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from applicants.models import Applicant, PartyChange
from applicants.parties import PartyChangeQuerySet
from applicants.services import Instead
from decisions.account import account_of
from decisions.models import PaymentOrder
from decisions.services import life_events, party_changes, paying
from decisions.services.party_changes import ChangeRefused
from grants.applications.lifecycle.door import Refused
from grants.applications.models import Application
from grants.applications.services import applying
from grants.kernel import audit, clock, outbox
from grants.kernel.models import OutboxMessage, User
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import Letter

pytestmark = pytest.mark.django_db
OLD, NEW = "NL91ABNA0417164300", "NL02ABNA0123456789"


@pytest.fixture
def life(live):
    return live("verleend")


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def ask(life, actor=None, kind="iban", **new):
    return party_changes.ask(applicant_id=life.applicant.id, kind=kind, new=new or {"iban": NEW}, actor=actor or life.asker)


def code():
    """The code in the last mail that holds one."""
    outbox.run_open()
    return next(found[0] for message in reversed(mail.outbox) if (found := re.search(r"\b\d{8}\b", message.body)))


def intake():
    return person("intake", Role.INTAKE_OFFICER)


def step(life, act, who):
    order = PaymentOrder.objects.exclude(state="stopped").get(application=life.id)
    return paying.step(order_id=order.id, act=act, actor=who)


def officer():
    return person("financien", Role.FINANCE_OFFICER)


def test_the_code_goes_to_the_old_address_and_the_account_changes_only_with_it(life):
    change = ask(life)
    sent = code()
    assert mail.outbox[-1].to == [life.applicant.email] and NEW not in mail.outbox[-1].body
    assert account_of(life.case) == OLD and Applicant.objects.get(id=life.applicant.id).iban == OLD
    party_changes.confirm_with_code(change_id=change.id, code=f" {sent[:4]} {sent[4:]} ", actor=life.asker)
    assert account_of(life.case) == NEW and life.case.chain.events.filter(act="change_details").count() == 1
    assert PartyChange.objects.get().old == {"iban": OLD} and not list(audit.verify())


def test_the_code_stands_nowhere_but_in_the_mail(life):
    change = ask(life)
    sent = code()
    change.refresh_from_db()
    assert sent not in change.code_digest and not OutboxMessage.objects.filter(payload__icontains=sent).exists()


def test_a_new_email_address_does_not_get_the_code_and_both_are_warned_afterwards(life):
    old = life.applicant.email
    change = ask(life, kind="email", email="dief@example.org")
    sent = code()
    assert [m.to for m in mail.outbox if re.search(r"\b\d{8}\b", m.body)] == [[old]]
    assert ["dief@example.org"] in [m.to for m in mail.outbox]
    mail.outbox.clear()
    party_changes.confirm_with_code(change_id=change.id, code=sent, actor=life.asker)
    outbox.run_open()
    assert sorted(m.to[0] for m in mail.outbox) == sorted([old, "dief@example.org"]) and all("Bel ons" in m.body for m in mail.outbox)


def test_five_wrong_codes_close_that_way_even_for_the_right_one(life):
    change = ask(life)
    sent = code()
    wrong = "00000000" if sent != "00000000" else "00000001"
    for _ in range(5):
        with pytest.raises(ChangeRefused):
            party_changes.confirm_with_code(change_id=change.id, code=wrong, actor=life.asker)
    with pytest.raises(ChangeRefused, match="te vaak"):
        party_changes.confirm_with_code(change_id=change.id, code=sent, actor=life.asker)
    assert account_of(life.case) == OLD


def test_who_enters_a_change_does_not_confirm_it_nor_prints_its_code(life):
    change = ask(life, intake())
    with pytest.raises(ChangeRefused, match="collega"):
        party_changes.confirm_by_call(change_id=change.id, note="gebeld met de voorzitter", actor=intake())
    with pytest.raises(ChangeRefused, match="collega"):
        party_changes.print_code(change_id=change.id, actor=intake())
    with pytest.raises(ChangeRefused, match="wie u sprak"):
        party_changes.confirm_by_call(change_id=change.id, note=" ", actor=life.handler)
    party_changes.confirm_by_call(change_id=change.id, note="gebeld met de voorzitter op het oude nummer", actor=life.handler)
    assert account_of(life.case) == NEW


def test_nothing_is_paid_while_a_new_account_waits_and_a_checked_payment_is_checked_again(life):
    step(life, "check_payment", officer())
    step(life, "approve_payment", person("budgethouder", Role.FINANCE_APPROVER))
    change = ask(life)
    with pytest.raises(Refused, match="ander rekeningnummer"):
        step(life, "export_payment", officer())
    party_changes.confirm_by_call(change_id=change.id, note="gebeld", actor=life.handler)
    order = PaymentOrder.objects.exclude(state="stopped").get(application=life.id)
    assert (order.state, order.iban, order.checked_by, order.approved_by) == ("planned", "", None, None)
    assert step(life, "check_payment", officer()).iban == NEW and not list(audit.verify())


def test_a_refused_change_frees_the_payment_to_the_old_account(life):
    change = ask(life)
    party_changes.refuse(change_id=change.id, note="de aanvrager weet van niets", actor=life.handler)
    assert step(life, "check_payment", officer()).iban == OLD


def test_every_case_is_locked_before_the_change_and_none_that_came_in_meanwhile_after_it(life, live, monkeypatch):
    """Who locked the change and then a case could wait in a circle with who locked that case and then the change."""
    change = ask(life)
    order, lock, waiting = [], party_changes.locked_case, PartyChangeQuerySet.waiting
    later = []

    def locked(case_id):
        order.append(case_id)
        found = lock(case_id)
        if not later:
            later.append(live("received").id)  # the other transaction, while this one waited for its first lock
        return found

    monkeypatch.setattr(party_changes, "locked_case", locked)
    monkeypatch.setattr(PartyChangeQuerySet, "waiting", lambda self, day: order.append("change") or waiting(self, day))
    party_changes.confirm_by_call(change_id=change.id, note="gebeld", actor=life.handler)
    assert order == [life.id, "change"] and account_of(life.case) == NEW
    assert account_of(Application.objects.get(id=later[0])) == NEW and not list(audit.verify())


def test_a_case_that_ended_while_its_lock_was_waited_for_is_left_as_it_is(life, live, monkeypatch):
    ended, change, lock = live("received"), ask(life), party_changes.locked_case

    def locked(case_id):
        if case_id == ended.id and ended.case.status != "withdrawn":
            applying.withdraw(application_id=ended.id, actor=ended.asker, day=ended.day)  # the other transaction had the lock
        return lock(case_id)

    monkeypatch.setattr(party_changes, "locked_case", locked)
    party_changes.confirm_by_call(change_id=change.id, note="gebeld", actor=life.handler)
    assert not ended.case.chain.events.filter(act="change_details").exists() and life.case.chain.events.filter(act="change_details").exists()


@pytest.mark.parametrize(("days", "waits"), [(28, True), (29, False)])
def test_a_change_lapses_after_four_weeks(life, days, waits):
    change = ask(life)
    sent = code()
    PartyChange.objects.filter(id=change.id).update(asked_on=clock.today() - timedelta(days=days))
    if waits:
        assert party_changes.confirm_with_code(change_id=change.id, code=sent, actor=life.asker).state == "confirmed"
        return
    with pytest.raises(ChangeRefused, match="verlopen"):
        party_changes.confirm_with_code(change_id=change.id, code=sent, actor=life.asker)
    assert step(life, "check_payment", officer()).iban == OLD
    assert ask(life).state == "pending"


@pytest.mark.parametrize(
    ("kind", "new", "words"),
    [("iban", {"iban": "NL91ABNA0417164301"}, "klopt niet"), ("iban", {"iban": OLD}, "die wij al hebben"), ("address", {"street": "x 1"}, "alle gegevens")],
)
def test_a_change_that_cannot_be_is_refused_in_words(life, kind, new, words):
    with pytest.raises(ChangeRefused, match=words):
        ask(life, kind=kind, **new)
    assert not PartyChange.objects.exists()


def test_a_second_change_of_the_same_waits_for_the_first(life):
    ask(life)
    with pytest.raises(ChangeRefused, match="al een wijziging"):
        ask(life, iban="NL20INGB0001234567")


def test_a_new_address_stands_on_the_next_letter_and_on_no_earlier_one(life):
    earlier = {letter.id: letter.content for letter in Letter.objects.filter(chain=life.case.chain)}
    change = ask(life, intake(), "address", street="Nieuwstraat 7", postcode="6411 BB", city="Heerlen")
    party_changes.confirm_by_call(change_id=change.id, note="gebeld", actor=life.handler)
    life.account()
    newest = Letter.objects.filter(chain=life.case.chain).latest("created_at")
    assert "Nieuwstraat 7" in newest.as_content().addressee
    assert {letter.id: letter.content for letter in Letter.objects.filter(id__in=earlier)} == earlier


def test_the_applicant_changes_the_account_on_the_pages(life):
    client, address = signed_in("penningmeester"), f"/aanvragen/{life.id}/wijzigen/"
    page = client.post(address, {"kind": "iban", "iban": "NL00"}).content.decode()
    assert "klopt niet" in page and "NL00" in page and page.count("<h1>") == 1
    assert "geldt pas als u haar bevestigt" in client.post(address, {"kind": "iban", "iban": NEW}, follow=True).content.decode()
    change = PartyChange.objects.get()
    assert "Deze code klopt niet" in client.post(address, {"change": str(change.id), "code": "12"}).content.decode()
    assert "geldt vanaf nu" in client.post(address, {"change": str(change.id), "code": code()}, follow=True).content.decode()
    assert signed_in("bewoner").get(address).status_code == 404


def test_officials_enter_print_and_call_back_on_the_pages(life):
    desk, base = signed_in("intake"), f"/behandelen/{life.id}/wijziging/"
    assert "geldt pas na bevestiging" in desk.post(base, {"kind": "iban", "iban": NEW}, follow=True).content.decode()
    change = PartyChange.objects.get()
    assert "Laat een collega" in desk.post(f"{base}codebrief/", {"change": str(change.id)}).content.decode()
    assert "Laat een collega" in desk.post(f"{base}terugbellen/", {"change": str(change.id), "verdict": "ja", "note": "gebeld"}).content.decode()
    other = signed_in("financien").post(f"{base}terugbellen/", {"change": str(change.id), "verdict": "ja", "note": "gebeld met Pip"}, follow=True).content.decode()
    assert "gebeld met Pip" in other and "door terug te bellen" in other and NEW not in other


@pytest.fixture
def resident(live):
    return live("received", scheme="LB-INW")


def died(life):
    return life_events.report(
        applicant_id=life.applicant.id, kind="death", happened_on=clock.today() - timedelta(days=3), source="BRP", actor=life.handler,
        instead=Instead("heirs", "De erven van B. Bewoner (verzonnen)", "x 1", "6461 AA", "Kerkrade"),
    )


def test_after_a_death_the_login_of_who_died_asks_for_no_other_account(resident):
    died(resident)
    page = signed_in("bewoner").post(f"/aanvragen/{resident.id}/wijzigen/", {"kind": "iban", "iban": NEW}).content.decode()
    assert "Wij kregen bericht dat de aanvrager is overleden" in page and NEW in page and not PartyChange.objects.exists()
    assert ask(resident, kind="address", street="Nieuw 1", postcode="6461 AB", city="Kerkrade").state == "pending", "only the money is held"


def test_an_account_that_was_asked_before_the_death_is_not_confirmed_with_that_login_and_an_official_may(resident):
    change = ask(resident)
    sent = code()
    report = died(resident)
    with pytest.raises(ChangeRefused, match="Bent u erfgenaam of executeur. Bel ons"):
        party_changes.confirm_with_code(change_id=change.id, code=sent, actor=resident.asker)
    assert account_of(resident.case) != NEW and PartyChange.objects.get().tries == 0
    life_events.end(report_id=report.id, reason="het was een ander", actor=resident.handler)
    assert party_changes.confirm_with_code(change_id=change.id, code=sent, actor=resident.asker).state == "confirmed"


def test_an_official_changes_the_account_for_the_heirs(resident):
    died(resident)
    change = ask(resident, intake())
    party_changes.confirm_by_call(change_id=change.id, note="gebeld met de executeur", actor=resident.handler)
    assert account_of(resident.case) == NEW


def test_a_printed_code_works_and_is_shown_to_no_store(life):
    change = ask(life)
    answer = signed_in("intake").post(f"/behandelen/{life.id}/wijziging/codebrief/", {"change": str(change.id)})
    sent = re.search(r"<strong>(\d{8})</strong>", answer.content.decode())[1]
    assert answer["Cache-Control"] == "no-store" and "Demoplein 2" in answer.content.decode()
    assert party_changes.confirm_with_code(change_id=change.id, code=sent, actor=life.asker).state == "confirmed"
