"""The lists that cases are counted by, as they come with the program: municipalities, areas, goals, needs, themes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality with its CBS code. Both days of the validity are included; no `valid_to` is until now."""

    code: str
    name: str
    corop: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area approach (gebiedsgerichte aanpak), in one municipality."""

    code: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class NeighbourhoodRow:
    """A named place in an area. The CBS code is empty until somebody has checked it."""

    area: str
    name: str
    cbs_code: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal that a subsidy can serve. `policy_id` is the name that the policy frame is known by here."""

    code: str
    policy_id: str
    label: str
    kind: Literal["social", "physical"]
    is_demo: bool


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A code and its label: a liveability need, or a theme of the autumn report."""

    code: str
    label: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";", strict=True)


@cache
def municipalities() -> tuple[MunicipalityRow, ...]:
    """All 31 municipalities of Limburg."""
    return tuple(
        MunicipalityRow(
            row["code"],
            row["name"],
            row["corop"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _rows("municipalities.csv")
    )


@cache
def areas() -> tuple[AreaRow, ...]:
    """The eight area approaches."""
    return tuple(AreaRow(**row) for row in _rows("areas.csv"))


@cache
def neighbourhoods() -> tuple[NeighbourhoodRow, ...]:
    """The named places inside the areas."""
    return tuple(NeighbourhoodRow(**row) for row in _rows("neighbourhoods.csv"))


@cache
def goals() -> tuple[GoalRow, ...]:
    """S1 to S5 are the five social goals of the policy frame, in its order; F1 and F2 are physical, for the demo."""
    return tuple(
        GoalRow(
            row["code"],
            row["policy_id"],
            row["label"],
            "social" if row["kind"] == "social" else "physical",
            row["is_demo"] == "1",
        )
        for row in _rows("goals.csv")
    )


@cache
def needs() -> tuple[NamedCode, ...]:
    """The six liveability needs (leefbaarheidsbehoeften): criteria of the regelingen, not goals."""
    return tuple(NamedCode(**row) for row in _rows("needs.csv"))


@cache
def themes() -> tuple[NamedCode, ...]:
    """The five themes of the autumn report: tags on areas and projects."""
    return tuple(NamedCode(**row) for row in _rows("themes.csv"))
