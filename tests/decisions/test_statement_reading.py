"""What the bank reports comes back to the payment and the claim it belongs to; what does not fit waits for a person."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from decisions.execution_day import credited_at_the_latest
from decisions.models import BankEntry, BankStatement, Claim, PaymentLine, PaymentOrder
from decisions.services import claiming, daily, paying, statement_reading
from decisions.services.statement_reading import StatementRefused, case_numbers
from grants.kernel import audit
from grants.kernel.models import Event, RoleAssignment
from tests.decisions.bank_files import Move, camt
from tests.decisions.money_lives import approved, approver, line_of, officer, order_of, prepared, released

pytestmark = pytest.mark.django_db


def read(*moves, day, **given):
    return statement_reading.read_statements(content=camt(*moves, **given), actor=officer(), day=day)


def paid(life, **changed):
    """The entry with which the bank pays the order of this case."""
    values = {"amount": order_of(life).amount, "day": line_of(life).batch.execute_on, "reference": line_of(life).reference, "bank_reference": "B1"}
    return Move(**{**values, **changed})


@pytest.fixture
def sent(live):
    life = live("vastgesteld_direct")
    released(life)
    life.later(10)
    return life


@pytest.fixture
def claimed(live):
    """A case with a claim of € 3.000,00 that a decision fixed."""
    life = live("vastgesteld_direct")
    for act, who in (("check_payment", officer()), ("approve_payment", approver()), ("export_payment", officer()), ("execute_payment", officer()),
                     ("credit_payment", officer())):
        paying.step(order_id=order_of(life).id, act=act, actor=who, day=life.day)
    life.decide("withdraw_settlement", None, ground="4:49", ground_text="niet gedaan", proportionality="De ontvanger wist dit.")
    life.decide("reclaim", Decimal(3000))
    life.later(10)
    return life


def back(life, amount="3000.00", **changed):
    values = {"amount": amount, "day": life.day, "comes_in": True, "text": f"Terugbetaling {life.case.case_number}", "bank_reference": "C1"}
    return Move(**{**values, **changed})


def test_a_payment_that_the_bank_executed_is_credited_on_the_bank_day_after(sent):
    move = paid(sent)
    read(move, day=sent.day)
    order = order_of(sent)
    assert (order.state, order.credited_on) == ("credited", credited_at_the_latest(move.day))
    assert [e.valid_on for e in Event.objects.filter(act__in=["execute_payment", "credit_payment"]).order_by("sequence")] == [move.day, order.credited_on]
    assert BankEntry.objects.get().outcome == "paid" and not list(audit.verify())


def test_a_payment_that_is_not_there_yet_is_credited_by_itself_when_nothing_came_back(sent):
    move = paid(sent)
    read(move, day=move.day)
    assert order_of(sent).state == "executed"
    arrives = credited_at_the_latest(move.day)
    daily.run(arrives - timedelta(days=1))
    assert order_of(sent).state == "executed"
    daily.run(arrives)
    daily.run(arrives)
    assert (order_of(sent).state, order_of(sent).credited_on) == ("credited", arrives)
    assert Event.objects.filter(act="credit_payment").count() == 1


def test_a_statement_read_twice_changes_nothing(sent):
    first = read(paid(sent), day=sent.day)
    events = Event.objects.count()
    second = read(paid(sent), day=sent.day)
    assert (first.new, second.new, second.known) == (second.known, (), first.new)
    assert Event.objects.count() == events and BankEntry.objects.count() == BankStatement.objects.count() == 1


def test_the_same_entry_on_another_statement_changes_nothing(sent):
    read(paid(sent), day=sent.day)
    read(paid(sent), day=sent.day, name="AFSCHRIFT-2")
    assert list(BankEntry.objects.order_by("statement__statement_id").values_list("outcome", flat=True)) == ["paid", "repeated"]


def test_a_debit_of_before_the_release_of_its_file_waits_for_a_person(sent):
    released_on = Event.objects.get(act="release_payment").valid_on
    read(paid(sent, day=released_on - timedelta(days=1)), day=sent.day)
    entry = BankEntry.objects.get()
    assert (entry.outcome, entry.order, order_of(sent).state) == ("mismatch", order_of(sent), "exported")
    assert "vrijgegeven. De betaling van" in entry.sentence and "Zoek uit" in entry.sentence and entry.waits
    read(paid(sent, day=released_on, bank_reference="B2"), day=sent.day, name="AFSCHRIFT-2")
    assert BankEntry.objects.get(bank_reference="B2").outcome == "paid" and not list(audit.verify())


def test_money_that_came_back_before_its_file_was_released_waits_for_a_person(sent):
    released_on = Event.objects.get(act="release_payment").valid_on
    read(paid(sent), paid(sent, day=released_on - timedelta(days=1), comes_in=True, returned="AC04", bank_reference="B2"), day=sent.day)
    assert BankEntry.objects.get(bank_reference="B2").outcome == "mismatch" and order_of(sent).state in ("executed", "credited")


def test_a_second_debit_of_one_payment_is_listed(sent):
    read(paid(sent), day=sent.day)
    read(paid(sent, bank_reference="B2"), day=sent.day, name="AFSCHRIFT-2")
    entry = BankEntry.objects.get(bank_reference="B2")
    assert entry.outcome == "mismatch" and "dubbel" in entry.sentence and entry.waits


def test_money_that_came_back_returns_the_payment_with_the_reason(sent):
    read(paid(sent), paid(sent, comes_in=True, returned="AC04", bank_reference="B2"), day=sent.day)
    order = order_of(sent)
    assert (order.state, order.credited_on) == ("returned", None) and "de rekening is opgeheven" in order.reason
    assert not PaymentLine.objects.filter(order=order, live=True).exists() and not list(audit.verify())


def test_money_that_comes_back_after_it_was_credited_returns_the_payment_too(sent):
    line = line_of(sent)
    read(paid(sent), day=sent.day)
    read(paid(sent, reference=line.reference, comes_in=True, returned="MS03", bank_reference="B2"), day=sent.day, name="AFSCHRIFT-2")
    assert order_of(sent).state == "returned"


def test_a_return_that_stands_before_the_debit_is_taken_in_the_right_order(sent):
    read(paid(sent, comes_in=True, returned="AC01", bank_reference="B2"), paid(sent), day=sent.day)
    assert list(BankEntry.objects.order_by("position").values_list("outcome", flat=True)) == ["returned", "paid"]


def test_an_unknown_reference_waits_on_the_list_until_a_person_explains_it(sent):
    read(paid(sent, reference="VL20000101-ABCDEF-9"), day=sent.day)
    entry = BankEntry.objects.get()
    assert entry.outcome == "unmatched" and "VL20000101-ABCDEF-9 kennen wij niet. Zoek uit" in entry.sentence
    assert entry.waits and order_of(sent).state == "exported"
    with pytest.raises(StatementRefused, match="Schrijf op"):
        statement_reading.explain(entry_id=entry.id, text=" ", actor=officer())
    statement_reading.explain(entry_id=entry.id, text="Bankkosten over mei", actor=officer())
    entry.refresh_from_db()
    assert not entry.waits
    with pytest.raises(StatementRefused, match="al uitgelegd"):
        statement_reading.explain(entry_id=entry.id, text="anders", actor=officer())


@pytest.mark.parametrize("cents", [Decimal("0.01"), Decimal("-0.01")])
@pytest.mark.parametrize("returned", ["", "AC04"])
def test_one_cent_more_or_less_is_a_mismatch_and_the_payment_stays(sent, cents, returned):
    read(paid(sent, amount=order_of(sent).amount + cents, returned=returned, comes_in=bool(returned)), day=sent.day)
    entry = BankEntry.objects.get()
    assert entry.outcome == "mismatch" and "3.000,00" in entry.sentence and order_of(sent).state == "exported"


def test_a_debit_for_a_file_that_was_not_released_is_an_alarm(live):
    life = live("vastgesteld_direct")
    prepared(life)
    read(paid(life, day=life.day), day=life.day)
    assert "niet vrijgegeven" in BankEntry.objects.get().sentence and order_of(life).state == "approved"


def test_a_debit_without_our_reference_is_listed(sent):
    read(paid(sent, reference=""), day=sent.day)
    assert "geen kenmerk van ons" in BankEntry.objects.get().sentence


def test_one_entry_that_does_not_fit_holds_up_no_other(sent, live):
    other = live("vastgesteld_direct")
    released(other)
    read(paid(sent, reference="X"), paid(sent, bank_reference="B2"), paid(other, bank_reference="B3", amount="1.00"), day=sent.day)
    assert list(BankEntry.objects.order_by("position").values_list("outcome", flat=True)) == ["unmatched", "paid", "mismatch"]
    assert (order_of(sent).state, order_of(other).state) == ("credited", "exported")


def test_an_entry_that_the_rules_refuse_is_listed_with_their_sentence_and_nothing_of_it_stays(sent, monkeypatch):
    from decisions.services import statement_reading as module

    genuine = paying.step

    def refuse_credit(**values):
        if values["act"] == "credit_payment":
            raise StatementRefused("De zaak is verborgen.")
        return genuine(**values)

    monkeypatch.setattr(module.paying, "step", refuse_credit)
    read(paid(sent), day=sent.day)
    assert "De zaak is verborgen." in BankEntry.objects.get().sentence
    assert order_of(sent).state == "exported" and not Event.objects.filter(act="execute_payment").exists()


def test_a_claim_is_paid_by_the_money_that_names_its_case(claimed):
    read(back(claimed), day=claimed.day)
    claim = Claim.objects.get()
    assert (claim.state, claim.received, claim.paid_on) == ("paid", Decimal(3000), claimed.day)
    assert BankEntry.objects.get().outcome == "claim_paid" and not list(audit.verify())


def test_a_claim_is_paid_in_parts_and_is_paid_when_the_last_cent_is_in(claimed):
    for number, (amount, state) in enumerate([("1000.00", "determined"), ("1999.99", "determined"), ("0.01", "paid")]):
        read(back(claimed, amount, bank_reference=f"C{number}"), day=claimed.day, name=f"A{number}")
        assert Claim.objects.get().state == state
    assert Claim.objects.get().received == Decimal(3000) and not list(audit.verify())
    assert sum(e.amount for e in Event.objects.filter(act__in=["receive_part", "claim_paid"])) == Decimal(3000)


def test_two_parts_on_one_statement_are_both_taken(claimed):
    read(back(claimed, "1000.00", bank_reference="C1"), back(claimed, "2000.00", bank_reference="C2"), day=claimed.day)
    assert Claim.objects.get().state == "paid"


def test_the_same_part_on_another_statement_is_taken_once(claimed):
    for name in "ab":
        read(back(claimed, "1000.00"), day=claimed.day, name=name)
    assert Claim.objects.get().received == Decimal(1000)


def test_more_than_is_open_is_listed_and_not_booked(claimed):
    read(back(claimed, "3000.01"), day=claimed.day)
    entry = BankEntry.objects.get()
    assert entry.outcome == "mismatch" and "betaal het verschil terug" in entry.sentence and Claim.objects.get().received == 0


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("Hartelijk dank", "unmatched", "geen zaaknummer"),
        ("SUB-2026-000001 en SUB-2026-000002", "unmatched", "meer dan een zaaknummer"),
        ("SUB-1999-000001", "mismatch", "geen terugvordering open"),
    ],
)
def test_money_that_names_no_open_claim_is_listed(claimed, text, outcome, words):
    read(back(claimed, text=text), day=claimed.day)
    entry = BankEntry.objects.get()
    assert entry.outcome == outcome and words in entry.sentence


@pytest.mark.parametrize("text", ["SUB-2026-000123", "sub 2026 000123", "SUB2026000123", "Zaak: SUB-2026-000123."])
def test_a_case_number_is_known_as_people_write_it(text):
    from decisions.camt import Entry

    assert case_numbers(Entry(True, Decimal(1), None, text=text)) == ("SUB-2026-000123",)
    assert case_numbers(Entry(True, Decimal(1), None, text="SUB-2026-0001234")) == ()


def test_a_claim_that_is_paid_by_hand_is_received_whole(claimed):
    claiming.step(claim_id=Claim.objects.get().id, act="claim_paid", actor=officer(), day=claimed.day)
    assert Claim.objects.get().received == Decimal(3000)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1), Decimal(3000), Decimal(3001)])
def test_a_part_is_less_than_what_is_open(claimed, amount):
    with pytest.raises(ValueError, match="no part"):
        claiming.step(claim_id=Claim.objects.get().id, act="receive_part", actor=officer(), amount=amount, day=claimed.day)


def test_a_statement_of_another_account_is_refused_and_nothing_is_done(sent):
    with pytest.raises(StatementRefused, match="andere rekening"):
        read(paid(sent), day=sent.day, account="NL91ABNA0417164300")
    assert not BankStatement.objects.exists() and order_of(sent).state == "exported"


@pytest.mark.parametrize(("amount", "words"), [("-3000.00", "zonder minteken"), ("3000.005", "hele centen")])
def test_a_wrong_amount_refuses_the_whole_statement(sent, amount, words):
    with pytest.raises(StatementRefused, match=words):
        read(paid(sent), paid(sent, amount=amount), day=sent.day)
    assert not BankStatement.objects.exists() and order_of(sent).state == "exported"


def test_only_an_officer_for_every_scheme_reads_a_statement(sent):
    RoleAssignment.objects.filter(user=officer().user).update(scheme_code="LB-INW")
    with pytest.raises(StatementRefused, match="voor alle regelingen"):
        read(paid(sent), day=sent.day)


def test_no_name_or_account_of_a_counterparty_is_kept(sent):
    read(paid(sent), paid(sent, comes_in=True, returned="MS03", bank_reference="B2"), day=sent.day)
    kept = repr(list(BankEntry.objects.values())) + repr(list(Event.objects.values_list("data", flat=True)))
    assert "Jansen" not in kept and "NL91" not in kept


def test_an_approved_order_that_never_went_is_not_credited_by_itself(live):
    life = live("vastgesteld_direct")
    approved(life)
    assert statement_reading.credit_what_arrived(life.day) == 0 and PaymentOrder.objects.get(application=life.id).state == "approved"
