"""Rules the database itself holds: triggers for SQLite and PostgreSQL, registered by the app that owns the table.

Each app registers its triggers in `AppConfig.ready`; they are (re)made after every migrate, because SQLite drops the
triggers of a table that it rebuilds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Trigger:
    """SQL that makes one trigger. `postgres` may hold several statements; names start with `verleend_`."""

    name: str
    table: str
    sqlite: str
    postgres: str


_registry: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    """Have these made after each migrate. Raises ValueError for another trigger under a name that is taken: it would silently replace it."""
    for trigger in triggers:
        if _registry.get(trigger.name, trigger) != trigger:
            raise ValueError(f"two triggers are named {trigger.name}")
        _registry[trigger.name] = trigger


def registered() -> tuple[Trigger, ...]:
    return tuple(_registry.values())


def refuse(table: str, operation: str, reason: str, *, when: str = "", about: str = "") -> Trigger:
    """A trigger that refuses UPDATE or DELETE on `table` (for rows where `when` holds; OLD and NEW may be named).

    `about` tells a second one on the same table and operation from the first.
    """
    name = f"verleend_{table}_no_{operation.lower()}{about and '_'}{about}"
    condition = f"WHEN ({when})" if when else ""
    text = reason.replace("'", "''")
    return Trigger(
        name=name,
        table=table,
        sqlite=(
            f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH ROW {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
        ),
        postgres=(
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $body$ '
            f"BEGIN RAISE EXCEPTION '{text}' USING ERRCODE = 'restrict_violation'; END $body$;"
            f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH ROW {condition} '
            f'EXECUTE FUNCTION "{name}"()'
        ),
    )


def append_only(table: str) -> tuple[Trigger, Trigger]:
    """Rows of `table` are written once: no update, no delete."""
    reason = f"{table} is append-only"
    return refuse(table, "UPDATE", reason), refuse(table, "DELETE", reason)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every registered trigger whose table exists, replacing an older form of it."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in _registry.values():
            if trigger.table in tables:
                _drop(connection, cursor, trigger)
                cursor.execute(trigger.sqlite if connection.vendor == "sqlite" else trigger.postgres)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every registered trigger away. Only for emptying a test database."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in _registry.values():
            if trigger.table in tables:
                _drop(connection, cursor, trigger)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of registered triggers that the database does not have."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted(name for name in _registry if name not in present)


def _drop(connection: BaseDatabaseWrapper, cursor: Any, trigger: Trigger) -> None:
    if connection.vendor == "sqlite":
        cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
    else:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}" ON "{trigger.table}"')
        cursor.execute(f'DROP FUNCTION IF EXISTS "{trigger.name}"() CASCADE')


def remove_before_migrate(sender: Any, using: str = "default", plan: Any = (), **kwargs: Any) -> None:
    """Signal handler of pre_migrate. SQLite rebuilds a table under another name, and refuses while a trigger of another
    table names it; they are made again after the migration, and `verify_audit` tells when one is missing.
    """
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'verleend!_%' ESCAPE '!'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def install_after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Signal handler of post_migrate (sent once per app: the last one finds every table)."""
    install(connections[using])
