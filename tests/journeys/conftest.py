from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.server import demonstration
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration keeps its data."""
    if known := os.environ.get("JOURNEYS_FOLDER"):
        return Path(known)
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The address of the demonstration, started once for all journeys; JOURNEYS_AT and JOURNEYS_FOLDER name one that runs already."""
    if running := os.environ.get("JOURNEYS_AT"):
        yield running
        return
    with demonstration(folder) as found:
        yield found


@pytest.fixture
def visit(address: str, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(person)` sits down at the screen as that demo person."""
    visitors: list[Visitor] = []

    def arrive(person: str = "", *, javascript: bool = True, phone: bool = False) -> Visitor:
        visitors.append(Visitor(chromium, address, person, javascript=javascript, phone=phone))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.close()
