"""How much of a subsidy is with the bank or with the recipient, less what a decision claimed back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from decisions.models import Claim, PaymentOrder
from decisions.models.paying import MONEY_OUT, NOT_SENT
from grants.applications.models import Application
from grants.kernel.money import ZERO

OTHER_MONEY = (PaymentOrder.Kind.PENALTY, PaymentOrder.Kind.COSTS)
"""What we owe for our own mistakes is no subsidy: it is never set off against an advance."""


def paid_out(application: Application) -> Decimal:
    """Euros of the subsidy that are with the bank or credited, less what was claimed back by a decision, whatever came of that."""
    orders = PaymentOrder.objects.filter(application=application, state__in=MONEY_OUT).exclude(kind__in=OTHER_MONEY)
    claims = Claim.objects.filter(application=application, decision__isnull=False)
    return sum((o.amount for o in orders), ZERO) - sum((c.amount for c in claims), ZERO)


def due_already(application: Application, kind: str) -> dict[int, date]:
    """By which day each part that waits must be paid, by its number: a later decision gives us no more time for it (Awb 4:87)."""
    waiting = PaymentOrder.objects.filter(application=application, kind=kind, state__in=NOT_SENT).order_by("-due_on")
    return dict(waiting.values_list("number", "due_on"))


def advance_room(application: Application) -> Decimal:
    """Euros of the grant that were neither paid nor planned: the most that another advance can come to (Awb 4:95)."""
    waiting = PaymentOrder.objects.filter(application=application, state__in=NOT_SENT, kind=PaymentOrder.Kind.ADVANCE)
    return (application.granted_amount or ZERO) - paid_out(application) - sum((order.amount for order in waiting), ZERO)
