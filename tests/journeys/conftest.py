from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.server import demonstration
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration keeps its data."""
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The address of the demonstration, started once for all journeys."""
    with demonstration(folder) as found:
        yield found


@pytest.fixture
def visit(address: str, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(person)` sits down at the screen as that demo person."""
    visitors: list[Visitor] = []

    def arrive(person: str = "", *, javascript: bool = True) -> Visitor:
        visitors.append(Visitor(chromium, address, person, javascript=javascript))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.close()
