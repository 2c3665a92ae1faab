"""Bookings on a ceiling. The caller holds the lock (`locked`), so that a refusal can be said in words first."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from grants.budget.models import Ceiling, LedgerEntry
from grants.kernel.money import ZERO


def locked(code: str) -> Ceiling:
    """The ceiling, locked until the end of the transaction. Always lock it before the application.

    The lock leaves the key alone: a submit points to the ceiling, and that is checked at commit, when the submit
    already has the lock on recording. A lock on the key would make the two wait for each other.
    """
    return Ceiling.objects.select_for_update(no_key=True).get(code=code)


def hold(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal) -> None:
    """Signing holds the money (not the queue)."""
    _book(LedgerEntry.Kind.HOLD, ceiling_id, chain_id, event_id, held=amount)


def release(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal) -> None:
    """A signed decision that will not be sent gives its money back."""
    _book(LedgerEntry.Kind.RELEASE, ceiling_id, chain_id, event_id, held=-amount)


def commit(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal) -> None:
    """Sending commits what was held."""
    _book(LedgerEntry.Kind.COMMIT, ceiling_id, chain_id, event_id, held=-amount, committed=amount)


def reduce(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal, returns: bool = True) -> None:
    """A lower settlement, withdrawal or adverse change frees committed money.

    It comes back under the same ceiling only where the scheme says so (`returns`). What was granted over the ceiling in
    objection was there for this case alone: it never comes back for others (Awb 4:25(3)).
    """
    lapsed = min(amount, over_the_ceiling(ceiling_id, chain_id)) if returns else amount
    _book(LedgerEntry.Kind.REDUCE, ceiling_id, chain_id, event_id, committed=-amount, lapsed=lapsed)


def restore(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal) -> Decimal:
    """In objection a case first takes back what came free of its own money; returns how much that is, `amount` at most."""
    own = min(amount, _sum(ceiling_id, chain_id, "lapsed_delta"))
    if own > 0:
        _book(LedgerEntry.Kind.RESTORE, ceiling_id, chain_id, event_id, lapsed=-own)
    return max(own, ZERO)


def over_the_ceiling(ceiling_id: str, chain_id: UUID) -> Decimal:
    """What this case got over the ceiling in objection and did not give back."""
    return max(_sum(ceiling_id, chain_id, "excess_delta") - _sum(ceiling_id, chain_id, "lapsed_delta"), ZERO)


def _sum(ceiling_id: str, chain_id: UUID, column: str) -> Decimal:
    found: Decimal | None = LedgerEntry.objects.filter(ceiling=ceiling_id, chain=chain_id).aggregate(sum=Sum(column))["sum"]
    return found if found is not None else ZERO


def allow_excess(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal, basis: str) -> None:
    """In objection the ceiling of the first decision counts (Awb 4:25(3)): the excess names its decision."""
    _book(LedgerEntry.Kind.EXCESS, ceiling_id, chain_id, event_id, excess=amount, basis=basis)


def _book(
    kind: LedgerEntry.Kind,
    ceiling_id: str,
    chain_id: UUID,
    event_id: UUID,
    *,
    held: Decimal = Decimal(0),
    committed: Decimal = Decimal(0),
    excess: Decimal = Decimal(0),
    lapsed: Decimal = Decimal(0),
    basis: str = "",
) -> None:
    LedgerEntry.objects.create(
        ceiling_id=ceiling_id,
        chain_id=chain_id,
        event_id=event_id,
        kind=kind,
        held_delta=held,
        committed_delta=committed,
        excess_delta=excess,
        lapsed_delta=lapsed,
        basis=basis,
    )
