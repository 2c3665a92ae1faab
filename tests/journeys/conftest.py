from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
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
def a_night_passes(folder: Path) -> Callable[[str], None]:
    """`a_night_passes(number)` makes a case one day older.

    Whoever is complete on the same day ranks the same, so nobody can be granted anything before the day is over;
    the walk does not wait for midnight.
    """

    def sleep(number: str) -> None:
        with closing(sqlite3.connect(folder / "verleend.sqlite3", timeout=30)) as database, database:
            changed = database.execute(
                "UPDATE grants_application SET received_on = date(received_on, '-1 day'),"
                " complete_on = date(complete_on, '-1 day') WHERE case_number = ?",
                [number],
            )
            assert changed.rowcount == 1

    return sleep


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
