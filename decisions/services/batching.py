"""Approved orders to the bank in one file: prepared by one person, released by another, and each order once.

Lock order: the cases (by id), the batch, the orders. An order is in at most one live line: the database holds that,
whatever runs at the same time. Everything of one step is one commit: a file is there with its events, or neither is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from stdnum import iban as iban_numbers

from decisions.account import account_of
from decisions.execution_day import problem_with
from decisions.models import BatchDownload, PaymentBatch, PaymentLine, PaymentOrder
from decisions.models.batching import FINANCE, BatchState, digest_of, new_reference
from decisions.models.paying import PaymentState
from decisions.money_guards import MoneyFacts
from decisions.payment_file import Line, Payer, WrongFile, in_cents, payment_file
from decisions.services.naming import name_of
from decisions.services.paying import iban_problem, payment_stop
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import ActError, Mark
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.money import ZERO
from grants.kernel.recording import recording
from grants.kernel.roles import Role

MOST = 500
"""So many payments go into one file: more would make one step too long."""


class BatchRefused(ActError):
    """A step of a batch that did not happen; `str()` says why and what to do."""


def ready(user: User) -> QuerySet[PaymentOrder]:
    """Approved orders that this person may see and that are in no file yet, the first due first."""
    waiting = PaymentOrder.objects.visible_to(user).filter(state=PaymentState.APPROVED)
    found: QuerySet[PaymentOrder] = waiting.exclude(id__in=PaymentLine.objects.filter(live=True).values("order")).order_by("due_on", "id")
    return found


def prepare(*, order_ids: Collection[UUID], execute_on: date, actor: Actor, day: date | None = None) -> PaymentBatch:
    """Put these orders together, to be executed on a bank day that is in time for each. Raises BatchRefused."""
    day = day or clock.today()
    if not order_ids:
        raise BatchRefused("Kies ten minste een betaling.")
    if len(order_ids) > MOST:
        raise BatchRefused(f"In een bestand gaan ten hoogste {MOST} betalingen. Kies er minder, en maak daarna nog een bestand.")
    _payer()
    with transaction.atomic():
        for case in PaymentOrder.objects.filter(id__in=order_ids).order_by("application_id").values_list("application_id", flat=True).distinct():
            locked_case(case)
        locked = PaymentOrder.objects.select_for_update(of=("self",)).filter(id__in=order_ids).order_by("id")
        orders = sorted(locked.select_related("application"), key=lambda order: (order.due_on, order.id))
        if len(orders) != len(set(order_ids)):
            raise BatchRefused("Een van de gekozen betalingen bestaat niet meer. Kies opnieuw.")
        taken = dict(PaymentLine.objects.filter(order__in=orders, live=True).values_list("order_id", "batch__reference"))
        for order in orders:
            _may_go_along(order, taken, execute_on, actor, day)
        batch = PaymentBatch.objects.create(
            reference=new_reference(day), execute_on=execute_on, made_by=actor.person, made_at=clock.now(),
            count=len(orders), total=sum((order.amount for order in orders), ZERO),
        )
        PaymentLine.objects.bulk_create(
            PaymentLine(batch=batch, order=order, number=number, reference=f"{batch.reference}-{number}") for number, order in enumerate(orders, 1)
        )
    return batch


def _may_go_along(order: PaymentOrder, taken: dict[UUID, str], execute_on: date, actor: Actor, day: date) -> None:
    number = order.application.case_number
    if not actor.person.has_role(Role.FINANCE_OFFICER, scheme_code=order.application.scheme_id):
        raise BatchRefused(f"U mag de betaling van {number} niet naar de bank sturen. Dit mag: financieel medewerker van die regeling.")
    if order.id in taken:
        raise BatchRefused(f"De betaling van {number} staat al in bestand {taken[order.id]}. Elke betaling gaat een keer naar de bank.")
    if order.state != PaymentState.APPROVED:
        raise BatchRefused(f"De betaling van {number} is nu {order.get_state_display()}. Alleen een goedgekeurde betaling gaat naar de bank.")
    try:
        in_cents(order.amount)
    except WrongFile as error:
        raise BatchRefused(f"Betaling van {number}: {error}") from error
    if wrong := problem_with(execute_on, order.due_on, day):
        raise BatchRefused(f"Betaling van {number}: {wrong}")


def release(*, batch_id: UUID, actor: Actor, day: date | None = None) -> PaymentBatch:
    """Another person lets the batch go: the file is made and kept, and every order is with the bank (P11), in one commit.

    An order that may not be paid any more is left out, with the reason on its line. Raises BatchRefused.
    """
    day = day or clock.today()
    payer = _payer()
    with recording():
        ids = PaymentLine.objects.filter(batch=batch_id, live=True).values_list("order__application_id", flat=True)
        cases = {pk: locked_case(pk) for pk in sorted(set(ids))}
        batch = PaymentBatch.objects.select_for_update().get(id=batch_id)
        _may_be_released(batch, cases.values(), actor, day)
        lines = list(PaymentLine.objects.filter(batch=batch, live=True).order_by("number"))
        orders = PaymentOrder.objects.select_for_update().order_by("id").in_bulk([line.order_id for line in lines])
        transfers = []
        for line in lines:
            order, application = orders[line.order_id], cases[orders[line.order_id].application_id]
            order.application = application
            if left_out := _obstacle(order, application, day):
                line.live, line.problem = False, left_out[:300]
                line.save(update_fields=["live", "problem"])
                continue
            perform_beside(
                order, "release_payment", MoneyFacts(), actor, day,
                Mark(amount=order.amount, data={"batch": batch.reference, "reference": line.reference}),
            )
            text = f"Subsidie {application.case_number}, {order.get_kind_display()}"
            transfers.append(Line(line.reference, name_of(application), order.iban, order.amount, text))
        if not transfers:
            raise BatchRefused("Geen van deze betalingen mag nu naar de bank. Trek het bestand in.")
        _make(batch, payer, transfers, actor)
    return batch


def _may_be_released(batch: PaymentBatch, cases: Iterable[Application], actor: Actor, day: date) -> None:
    if not all(actor.person.has_role(Role.FINANCE_APPROVER, scheme_code=case.scheme_id) for case in cases):
        raise BatchRefused("U mag dit bestand niet vrijgeven. Dit mag: budgethouder van elke regeling in het bestand.")
    if batch.state != BatchState.PREPARED:
        raise BatchRefused(f"Bestand {batch.reference} is al {batch.get_state_display()}. Het gaat niet nog een keer naar de bank.")
    if batch.made_by_id == actor.person.pk:
        raise BatchRefused("Wie het bestand klaarzet, geeft het niet vrij. Laat een collega dat doen (vierogenprincipe).")
    if batch.execute_on < day:
        raise BatchRefused("De dag van uitvoering is voorbij. Trek dit bestand in en maak een nieuw, met een latere dag.")


def _obstacle(order: PaymentOrder, application: Application, day: date) -> str:
    """Why this order may not go to the bank now, in Dutch; '' when it may."""
    if order.state != PaymentState.APPROVED:
        return f"De betaling is nu {order.get_state_display()}."
    if stop := payment_stop(application, day, order.kind):
        return stop
    if wrong := iban_problem(application):
        return wrong
    if iban_numbers.compact(account_of(application)) != iban_numbers.compact(order.iban):
        return "Het rekeningnummer is veranderd na de goedkeuring. Stop deze betaling of laat haar opnieuw controleren."
    return ""


def _make(batch: PaymentBatch, payer: Payer, transfers: list[Line], actor: Actor) -> None:
    batch.released_by, batch.released_at = actor.person, clock.now()
    try:
        content = payment_file(
            schema=settings.PAYMENT_SCHEMA, reference=batch.reference, payer=payer, execute_on=batch.execute_on,
            made_at=batch.released_at.astimezone(clock.AMSTERDAM), lines=transfers,
        )
    except WrongFile as error:
        raise BatchRefused(str(error)) from error
    batch.file, batch.digest, batch.schema = content, digest_of(content), settings.PAYMENT_SCHEMA
    batch.count, batch.total = len(transfers), sum((line.amount for line in transfers), ZERO)
    batch.payer_iban, batch.state = payer.iban, BatchState.RELEASED
    batch.save()


def cancel(*, batch_id: UUID, actor: Actor, reason: str) -> PaymentBatch:
    """Take back a batch that was not released; its orders may go into another. Raises BatchRefused."""
    if not reason.strip():
        raise BatchRefused("Schrijf op waarom u het bestand intrekt.")
    with transaction.atomic():
        batch = PaymentBatch.objects.select_for_update().get(id=batch_id)
        _may_handle(batch, actor, "intrekken")
        if batch.state != BatchState.PREPARED:
            raise BatchRefused(f"Bestand {batch.reference} is al {batch.get_state_display()} en kan niet meer worden ingetrokken.")
        batch.state, batch.cancelled_by, batch.reason = BatchState.CANCELLED, actor.person, reason[:300]
        batch.save()
        batch.lines.filter(live=True).update(live=False)
    return batch


def download(*, batch_id: UUID, actor: Actor) -> PaymentBatch:
    """The released batch with its file; who took it is kept. The same bytes each time. Raises BatchRefused."""
    with transaction.atomic():
        batch = PaymentBatch.objects.get(id=batch_id)
        _may_handle(batch, actor, "ophalen")
        if batch.state != BatchState.RELEASED:
            raise BatchRefused("Er is nog geen bestand: laat een collega het eerst vrijgeven.")
        if not batch.is_as_released:
            raise BatchRefused("Het bestand is veranderd sinds het is vrijgegeven. Stuur het niet naar de bank, en meld dit bij de beheerder.")
        BatchDownload.objects.create(batch=batch, by=actor.person, at=clock.now())
    return batch


def _may_handle(batch: PaymentBatch, actor: Actor, what: str) -> None:
    """The file holds money and accounts of every scheme in it, so the role is asked for each. Raises BatchRefused."""
    if not all(actor.person.has_role(*FINANCE, scheme_code=code) for code in batch.scheme_codes()):
        raise BatchRefused(f"U mag dit bestand niet {what}. Dit mag: financieel medewerker of budgethouder van elke regeling in het bestand.")


def _payer() -> Payer:
    """From which account is paid. Raises BatchRefused when that is not set."""
    if not settings.PAYER_IBAN:
        raise BatchRefused("Het rekeningnummer van de provincie is niet ingesteld. Laat de beheerder PAYER_IBAN zetten. Er is niets verstuurd.")
    if not iban_numbers.is_valid(settings.PAYER_IBAN):
        raise BatchRefused("Het rekeningnummer van de provincie klopt niet. Laat de beheerder PAYER_IBAN goed zetten. Er is niets verstuurd.")
    return Payer(settings.PAYER_NAME, iban_numbers.compact(settings.PAYER_IBAN))
