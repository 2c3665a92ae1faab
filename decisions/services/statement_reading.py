"""Read what the bank did: payments executed, money that came back, claims paid. A statement is read once.

A statement is one commit: each entry is done or listed with the reason, and a second reading changes nothing.
Lock order: the cases (by id), then their records.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from stdnum import iban as iban_numbers

from decisions import camt
from decisions.camt import Entry, Statement
from decisions.execution_day import credited_at_the_latest
from decisions.models import BankEntry, BankStatement, Claim, PaymentLine, PaymentOrder
from decisions.models.bank import Outcome
from decisions.models.batching import BatchState
from decisions.models.claiming import FIXED
from decisions.models.paying import MONEY_OUT, PaymentState
from decisions.services import claiming, paying
from grants.applications.lifecycle.door import ActError
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event, User
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.law.formats import euro, long_date

CASE_NUMBER = re.compile(r"SUB[-\s]?(\d{4})[-\s]?(\d{6})(?!\d)", re.IGNORECASE)
LOOK_UP = "Zoek uit waar deze regel bij hoort en schrijf dat bij de regel op."


class StatementRefused(ActError):
    """A statement that is not read, or an entry that is not explained; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: the statements that were new, and those that were read before."""

    new: tuple[BankStatement, ...]
    known: tuple[BankStatement, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What an entry meant, in words, and the record it moved."""

    outcome: Outcome
    sentence: str
    order: PaymentOrder | None = None
    claim: Claim | None = None


@dataclass(slots=True)
class _Known:
    """What the entries of a statement may be about, read at once."""

    lines: dict[str, PaymentLine]
    claims: dict[str, list[UUID]]
    actor: Actor
    day: date
    done: set[tuple[str, Decimal, bool]] = field(default_factory=set)


def read_statements(*, content: bytes, actor: Actor, day: date | None = None) -> Reading:
    """Read a file of the bank. Raises StatementRefused; then nothing has changed."""
    day = day or clock.today()
    if actor.person.scheme_codes_for(frozenset({Role.FINANCE_OFFICER})) is not None:
        raise StatementRefused("U mag geen afschrift inlezen. Dit mag: financieel medewerker voor alle regelingen.")
    try:
        statements = camt.read(content, day)
    except camt.WrongStatement as error:
        raise StatementRefused(str(error)) from error
    for statement in statements:
        if statement.account not in _own_accounts():
            raise StatementRefused(
                f"Afschrift {statement.statement_id} is van een andere rekening dan die van de provincie. Kies het goede afschrift. Er is niets verwerkt."
            )
    digest = hashlib.sha256(content).hexdigest()
    new: list[BankStatement] = []
    known: list[BankStatement] = []
    for statement in statements:
        with recording():
            stored, made = BankStatement.objects.get_or_create(
                account=statement.account, statement_id=statement.statement_id,
                defaults={
                    "made_at": statement.made_at, "digest": digest, "read_by": actor.person, "read_at": clock.now(), "skipped": statement.skipped,
                },
            )
            if made:
                _process(stored, statement, actor, day)
        (new if made else known).append(stored)
    return Reading(tuple(new), tuple(known))


def _own_accounts() -> set[str]:
    """The account that pays, and the one on which people pay back."""
    given = (iban_numbers.compact(number) for number in (settings.PAYER_IBAN, settings.PAYMENT_ACCOUNT))
    return {number for number in given if iban_numbers.is_valid(number)}


def _process(stored: BankStatement, statement: Statement, actor: Actor, day: date) -> None:
    known = _gather(statement, actor, day)
    order = sorted(range(len(statement.entries)), key=lambda i: (statement.entries[i].comes_in, i))  # what went out before what came back
    rows = {}
    for index in order:
        entry = statement.entries[index]
        try:
            with recording():
                found = _meaning(entry, known)
        except ActError as error:
            found = _Found(Outcome.MISMATCH, f"{error} {LOOK_UP}")
        rows[index] = BankEntry(
            statement=stored, position=index + 1, comes_in=entry.comes_in, amount=entry.amount, booked_on=entry.booked_on,
            reference=entry.reference, bank_reference=entry.bank_reference, text=entry.text, outcome=found.outcome,
            sentence=found.sentence[:400], order=found.order, claim=found.claim,
        )
    BankEntry.objects.bulk_create(rows[index] for index in sorted(rows))


def _gather(statement: Statement, actor: Actor, day: date) -> _Known:
    """Lock every case that the entries may be about, then read what was done before."""
    references = {entry.reference for entry in statement.entries if entry.reference}
    lines = {line.reference: line for line in PaymentLine.objects.filter(reference__in=references).select_related("batch", "order")}
    numbers = {number for entry in statement.entries if entry.comes_in for number in case_numbers(entry)}
    claims: dict[str, list[UUID]] = {number: [] for number in numbers}
    cases = {line.order.application_id for line in lines.values()}
    open_claims = Claim.objects.filter(application__case_number__in=numbers, state__in=FIXED).order_by("due_on", "id")
    for claim_id, number, case in open_claims.values_list("id", "application__case_number", "application_id"):
        claims[number].append(claim_id)
        cases.add(case)
    for case in sorted(cases):
        locked_case(case)
    bank_references = {entry.bank_reference for entry in statement.entries if entry.bank_reference}
    before = BankEntry.objects.filter(statement__account=statement.account, bank_reference__in=bank_references).exclude(
        outcome__in=(Outcome.MISMATCH, Outcome.UNMATCHED)
    )
    done = set(before.values_list("bank_reference", "amount", "comes_in"))
    return _Known(lines, claims, actor, day, done)


def case_numbers(entry: Entry) -> tuple[str, ...]:
    """The case numbers that the payer wrote, also with spaces for dashes."""
    found = (f"SUB-{year}-{number}" for year, number in CASE_NUMBER.findall(f"{entry.text} {entry.reference}"))
    return tuple(dict.fromkeys(found))


def _meaning(entry: Entry, known: _Known) -> _Found:
    if entry.problem:
        return _Found(Outcome.MISMATCH, entry.problem)
    if entry.bank_reference and (entry.bank_reference, entry.amount, entry.comes_in) in known.done:
        return _Found(Outcome.REPEATED, "De bank meldde deze regel al op een eerder afschrift. Er is niets veranderd.")
    if entry.comes_in and not entry.is_return:
        return _claim(entry, known)
    return _payment(entry, known)


def _payment(entry: Entry, known: _Known) -> _Found:
    """Money that left for a payment of ours, or came back from it."""
    if not entry.reference:
        return _Found(Outcome.UNMATCHED, f"Bij deze regel staat geen kenmerk van ons. {LOOK_UP}")
    line = known.lines.get(entry.reference)
    if line is None:
        return _Found(Outcome.UNMATCHED, f"Het kenmerk {entry.reference} kennen wij niet. {LOOK_UP}")
    order = PaymentOrder.objects.select_related("application").get(id=line.order_id)
    number = order.application.case_number
    if line.batch.state != BatchState.RELEASED:
        return _Found(Outcome.MISMATCH, f"Bestand {line.batch} is niet vrijgegeven, en toch is er geld bewogen. Bel de bank.", order)
    released_on = _released_on(line, order)
    if released_on is not None and entry.booked_on < released_on:
        return _Found(
            Outcome.MISMATCH,
            f"De bank boekte dit op {long_date(entry.booked_on)}, maar bestand {line.batch} is pas op {long_date(released_on)} vrijgegeven. "
            f"De betaling van {number} blijft staan. {LOOK_UP}", order,
        )
    if entry.amount != order.amount:
        what = "teruggekomen" if entry.is_return else "afgeschreven"
        return _Found(
            Outcome.MISMATCH, f"Er is {euro(entry.amount)} {what}, maar de betaling van {number} is {euro(order.amount)}. De betaling blijft staan. {LOOK_UP}", order
        )
    allowed = MONEY_OUT if entry.is_return else (PaymentState.EXPORTED,)
    if order.state not in allowed or not PaymentLine.objects.filter(id=line.id, live=True).exists():
        return _Found(
            Outcome.MISMATCH,
            f"De betaling van {number} is al {order.get_state_display()}. Deze regel komt daar nog bij. Vraag de bank of er dubbel is geboekt. {LOOK_UP}", order,
        )
    if entry.is_return:
        why = entry.returned or "Teruggekomen: de bank draaide de boeking terug."
        paying.step(order_id=order.id, act="return_payment", actor=known.actor, reason=why, day=entry.booked_on)
        return _Found(Outcome.RETURNED, f"De betaling van {number} kwam terug. {why} Plan de betaling opnieuw, of stop haar.", order)
    paying.step(order_id=order.id, act="execute_payment", actor=known.actor, day=entry.booked_on)
    arrived = credited_at_the_latest(entry.booked_on)
    if arrived <= known.day:
        paying.step(order_id=order.id, act="credit_payment", actor=known.actor, credited_on=arrived, day=known.day)
        return _Found(Outcome.PAID, f"De betaling van {number} is uitgevoerd en op {long_date(arrived)} bijgeschreven.", order)
    return _Found(Outcome.PAID, f"De betaling van {number} is uitgevoerd. Op {long_date(arrived)} staat zij op de rekening, als zij niet terugkomt.", order)


def _released_on(line: PaymentLine, order: PaymentOrder) -> date | None:
    """The day on which this line went to the bank; None for a line that was left out of its file."""
    released = Event.objects.filter(chain=order.application.chain_id, act="release_payment", data__reference=line.reference)
    return released.values_list("valid_on", flat=True).first()


def _claim(entry: Entry, known: _Known) -> _Found:
    """Money that somebody paid back."""
    numbers = case_numbers(entry)
    if len(numbers) != 1:
        why = "geen zaaknummer" if not numbers else "meer dan een zaaknummer"
        return _Found(Outcome.UNMATCHED, f"Bij deze bijschrijving staat {why}. {LOOK_UP}")
    (number,) = numbers
    for claim in Claim.objects.filter(id__in=known.claims[number]).order_by("due_on", "id"):
        if claim.state in FIXED:
            break
    else:
        return _Found(Outcome.MISMATCH, f"Op zaak {number} staat geen terugvordering open. Is dit geld voor iets anders, betaal het dan terug. {LOOK_UP}")
    rest = claim.amount - claim.received
    if entry.amount > rest:
        return _Found(
            Outcome.MISMATCH,
            f"Er kwam {euro(entry.amount)} binnen op zaak {number}, maar er staat {euro(rest)} open. Leg op de terugvordering vast dat zij is betaald, en betaal het "
            f"verschil terug. {LOOK_UP}", claim=claim,
        )
    if entry.amount == rest:
        claiming.step(claim_id=claim.id, act="claim_paid", actor=known.actor, paid_on=entry.booked_on, day=known.day)
        return _Found(Outcome.CLAIM_PAID, f"De terugvordering van {number} is betaald.", claim=claim)
    claiming.step(claim_id=claim.id, act="receive_part", actor=known.actor, amount=entry.amount, day=entry.booked_on)
    return _Found(Outcome.CLAIM_PART, f"Een deel van de terugvordering van {number} is betaald. Er staat nog {euro(rest - entry.amount)} open.", claim=claim)


def credit_what_arrived(day: date) -> int:
    """Payments that the bank executed and that did not come back are credited on the bank day after (Awb 4:89(3))."""
    waiting = PaymentOrder.objects.filter(state=PaymentState.EXECUTED, event__valid_on__lt=day, bank_entries__outcome=Outcome.PAID).distinct()
    credited = 0
    for order_id, executed_on in waiting.order_by("id").values_list("id", "event__valid_on"):
        arrived = credited_at_the_latest(executed_on)
        if arrived <= day:
            try:
                paying.step(order_id=order_id, act="credit_payment", actor=Actor.system(), credited_on=arrived, day=day)
            except ActError:  # it came back in the meantime
                continue
            credited += 1
    return credited


def may_explain(entry: BankEntry, user: User) -> bool:
    """An officer of the scheme of the case; of every scheme for an entry of which nobody knows the case."""
    about = entry.order or entry.claim
    if about is None:
        return user.scheme_codes_for(frozenset({Role.FINANCE_OFFICER})) is None
    return user.has_role(Role.FINANCE_OFFICER, scheme_code=about.application.scheme_id)


def explain(*, entry_id: UUID, text: str, actor: Actor) -> BankEntry:
    """A person says what an entry is that did not fit: it leaves the list, and stays on the statement. Raises StatementRefused."""
    if not text.strip():
        raise StatementRefused("Schrijf op waar deze regel bij hoort.")
    with recording():
        entry: BankEntry = BankEntry.objects.select_for_update().get(id=entry_id)
        if not entry.waits:
            raise StatementRefused("Deze regel is al uitgelegd of verwerkt.")
        if not may_explain(entry, actor.person):
            raise StatementRefused("U mag deze regel niet uitleggen. Dit mag: financieel medewerker van de regeling van de zaak, of van alle regelingen als er geen zaak bij staat.")
        entry.explanation, entry.explained_by, entry.explained_at = text.strip()[:300], actor.person, clock.now()
        entry.save(update_fields=["explanation", "explained_by", "explained_at"])
    return entry
