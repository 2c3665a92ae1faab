"""A PostgreSQL database for one test, and programs that run against it, so that the tests' own database stays out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services import migrated, postgres_url

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def database(name: str, template: str = "template0") -> Iterator[str]:
    """Make an empty database, or a copy of `template`; gives its URL and drops it at the end."""
    server = postgres_url()
    place = sql.Identifier(name)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(place)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(place, sql.Identifier(template)))
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(drop)


@contextmanager
def migrated_database(name: str) -> Iterator[str]:
    """As `database`, with the tables of today in it."""
    with database(name, template=migrated.postgres_template()) as url:
        yield url


def environment(url: str, files: Path, **more: str) -> dict[str, str]:
    """The environment of a program that works on this database and keeps its files in `files`."""
    quiet = {"EMAIL_URL": "dummymail://", "LOG_LEVEL": "WARNING"}
    given = {"DATABASE_URL": url, "VERLEEND_DATA": str(files), "VERLEEND_DEMO": "1"}
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "grants.project.settings", **quiet, **given, **more}


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments from the root of the project, to its end."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300
    )


def run_well(*arguments: str, env: dict[str, str]) -> str:
    """As `run`, for what must succeed; gives what it printed."""
    done = run(*arguments, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
