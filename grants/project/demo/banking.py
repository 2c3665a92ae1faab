"""Fictitious payments that went to a made-up bank, lived through the same services as real ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from decisions.execution_day import credited_at_the_latest, next_bank_day
from decisions.models import PaymentBatch, PaymentOrder
from decisions.services import batching, paying, statement_reading
from grants.kernel import clock
from grants.kernel.roles import Role
from grants.project.demo.lives import LIVES, Life, Plan, person

ENTRY = (
    '<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>'
    "<AcctSvcrRef>DEMO-{number}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>{more}</TxDtls></NtryDtls></Ntry>"
)
CLOSED = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"


def _case(title: str, amount: int, days_ago: int) -> PaymentOrder:
    """A case that was settled directly, with its payment checked and approved by two people."""
    life = Life(Plan("LB-INW", "Bo Bewoner (verzonnen)", title, Decimal(amount), days_ago, "vastgesteld_direct"))
    LIVES["vastgesteld_direct"](life)
    for act, who in (("check_payment", person("financien", Role.FINANCE_OFFICER)), ("approve_payment", person("budgethouder", Role.FINANCE_APPROVER))):
        paying.step(order_id=PaymentOrder.objects.get(application=life.id).id, act=act, actor=who, day=life.day)
    return PaymentOrder.objects.get(application=life.id)


def _batch(orders: list[PaymentOrder], day: date) -> PaymentBatch:
    officer = person("financien", Role.FINANCE_OFFICER)
    return batching.prepare(order_ids=[order.id for order in orders], execute_on=next_bank_day(day), actor=officer, day=day)


def live_payments() -> None:
    """A file that was paid, with a return and a line that nobody knows; a file that waits for release; and a payment for the next file."""
    today = clock.today()
    day = today - timedelta(days=12)
    sent = [_case(title, amount, 30) for title, amount in (("Kruidentuin", 2_750), ("Zitplek bij de beek", 3_200), ("Leesbank", 4_100))]
    batch = batching.release(batch_id=_batch(sent, day).id, actor=person("budgethouder", Role.FINANCE_APPROVER), day=day)
    statement_reading.read_statements(content=_statement(batch), actor=person("financien", Role.FINANCE_OFFICER), day=today)
    _batch([_case(title, amount, 20) for title, amount in (("Speelhoek", 3_900), ("Schaaktafel", 2_600))], today)
    _case("Muziekmiddag", 4_400, 18)


def _statement(batch: PaymentBatch) -> bytes:
    """What the made-up bank reports: all executed, the last one back, and costs that belong to no payment."""
    lines = list(batch.lines.select_related("order").order_by("number"))
    day = batch.execute_on
    rows = [{"amount": line.order.amount, "direction": "DBIT", "day": day, "reference": line.reference, "more": ""} for line in lines]
    rows.append({**rows[-1], "direction": "CRDT", "day": credited_at_the_latest(day), "more": CLOSED})
    rows.append({"amount": "12.50", "direction": "DBIT", "day": day, "reference": "BANKKOSTEN-DEMO", "more": ""})
    entries = "".join(ENTRY.format(number=number, **row) for number, row in enumerate(rows, 1))
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>DEMO</MsgId></GrpHdr>'
        f"<Stmt><Id>DEMO-{day:%Y%m%d}</Id><CreDtTm>{day}T23:30:00</CreDtTm><Acct><Id><IBAN>{settings.PAYER_IBAN}</IBAN></Id></Acct>{entries}</Stmt>"
        "</BkToCstmrStmt></Document>"
    ).encode()
