"""How each constraint of payment files, name checks and bank statements is tried to be broken."""

from __future__ import annotations

from decimal import Decimal

from decisions.models import AccountNameCheck, BankEntry, BankStatement, Claim, PaymentBatch, PaymentLine, PaymentOrder

AT = "2026-01-05T10:00:00Z"


def batch_of(life, reference="VL1", **values):
    given = {"reference": reference, "execute_on": "2026-01-05", "made_by": life.handler.user, "made_at": AT}
    return PaymentBatch.objects.create(**{**given, **values})


def released_of(life, **values):
    """A released batch that is whole but for `values`."""
    given = {
        "state": "released", "released_by": life.reviewer.user, "released_at": AT, "count": 1, "total": Decimal(1), "payer_iban": "x", "digest": "x",
    }
    return batch_of(life, **{**given, **values})


def line_of(life, batch=None, number=1, **values):
    order = PaymentOrder.objects.filter(application=life.id).first()
    given = {"reference": f"R{PaymentLine.objects.count()}", "live": False}
    return PaymentLine.objects.create(batch=batch or batch_of(life), order=order, number=number, **{**given, **values})


def two_lines(life, **values):
    batch = batch_of(life)
    return [line_of(life, batch, **{"number": n, **values}) for n in (1, 2)]


def statement_of(life, name="A1"):
    return BankStatement.objects.create(account="x", statement_id=name, made_at=AT, digest="x", read_by=life.handler.user, read_at=AT)


def entry_of(life, statement=None, **values):
    given = {"position": 1, "comes_in": True, "amount": Decimal(1), "booked_on": "2026-01-05", "outcome": "unmatched", "sentence": "x"}
    return BankEntry.objects.create(statement=statement or statement_of(life), **{**given, **values})


def twice(make, life):
    statement = statement_of(life)
    return [make(life, statement) for _ in "ab"]


def name_of(life, **values):
    order = PaymentOrder.objects.filter(application=life.id).first()
    given = {"iban": "x", "name": "x", "result": "match", "asked_by": life.handler.user, "asked_at": AT}
    return AccountNameCheck.objects.create(order=order, **{**given, **values})


def claim_of(life, **values):
    decision = life.case.decisions.first()
    given = {"state": "drafted", "amount": Decimal(10), "since": "2026-01-01", "due_on": "2026-01-01", "lapses_on": "2031-01-01", "decision": decision}
    return Claim.objects.create(application=life.case, cause=decision, event=life.case.chain.events.get(position=1), **{**given, **values})


BANKING_BREAKS = {
    "batch_known_state": lambda life: batch_of(life, state="verloren"),
    "batch_released_by_another": lambda life: released_of(life, released_by=life.handler.user),
    "batch_released_has_its_file": lambda life: released_of(life, digest=""),
    "batch_cancelled_has_a_reason": lambda life: batch_of(life, state="cancelled", cancelled_by=life.handler.user),
    "payment_in_one_live_batch": lambda life: two_lines(life, live=True),
    "payment_line_number_once": lambda life: two_lines(life, number=1),
    "payment_line_left_out_is_not_live": lambda life: line_of(life, live=True, problem="gestopt"),
    "statement_read_once": lambda life: [statement_of(life) for _ in "ab"],
    "bank_entry_known_outcome": lambda life: entry_of(life, outcome="verloren"),
    "bank_entry_above_zero": lambda life: entry_of(life, amount=Decimal(0)),
    "bank_entry_position_once": lambda life: twice(entry_of, life),
    "bank_entry_of_a_payment": lambda life: entry_of(life, outcome="paid"),
    "bank_entry_of_a_claim": lambda life: entry_of(life, outcome="claim_part"),
    "bank_entry_explained_in_words": lambda life: entry_of(life, explained_at=AT, explained_by=life.handler.user),
    "name_check_known_result": lambda life: name_of(life, result="misschien"),
    "name_check_confirmed_with_a_reason": lambda life: name_of(life, confirmed_by=life.handler.user, confirmed_at=AT),
    "claim_received_at_most_its_amount": lambda life: claim_of(life, received=Decimal("10.01")),
    "claim_paid_is_received_whole": lambda life: claim_of(life, state="paid", paid_on="2026-01-01", received=Decimal("9.99")),
}
