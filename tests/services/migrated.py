"""A database that was migrated once, to copy from: a migration takes half a minute, a copy less than a second.

The migrations run in earnest, once for each state of the code that they depend on. Tests then get copies: on SQLite of a
file in pytest's cache, on PostgreSQL by a template database. `migrate` still runs on each test database, and finds
nothing to do.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.services.postgres import postgres_url

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".pytest_cache" / "migrated"
PREFIX = "verleend_migrated_"
KEPT = 6
"""So many older templates stay on a server: other checkouts may use them."""
APPS = ("grants", "applicants", "letters", "decisions")


@functools.cache
def state() -> str:
    """A digest of all code that decides what a migrated database looks like."""
    found = hashlib.sha256()
    for path in sorted(p for app in APPS for p in (ROOT / app).rglob("*.py") if _decides(p.relative_to(ROOT))):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    found.update((ROOT / "requirements" / "runtime.txt").read_bytes())
    return found.hexdigest()[:16]


def _decides(path: Path) -> bool:
    return "migrations" in path.parts or "models" in path.parts or path.stem in ("models", "triggers", "protected_tables", "apps")


def sqlite_file() -> Path:
    """A migrated SQLite database, made when it is not there."""
    path = FOLDER / f"{state()}.sqlite3"
    with _alone():
        if not path.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            new = path.with_suffix(".new")
            _migrate(f"sqlite:///{new}")
            new.rename(path)
    return path


def postgres_template() -> str:
    """The name of a migrated database on the PostgreSQL server, made when it is not there."""
    server, name = postgres_url(), PREFIX + state()
    with _alone(), psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        known = [row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid", [f"{PREFIX}%"])]
        if name not in known:
            unfinished = f"verleend_unfinished_{os.getpid()}"
            _ask(connection, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", unfinished)
            _migrate(f"{server}/{unfinished}")
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))
            for old in known[:-KEPT]:
                _ask(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
    return name


def copy_into_memory(sender: object, connection: Any, **_: object) -> None:
    """Signal handler of `connection_created`: a new SQLite database in memory starts as a copy."""
    if connection.vendor != "sqlite" or "mode=memory" not in str(connection.settings_dict["NAME"]):
        return
    if connection.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    with sqlite3.connect(sqlite_file()) as source:
        source.backup(connection.connection)
    source.close()


def _ask(connection: psycopg.Connection, words: str, name: str) -> None:
    connection.execute(sql.SQL(words).format(sql.Identifier(name)))


def _migrate(url: str) -> None:
    from tests.services.databases import environment, run_well

    run_well("manage.py", "migrate", "-v", "0", env=environment(url, FOLDER))


@contextmanager
def _alone() -> Iterator[None]:
    """One process makes it, the others wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
