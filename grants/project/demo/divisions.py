"""Fictitious applications before a ceiling that is too small, a draw on record, and the lines of a budget paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from decisions.services import dividing
from grants.budget import mutating
from grants.budget.models import Budget
from grants.budget.mutations import BudgetMutation
from grants.kernel import clock
from grants.kernel.models import User
from grants.project.demo.lives import LIVES, Life, Plan

EARLIER = ("Muziek op de dorpsbrink", "Toneel in het dorpshuis", "Fanfare op straat", "Zomerconcert")
SAME_DAY = ("Verhalen bij de haard", "Dansen in de zaal", "Koor in de kerk")
AMOUNT = Decimal(60_000)


def live_divisions() -> None:
    """Four grants of the culture scheme leave too little for three applications of one day: the lot gave them an order."""
    _budget_lines()
    for title in EARLIER:
        life = _assessed(title, 47)
        life.decide("grant", AMOUNT)
    lives = [_assessed(title, 40) for title in SAME_DAY]
    case, signer = lives[0].case, lives[0].signer
    assert case.complete_on is not None and case.ceiling_id is not None
    draw = dividing.announce(ceiling_code=case.ceiling_id, day=case.complete_on, actor=signer, today=lives[0].day)
    dividing.run(draw_id=draw.id, word="mergel 7", witnesses="N. Notaris (verzonnen)", actor=signer, today=lives[0].day)


def _assessed(title: str, days_ago: int) -> Life:
    life = Life(Plan("DEMO-CUL", "Stichting Repair Café Demo (verzonnen)", title, AMOUNT, days_ago, "assessed"))
    LIVES["assessed"](life)
    return life


def _budget_lines() -> None:
    """The lines of the Najaarsnota 2025 for product 2.2.1; the sum is ours, the paper does not print it."""
    if BudgetMutation.objects.exists():
        return
    other, _ = Budget.objects.get_or_create(product="2.1.1", year=2025, defaults={"name": "Ander product (demo)", "is_demo": True})
    own, _ = Budget.objects.get_or_create(product="2.2.1", year=2025, defaults={"name": "Krachtige gemeenschappen in wijken en dorpen"})
    by = User.objects.get(username="financien")
    lines: tuple[tuple[str, Budget | None, Budget | None, int, str, bool], ...] = (
        ("transfer", other, own, 830_000, "Leefbaarheidsaanpak", False),
        ("adjustment", own, None, 670_000, "Leefbaarheidsaanpak", False),
        ("personnel", None, own, 20_000, "Personeel", True),
    )
    for kind, source, target, amount, subject, structural in lines:
        mutating.enter(
            kind=kind, source=source, target=target, amount=Decimal(amount), subject=subject, document="Najaarsnota 2025 (demo)",
            decided_on=min(date(2025, 11, 7), clock.today()), by=by, is_structural=structural, precision=10_000, is_demo=True,
        )
