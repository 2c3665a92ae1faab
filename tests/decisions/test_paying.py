"""What a decision means for the money: payments planned, claims drafted, and different people for each step."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from applicants.models import Applicant
from decisions.account import account_of
from decisions.models import Claim, PaymentOrder
from decisions.services import claiming, paying
from grants.applications.lifecycle.door import NotPermitted, Refused, WrongStatus, refusals_of
from grants.applications.lifecycle.facts import Facts
from grants.kernel import audit, outbox
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.law.formats import long_date
from grants.project.demo.lives import person
from letters.models import Letter

pytestmark = pytest.mark.django_db


def officer():
    return person("financien", Role.FINANCE_OFFICER)


def approver():
    return person("budgethouder", Role.FINANCE_APPROVER)


def pay(life):
    for act, who in (("check_payment", officer()), ("approve_payment", approver()), ("export_payment", officer()), ("execute_payment", officer()),
                     ("credit_payment", officer())):
        order = paying.step(order_id=PaymentOrder.objects.exclude(state="stopped").get(application=life.id).id, act=act, actor=who, day=life.day)
    return order


def test_a_direct_settlement_plans_the_whole_amount_once_and_is_paid_by_two_people(live):
    life = live("vastgesteld_direct")
    order = pay(life)
    assert (order.amount, order.state, order.credited_on) == (Decimal(3000), "credited", life.day)
    assert not life.case.deadlines.filter(rule="PAYMENT_6W", ended_by=None).exists() and not list(audit.verify())


def test_approving_an_advance_is_an_act_of_the_case(live):
    life = live("verleend")
    pay(life)
    assert life.case.chain.events.filter(act="pay_advance").count() == 1 and life.case.status == "verleend"


def test_a_withdrawn_settlement_drafts_a_claim_of_what_was_paid_and_a_decision_fixes_it(live):
    life = live("vastgesteld_direct")
    pay(life)
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    assert Claim.objects.get().amount == Decimal(3000)
    with pytest.raises(Refused, match="3.000,00"):
        life.decide("reclaim", Decimal(2999))


def test_a_claim_runs_from_its_decision_to_payment(live):
    life = live("vastgesteld_direct")
    pay(life)
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    life.decide("reclaim", Decimal(3000))
    claim = Claim.objects.get()
    assert claim.state == "determined"
    assert claiming.step(claim_id=claim.id, act="claim_paid", actor=officer(), day=life.day).state == "paid"
    assert not list(audit.verify())


def one_order(life):
    return PaymentOrder.objects.exclude(state="stopped").get(application=life.id)


def step(life, act, who, **values):
    return paying.step(order_id=one_order(life).id, act=act, actor=who, day=life.day, **values)


def test_a_specification_says_what_was_paid_on_which_decision_and_is_asked_for_by_a_person(live):
    life = live("vastgesteld_direct")
    with pytest.raises(WrongStatus):
        step(life, "send_specification", officer())
    pay(life)
    order = one_order(life)
    client = Client()
    client.force_login(User.objects.get(username="financien"))
    assert "Betaalspecificatie sturen" in client.get(f"/behandelen/betalingen/{order.id}/").content.decode()
    assert client.post(f"/behandelen/betalingen/{order.id}/", {"act": "send_specification"}).status_code == 302
    order.refresh_from_db()
    letter = Letter.objects.get(chain=life.case.chain, kind="L31")
    text = " ".join(letter.text.split()).replace("\xa0", " ")
    assert order.state == "credited" and letter.event.act == "send_specification"
    assert "Wij betalen u € 3.000,00." in text and long_date(order.decision.sent_on) in text and long_date(order.credited_on) in text
    assert order.iban not in text.replace(" ", "") and order.iban[-4:-2] in text
    with pytest.raises(NotPermitted):
        step(life, "send_specification", person("behandelaar", Role.CASE_HANDLER))
    assert not list(audit.verify())


def test_who_checks_a_payment_does_not_approve_it(live):
    life = live("vastgesteld_direct")
    step(life, "check_payment", officer())
    RoleAssignment.objects.create(user=officer().user, role=Role.FINANCE_APPROVER, valid_from="2024-01-01")
    with pytest.raises(Refused, match="vierogenprincipe"):
        step(life, "approve_payment", person("financien", Role.FINANCE_APPROVER))


@pytest.mark.parametrize(("iban", "words"), [("", "geen rekeningnummer"), ("NL91ABNA0417164301", "klopt niet")])
def test_a_missing_or_wrong_account_is_refused_in_words(live, monkeypatch, iban, words):
    life = live("vastgesteld_direct")
    monkeypatch.setattr(paying, "account_of", lambda application: iban)
    with pytest.raises(Refused, match=words):
        step(life, "check_payment", officer())


def test_the_account_of_the_application_goes_before_the_one_known_of_the_applicant(live):
    life = live("vastgesteld_direct")
    given = life.case.applicant.iban
    Applicant.objects.filter(id=life.case.applicant_id).update(iban="NL02ABNA0123456789")
    assert given != "NL02ABNA0123456789" and step(life, "check_payment", officer()).iban == given
    imported = type(life.case)(applicant=Applicant.objects.get(id=life.case.applicant_id), version=None, chain=life.case.chain)
    assert account_of(imported) == "NL02ABNA0123456789"


def test_an_account_that_changes_after_the_check_is_not_paid(live, monkeypatch):
    life = live("vastgesteld_direct")
    step(life, "check_payment", officer())
    monkeypatch.setattr(paying, "account_of", lambda application: "NL02ABNA0123456789")
    with pytest.raises(Refused, match="veranderd na de controle"):
        step(life, "approve_payment", approver())


def test_a_payment_stop_holds_every_step_until_the_last_day_of_thirteen_weeks(live):
    life = live("verleend")
    life.decide("suspend_payment")
    last = life.case.deadlines.get(rule="PAY_SUSPENSION_13W").last_day
    assert last == life.day + timedelta(weeks=13)
    life.day = last
    with pytest.raises(Refused, match="4:56"):
        step(life, "check_payment", officer())
    life.day = last + timedelta(days=1)
    assert step(life, "check_payment", officer()).state == "checked"


def test_nothing_is_done_twice(live):
    life = live("vastgesteld_direct")
    order = pay(life)
    for act, who in (("export_payment", officer()), ("credit_payment", officer()), ("stop_payment", approver())):
        with pytest.raises(WrongStatus):
            paying.step(order_id=order.id, act=act, actor=who, reason="nog eens", day=life.day)


def test_an_unpaid_advance_falls_away_when_the_subsidy_is_settled_and_the_sum_is_paid_once(live):
    life = live("vastgesteld")
    orders = PaymentOrder.objects.filter(application=life.id)
    assert sorted(orders.values_list("kind", "state")) == [("advance", "stopped"), ("settlement", "planned")]
    assert orders.get(kind="settlement").amount == life.plan.amount


def test_a_settlement_pays_what_the_advance_left(live):
    life = live("report_received")
    advance = PaymentOrder.objects.get(application=life.id)
    PaymentOrder.objects.filter(id=advance.id).update(
        state="credited", credited_on=life.day, iban="x", checked_by=officer().user, approved_by=approver().user
    )
    life.decide("settle", life.plan.amount)
    rest = life.plan.amount - advance.amount
    found = PaymentOrder.objects.filter(application=life.id, kind="settlement").values_list("amount", flat=True)
    assert list(found) == ([rest] if rest else [])


def test_a_returned_payment_is_planned_and_checked_anew(live):
    life = live("vastgesteld_direct")
    for act, who in (("check_payment", officer()), ("approve_payment", approver()), ("export_payment", officer())):
        step(life, act, who)
    step(life, "return_payment", officer(), reason="rekening opgeheven")
    order = step(life, "replan_payment", officer(), reason="nieuwe rekening")
    assert (order.state, order.iban, order.checked_by, order.approved_by) == ("planned", "", None, None)


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_recovery_stops_five_years_after_the_settlement(live, days, refused):
    since = live("vastgesteld_direct").day
    last = since.replace(year=since.year + 5)
    facts = Facts(claim_amount=Decimal(10), amount=Decimal(10), claim_since=since, motivation="x")
    assert any("4:57, vierde lid" in str(r) for r in refusals_of("reclaim", facts, last + timedelta(days=days))) is refused


def claimed(live):
    life = live("vastgesteld_direct")
    pay(life)
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    life.decide("reclaim", Decimal(3000))
    return life, Claim.objects.get()


def test_the_letter_says_what_comes_back_by_when_and_how_to_object(live):
    life, claim = claimed(live)
    text = Letter.objects.get(chain=life.case.chain, kind="L29").text
    assert "3.000,00" in text and "in delen" in text and str(life.case.case_number) in text and "bezwaar" in text
    assert claim.due_on >= life.day + timedelta(weeks=6)


def test_a_reminder_comes_only_after_the_last_day_and_never_while_payment_is_put_off(live):
    life, claim = claimed(live)
    with pytest.raises(Refused, match="4:87"):
        claiming.step(claim_id=claim.id, act="claim_falls_due", actor=officer(), day=claim.due_on)
    day = claim.due_on + timedelta(days=1)
    claiming.step(claim_id=claim.id, act="claim_falls_due", actor=officer(), day=day)
    claiming.step(claim_id=claim.id, act="defer_claim", actor=approver(), reason="regeling", day=day)
    with pytest.raises(WrongStatus):
        claiming.step(claim_id=claim.id, act="remind_claim", actor=officer(), day=day)
    claiming.step(claim_id=claim.id, act="end_deferral", actor=approver(), reason="niet nagekomen", day=day)
    Claim.objects.filter(id=claim.id).update(received=Decimal(1000))
    claiming.step(claim_id=claim.id, act="remind_claim", actor=officer(), day=day)
    outbox.run_open()
    text = Letter.objects.get(chain=life.case.chain, kind="L30").text
    assert "dwangbevel" in text and "U moet nog € 2.000,00 aan ons terugbetalen." in text.replace("\xa0", " ")


def test_the_pages_take_each_step_from_the_right_person_and_keep_what_was_typed(live):
    life = live("vastgesteld_direct")
    address = f"/behandelen/betalingen/{one_order(life).id}/"
    client = Client()

    def post(username, act, **values):
        client.force_login(User.objects.get(username=username))
        return client.post(address, {"act": act, **values}, follow=True).content.decode()

    assert "Dit kan nu niet" in post("behandelaar", "check_payment", reason="probeer")
    assert "Schrijf op waarom" in post("financien", "stop_payment", reason=" ")
    assert "Het is vastgelegd" in post("financien", "check_payment")
    assert "Het is vastgelegd" in post("budgethouder", "approve_payment")
    for act in ("export_payment", "execute_payment"):
        assert "Het is vastgelegd" in post("financien", act)
    assert "Vul de dag in" in post("financien", "credit_payment", day="morgen")
    assert "bijgeschreven" in post("financien", "credit_payment")


@pytest.mark.parametrize(("username", "whole"), [("behandelaar", False), ("auditor", False), ("financien", True), ("intake", True)])
def test_an_account_number_is_whole_only_for_who_needs_it(live, username, whole):
    life = live("vastgesteld_direct")
    client = Client()
    client.force_login(User.objects.get(username=username))
    for address in (f"/behandelen/{life.id}/", f"/behandelen/betalingen/{one_order(life).id}/"):
        page = client.get(address).content.decode()
        number = life.case.applicant.iban
        assert (number in page) is whole and number[-2:] in page, address
