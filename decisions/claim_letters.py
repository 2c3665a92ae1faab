"""L30, the reminder to pay back (aanmaning, Awb 4:112)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings

from decisions.models import Claim
from grants.applications.letterhead import letter_for, to_portal
from grants.applications.models import Application
from grants.kernel.models import Event
from grants.law.formats import euro, long_date
from grants.schemes.freedays import count
from letters.content import Heading, Paragraph
from letters.services import order_letter

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
    """Order the reminder: pay within two weeks, what it costs, and what follows."""
    last = count("REMINDER_2W", day).last_day
    fee = reminder_fee(claim.amount, day)
    costs = f" Daar komt {euro(fee)} bij voor deze aanmaning (artikel 4:113 Awb)." if fee else ""
    due = f" U moest dat uiterlijk {long_date(claim.due_on)} betalen." if claim.due_on else ""
    body = (
        Paragraph(f"U moet nog {euro(claim.amount)} aan ons terugbetalen.{due}{costs}", element="amount"),
        Heading("Wat moet u doen?"),
        Paragraph(f"Betaal uiterlijk {long_date(last)}. Dat is twee weken na deze brief (artikel 4:112 Awb).", element="payment_term"),
        Paragraph(f"Maak het over op rekening {settings.PAYMENT_ACCOUNT}, met het kenmerk {application.case_number}.", element="payment"),
        Paragraph(
            "Betaalt u niet? Dan kunnen wij een dwangbevel laten uitvaardigen. Daar horen extra kosten en rente bij. Lukt betalen niet in een keer? "
            "Vraag ons dan om uitstel of een regeling.",
            element="consequence",
        ),
    )
    order_letter(
        chain=application.chain, event_id=event.id, letter=letter_for(application, "L30", f"Aanmaning {application.case_number}", day, body),
        portal_allowed=to_portal(application),
    )
