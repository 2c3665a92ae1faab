"""The real parts answer, are ours alone, and are started when none listens."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import pytest
from kombu import Connection
from playwright.sync_api import Browser

from tests.services import postgres, process, rabbitmq
from tests.services.rabbitmq import Broker

pytestmark = pytest.mark.serial


def test_a_test_gets_an_empty_database_of_its_own(postgres_database: str) -> None:
    with psycopg.connect(postgres_database) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_the_database_is_gone_afterwards(postgres_service: str) -> None:
    with postgres.database() as url:
        pass
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=3)


def test_a_message_comes_back_from_the_broker(rabbitmq_service: Broker) -> None:
    with Connection(rabbitmq_service.url) as connection:
        queue = connection.SimpleQueue(rabbitmq_service.queue)
        queue.put({"case": 1})
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
    assert message.payload == {"case": 1}


def test_the_browser_shows_a_page(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<title>Verleend</title>")
    assert page.title() == "Verleend"
    page.close()


@pytest.mark.parametrize("part", ["postgres", "rabbitmq"])
def test_a_server_that_does_not_listen_is_started_and_stopped(part: str) -> None:
    """In a process of its own, whose end must take the server along; ports 5432 and 5672 are made to look closed."""
    if not (postgres._programs() if part == "postgres" else rabbitmq._program()):
        pytest.skip(f"{part} is not installed here, only reached over the network")
    script = (
        f"from tests.services import process, {part}\n"
        "process.listens = lambda port: False\n"
        f"print({part}._find())\n"
    )
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CELERY_BROKER_URL")}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=env, timeout=180
    )
    assert done.returncode == 0, done.stderr
    url = done.stdout.strip()
    assert "@127.0.0.1:" in url
    assert not process.listens(int(url.rstrip("/").rpartition(":")[2]))
