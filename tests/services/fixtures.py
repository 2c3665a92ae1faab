"""Fixtures for tests that need a real part, and the lines that say which real parts a run used.

postgres_service  the server's address, without a database name
postgres_database the DATABASE_URL of a new, empty database for this test
rabbitmq_service  a `Broker`: its address, a queue of its own, and `environment` to hand to web and worker
clamav            a virus scanner (`Scanner`) that knows the EICAR test file
oidc_service      a real OpenID provider: sign in as anybody, and have its answers go wrong
chromium          a running headless browser (Playwright's Browser)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.services import chromium as chromium_service
from tests.services import clamd, oidc, postgres, rabbitmq
from tests.services.report import used

_everywhere: set[str] = set()


@pytest.fixture(scope="session")
def postgres_service() -> str:
    return postgres.postgres_url()


@pytest.fixture
def postgres_database() -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
def rabbitmq_service() -> Iterator[rabbitmq.Broker]:
    with rabbitmq.own_queue() as broker:
        yield broker


@pytest.fixture(scope="session")
def clamav() -> clamd.Scanner:
    return clamd.scanner()


@pytest.fixture(scope="session")
def oidc_service() -> Iterator[oidc.OpenIdProvider]:
    with oidc.openid_provider("http://testserver") as provider:
        yield provider


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with chromium_service.browser() as browser:
        yield browser


def pytest_sessionfinish(session: pytest.Session) -> None:
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:  # a worker of pytest-xdist: what it used is told to the process that reports
        output["real_parts"] = sorted(used)


class _Workers:
    """Only pytest-xdist calls this hook; registered when it is there."""

    def pytest_testnodedown(self, node: Any) -> None:
        _everywhere.update(getattr(node, "workeroutput", {}).get("real_parts", ()))


def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(_Workers(), "verleend-real-parts")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2] if settings.configured else "no database"
    parts = "; ".join(sorted(_everywhere | used)) or "no other real part"
    terminalreporter.write_line(f"ran on {engine}, with {parts}")
