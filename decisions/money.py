"""What a decision does to the ceiling, as one signed amount."""

from __future__ import annotations

from decimal import Decimal

from grants.applications.models import Application
from grants.kernel.money import ZERO

NEW_MONEY = {
    "grant", "grant_partly", "settle_directly", "grant_in_objection", "settle_directly_in_objection", "revive_grant", "revive_settlement",
}
CHANGED_GRANT = {"amend", "amend_in_objection", "settle", "settle_lower", "settle_nil", "settle_ex_officio", "settle_ex_officio_after_reminder"}
CHANGED_SETTLEMENT = {"amend_settlement", "amend_settlement_in_objection"}
ENDS_GRANT, ENDS_SETTLEMENT = {"withdraw_grant"}, {"withdraw_settlement"}
IN_OBJECTION = {
    "reconsider", "grant_in_objection", "settle_directly_in_objection", "amend_in_objection", "amend_settlement_in_objection", "uphold",
    "revive_grant", "revive_settlement",
}


def standing(application: Application, act: str) -> Decimal:
    """The amount that stands before the decision: granted, or settled when that is what changes."""
    if act in CHANGED_SETTLEMENT | ENDS_SETTLEMENT:
        return application.settled_amount if application.settled_amount is not None else ZERO
    return application.granted_amount or ZERO


def is_adverse_change(application: Application, act: str, amount: Decimal | None, ground: str) -> bool:
    """Is a changed grant or settlement to the detriment of the recipient: less money, or a ground of the law that only such a change needs?"""
    if act not in ("amend", "amend_settlement") or amount is None:
        return False
    return amount < standing(application, act) or ground.startswith("4:")


def effect(application: Application, act: str, amount: Decimal | None) -> Decimal:
    """By how much the decision changes what is committed on the ceiling, in euros; negative frees money."""
    if act in NEW_MONEY:
        return amount or ZERO
    if act in CHANGED_GRANT | CHANGED_SETTLEMENT:
        return (amount or ZERO) - standing(application, act)
    if act in ENDS_GRANT | ENDS_SETTLEMENT:
        return -standing(application, act)
    return ZERO
