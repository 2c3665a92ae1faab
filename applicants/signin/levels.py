"""How sure we must be who somebody is, for each kind of message (Awb 2:13, second paragraph). Pure, but for reading the table once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("levels.toml")
AUDIENCES = ("residents", "organisations")


class Level(IntEnum):
    """What the means of signing in is worth. LOW, SUBSTANTIAL and HIGH are those of eIDAS; BASIC is below them."""

    NONE = 0
    BASIC = 1
    LOW = 2
    SUBSTANTIAL = 3
    HIGH = 4


MEANS = {
    "residents": {Level.BASIC: "DigiD Basis", Level.LOW: "DigiD Midden", Level.SUBSTANTIAL: "DigiD Substantieel", Level.HIGH: "DigiD Hoog"},
    "organisations": {
        Level.BASIC: "eHerkenning niveau 2", Level.LOW: "eHerkenning niveau 2+", Level.SUBSTANTIAL: "eHerkenning niveau 3",
        Level.HIGH: "eHerkenning niveau 4",
    },
}
"""How people know each level: the name of the means that gives it."""


class WrongTable(ValueError):
    """The table of levels cannot be used; `str()` says where and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """From `valid_from` up to and including `valid_to` this kind of message needs these levels."""

    kind: str
    what: str
    valid_from: date
    valid_to: date | None
    levels: Mapping[str, Level]


class Table:
    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in sorted(rows, key=lambda found: found.valid_from):
            earlier = self._rows.setdefault(row.kind, [])
            if earlier and (earlier[-1].valid_to is None or row.valid_from != earlier[-1].valid_to + timedelta(days=1)):
                raise WrongTable(f"{row.kind}: de regels sluiten niet aan op {row.valid_from}.")
            earlier.append(row)
        for kind, found in self._rows.items():
            if found[-1].valid_to is not None:
                raise WrongTable(f"{kind}: na {found[-1].valid_to} geldt er niets.")

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._rows)

    def on(self, kind: str, day: date) -> Row:
        """What holds on this day; before the first row, that one. Raises KeyError for a kind that the table lacks."""
        rows = self._rows[kind]
        return next((row for row in reversed(rows) if row.valid_from <= day), rows[0])


def read_table(text: str) -> Table:
    """Raises WrongTable."""
    try:
        return Table(_row(given) for given in tomllib.loads(text)["message"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise WrongTable(f"de tabel is niet te lezen: {error}") from error


def _row(given: dict[str, Any]) -> Row:
    try:
        levels = {audience: Level[given[audience].upper()] for audience in AUDIENCES}
        return Row(given["kind"], given["what"], given["valid_from"], given.get("valid_to"), levels)
    except KeyError as error:
        raise WrongTable(f"{given.get('kind', 'een regel')}: {error} ontbreekt of is geen niveau.") from error
