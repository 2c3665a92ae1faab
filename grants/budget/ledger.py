"""Bookings on a ceiling. The caller holds the lock (`locked`), so that a refusal can be said in words first."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from grants.budget.models import Ceiling, LedgerEntry


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


def reduce(*, ceiling_id: str, chain_id: UUID, event_id: UUID, amount: Decimal) -> None:
    """A lower settlement, withdrawal or adverse change frees committed money."""
    _book(LedgerEntry.Kind.REDUCE, ceiling_id, chain_id, event_id, committed=-amount)


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
        basis=basis,
    )
