"""L30, the reminder to pay back (aanmaning, Awb 4:112)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings

from decisions.models import Claim
from grants.applications.correspondence import send_written
from grants.applications.letter_topics import day_or_none
from grants.applications.models import Application
from grants.kernel.models import Event
from grants.law.formats import euro, long_date
from grants.schemes.freedays import count
from letters.texts.shipped import shipped
from letters.texts.values import Gathering

FEES = ((date(2026, 1, 1), Decimal(454), Decimal(9), Decimal(20)),)
"""From which day: under which amount the lower fee holds, the lower and the higher fee (Awb 4:113, text of 1-1-2026) [CFG]."""


def reminder_fee(amount: Decimal, day: date) -> Decimal:
    """What the reminder costs, in euros. Before the first row nothing is charged: the amounts of then are not known here."""
    rows = [row for row in FEES if row[0] <= day]
    if not rows:
        return Decimal(0)
    _since, bound, lower, higher = rows[-1]
    return lower if amount < bound else higher


def reminder(application: Application, claim: Claim, event: Event, day: date) -> None:
    """Order the reminder: pay what is still open within two weeks, what it costs, and what follows."""
    still_open = claim.amount - claim.received
    fee, to = reminder_fee(still_open, day), Gathering()
    to.when(has_fee=fee, has_due_day=claim.due_on)
    to.fact(
        case_number=application.case_number or str(application.id), claimed=euro(still_open), fee=euro(fee) if fee else None,
        due_on=day_or_none(claim.due_on), pay_by=long_date(count("REMINDER_2W", day).last_day), our_account=settings.PAYMENT_ACCOUNT,
    )
    send_written(application, event, "L30", day, to.values(shipped("L30").vocabulary))
