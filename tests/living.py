"""A case that is lived to a state, for tests."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants.project.demo.lives import Life


def lived(state: str, *, amount: str = "", days_ago: int = 300, scheme: str = "", applicant: str = "") -> Life:
    """A case of scheme 1 or 2 that came to this state; the demo world must be loaded."""
    from grants.project.demo.lives import LIVES, Life, Plan

    direct = state in ("vastgesteld_direct", "closed", "settlement_withdrawn")
    scheme = scheme or ("LB-INW" if direct else "LB-SVC")
    usual = "Bo Bewoner (verzonnen)" if scheme == "LB-INW" else "Vereniging Buurthuis Voorbeeld (verzonnen)"
    amount = amount or ("3000" if scheme == "LB-INW" else "30000")
    life = Life(Plan(scheme, applicant or usual, "Bankjes op het plein", Decimal(amount), days_ago, state))
    LIVES[state](life)
    return life
