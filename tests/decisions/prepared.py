"""Cases brought to the desk of the signer: assessed, with a reviewed decision to settle directly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

AMOUNT = Decimal(3000)


BO = "Bo Bewoner (verzonnen)"


def drafted(number: int, day: date, applicant: str = BO):
    """A draft of LB-INW for 3,000 euro that can be submitted on `day`."""
    from grants.kernel import clock
    from grants.project.demo.lives import Life, Plan

    days_ago = (clock.today() - day).days
    life = Life(Plan("LB-INW", applicant, f"Bankjes {number}", AMOUNT, days_ago, "assessed"))
    life.draft()
    return life


def reviewed(number: int, day: date, applicant: str = BO) -> UUID:
    """The id of a reviewed decision on a case that came in on `day`."""
    from decisions.services import assessing, deciding

    life = drafted(number, day, applicant)
    life.submit()
    life.later(3)
    life.mark_complete()
    life.assess()
    act = "settle_directly"
    assessing.note_view_not_required(application_id=life.id, about=act, reason="4:7(1)")
    values = {"amount": AMOUNT, "motivation": "Dit is een verzonnen motivering voor de demonstratie."}
    decision = deciding.prepare(application_id=life.id, act=act, actor=life.handler, values=values, day=life.day)
    deciding.review(decision_id=decision.id, actor=life.reviewer, day=life.day)
    return decision.id


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=i) for i in range(count)]
