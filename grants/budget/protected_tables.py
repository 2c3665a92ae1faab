"""The ledger is append-only, and the database itself adds each row to the totals of its ceiling."""

from __future__ import annotations

from grants.kernel import triggers

_UPDATE = (
    'UPDATE "grants_ceiling" SET held = ROUND(held + NEW.held_delta, 2), committed = ROUND(committed + NEW.committed_delta, 2), '
    "excess = ROUND(excess + NEW.excess_delta, 2), lapsed = ROUND(lapsed + NEW.lapsed_delta, 2) WHERE code = NEW.ceiling_id"
)
"""SQLite adds in floating point: without rounding, 38.254,73 taken back in parts leaves less than nothing."""
_NAME = "verleend_ledger_adds_up"

ADD_TO_CEILING = triggers.Trigger(
    name=_NAME,
    table="grants_ledgerentry",
    sqlite=f'CREATE TRIGGER "{_NAME}" AFTER INSERT ON "grants_ledgerentry" FOR EACH ROW BEGIN {_UPDATE}; END',
    postgres=(
        f'CREATE FUNCTION "{_NAME}"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {_UPDATE}; RETURN NEW; END $body$;'
        f'CREATE TRIGGER "{_NAME}" AFTER INSERT ON "grants_ledgerentry" FOR EACH ROW EXECUTE FUNCTION "{_NAME}"()'
    ),
)


def register() -> None:
    from grants.budget import mutating, proof
    from grants.kernel import audit

    proof.register()
    audit.register(mutating.mutations_balance)
    triggers.register(*triggers.append_only("grants_ledgerentry"), *triggers.append_only("grants_budgetmutation"), ADD_TO_CEILING)
