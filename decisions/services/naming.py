"""Ask whether the name fits the account, store the answer with the payment, and let a person confirm another name."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from stdnum import iban as iban_numbers

from decisions.account import account_of
from decisions.models import AccountNameCheck, PaymentOrder
from decisions.models.naming import NameResult
from decisions.name_check import NameAnswer, NameCheckFailed, adapter
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.actor import Actor

DIFFERS = (NameResult.NO_MATCH, NameResult.CLOSE_MATCH)


def name_of(application: Application) -> str:
    """The name to which a subsidy is paid."""
    return application.applicant.name if application.applicant else ""


def answer_for(order: PaymentOrder, iban: str, name: str) -> AccountNameCheck | None:
    """The newest answer about this very account and name."""
    return order.name_checks.filter(iban=iban_numbers.compact(iban), name=name).order_by("-asked_at", "-id").first()


def ask(*, order_id: UUID, actor: Actor) -> AccountNameCheck | None:
    """Ask the bank, unless it answered before; an answer that failed is asked again. None without a right account.

    The question is not part of any transaction: the answer stays, also when the act that asked for it is refused.
    """
    order = PaymentOrder.objects.select_related("application__applicant", "application__version").get(id=order_id)
    iban, name = iban_numbers.compact(account_of(order.application)), name_of(order.application)
    if not name or not iban_numbers.is_valid(iban):
        return None
    known = answer_for(order, iban, name)
    if known is not None and known.result != NameResult.NOT_POSSIBLE:
        return known
    try:
        answer = adapter().ask(iban, name)
    except NameCheckFailed:
        answer = NameAnswer(NameResult.NOT_POSSIBLE)
    with transaction.atomic():
        return AccountNameCheck.objects.create(
            order=order, iban=iban, name=name, result=answer.result, suggestion=answer.suggestion[:140], asked_by=actor.person, asked_at=clock.now()
        )


def problem(answer: AccountNameCheck | None) -> str:
    """Why the name stops the payment, in Dutch; '' when it does not."""
    if answer is None or answer.result not in DIFFERS or answer.confirmed_at is not None:
        return ""
    known = f" Bij de bank heet de houder: {answer.suggestion}." if answer.suggestion else ""
    return (
        f"De naam van de aanvrager past volgens de bank niet bij deze rekening.{known} Vraag een bewijs van de rekening. Klopt het toch? "
        "Bevestig dat dan met een reden ('Andere naam bij de rekening bevestigen')."
    )


def differs(order: PaymentOrder) -> bool:
    """Is there an answer about the present account that a person must confirm or act on?"""
    return bool(problem(answer_for(order, account_of(order.application), name_of(order.application))))


def confirm(answer: AccountNameCheck, actor: Actor, reason: str) -> None:
    """A person says why another name is right (P10); the caller has the case locked and does the act."""
    answer.confirmed_by, answer.confirmed_at, answer.reason = actor.person, clock.now(), reason[:300]
    answer.save(update_fields=["confirmed_by", "confirmed_at", "reason"])
