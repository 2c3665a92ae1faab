"""A PostgreSQL server to test against."""

from __future__ import annotations

import functools
import getpass
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.services import process
from tests.services.report import missing, used

PORT = 5432
MAINTENANCE = "postgres"


def postgres_url() -> str:
    """A server's address without a database name, such as postgres://postgres@127.0.0.1:5432."""
    url = _find()
    if url is None:
        missing("PostgreSQL", "install postgresql, or name a server in DATABASE_URL")
    return url


@contextmanager
def database() -> Iterator[str]:
    """A new, empty database of our own, dropped at the end: its DATABASE_URL."""
    server = postgres_url()
    name = f"verleend_test_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/{MAINTENANCE}", autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/{MAINTENANCE}", autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@functools.cache
def _find() -> str | None:
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        parts = urlsplit(given)
        url = f"postgres://{parts.netloc}"
        _note(url, "named in DATABASE_URL")
        return url
    if process.listens(PORT):
        for name in dict.fromkeys((getpass.getuser(), "postgres")):
            url = f"postgres://{name}@127.0.0.1:{PORT}"
            if _may_create(url):
                _note(url, f"already listening on {PORT}")
                return url
    programs = _programs()
    return _start(programs) if programs else None


def _may_create(url: str) -> bool:
    query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(f"{url}/{MAINTENANCE}", connect_timeout=3) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def _note(url: str, how: str) -> None:
    with psycopg.connect(f"{url}/{MAINTENANCE}", connect_timeout=10) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    used.add(f"PostgreSQL {str(row[0]).split()[0] if row else '?'}, {how}")


def _programs() -> Path | None:
    """The folder with `initdb` and `postgres`: the newest of Debian's, else what is on the path."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda p: int(p.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _start(programs: Path) -> str:
    user = process.account("postgres")
    folder = process.folder("verleend-pg-", user)
    port = process.free_port()
    url = f"postgres://postgres@127.0.0.1:{port}"
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(folder / "data"),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    process.run(initdb, user=user, env=env, cwd=folder)
    server = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
    server += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=120", "-c", "fsync=off"]
    process.start(
        server, user=user, env=env, cwd=folder, ready=lambda: _may_create(url), stop_signal=signal.SIGINT
    )
    _note(url, "started by the tests")
    return url
