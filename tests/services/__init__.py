"""The real parts that tests run against: given by the environment, or already listening on loopback."""

from __future__ import annotations

import getpass
import os
import shutil
import socket

import pytest

used: set[str] = set()


def _listens(port: int) -> bool:
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


def missing(part: str) -> None:
    """In CI a missing real part is a failure; elsewhere the test is skipped, with a word."""
    sentence = f"{part} is not here: install it or name it in the environment"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def postgres_url() -> str:
    """A server URL without database name, such as postgres://postgres@127.0.0.1:5432."""
    given = os.environ.get("TEST_POSTGRES_URL", "")
    candidates = [given] if given else [f"postgres://{name}@127.0.0.1:5432" for name in ("postgres", getpass.getuser())]
    if given or _listens(5432):
        import psycopg

        for url in candidates:
            try:
                psycopg.connect(f"{url}/postgres", connect_timeout=3).close()
            except psycopg.Error:
                continue
            used.add("PostgreSQL")
            return url
    missing("PostgreSQL")
    raise AssertionError


def rabbitmq_url() -> str:
    given = os.environ.get("TEST_BROKER_URL", "")
    if given or _listens(5672):
        used.add("RabbitMQ")
        return given or "amqp://guest:guest@127.0.0.1:5672//"
    missing("RabbitMQ")
    raise AssertionError


def chromium_path() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        missing("Chromium")
    used.add("Chromium")
    return str(found)
