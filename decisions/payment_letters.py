"""L31, the specification of a payment: how much went to which account, and on which decision it rests."""

from __future__ import annotations

from datetime import date

from decisions.models import PaymentOrder
from grants.applications.correspondence import send_written
from grants.applications.models import Application
from grants.kernel.models import Event
from grants.law.formats import euro, long_date, masked_iban
from letters.texts.shipped import shipped
from letters.texts.values import Gathering


def specification(application: Application, order: PaymentOrder, event: Event, day: date) -> None:
    """Order the specification of a payment that is with the bank, or that arrived. Raises LetterNotMade."""
    to = Gathering()
    to.fact(
        case_number=application.case_number or str(application.id), decision_day=long_date(order.decision.sent_on or day),
        paid_amount=euro(order.amount), paid_on=long_date(_paid_on(order, day)), paid_account=masked_iban(order.iban),
    )
    send_written(application, event, "L31", day, to.values(shipped("L31").vocabulary))


def _paid_on(order: PaymentOrder, day: date) -> date:
    """The day on which the money arrived; before that is known, the day on which the bank executes it."""
    line = order.lines.filter(live=True).select_related("batch").first()
    return order.credited_on or (line.batch.execute_on if line is not None else day)
