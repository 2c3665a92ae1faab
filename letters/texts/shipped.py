"""The texts that come with this release, and which topics each kind of letter has. Read once in each process."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from letters.kinds import KINDS
from letters.texts.notation import NotationError, parse
from letters.texts.template import Part, Template
from letters.texts.vocabulary import Vocabulary, of_topics, rules_of

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shipped:
    """The text of one kind as it comes with the release, its version, and what every text of this kind may use."""

    template: Template
    version: str
    topics: tuple[str, ...]
    vocabulary: Vocabulary
    sample_day: date


@cache
def shipped(kind: str) -> Shipped:
    """Raises `KeyError` for a kind that does not exist."""
    if kind not in KINDS:
        raise KeyError(kind)
    path = _FOLDER / "kinds" / f"{kind}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = parse(data["text"], _shared())
        names = tuple(data["topics"])
        day: date = data["sample_day"]
        vocabulary = of_topics(names, rules_of(data.get("rules", ()))).dated(day)
    except (NotationError, KeyError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    return Shipped(Template(kind=kind, parts=parts), data["version"], names, vocabulary, day)


@cache
def _shared() -> dict[str, tuple[Part, ...]]:
    """Parts that several kinds have, by name; a group may build on the groups above it."""
    groups: dict[str, tuple[Part, ...]] = {}
    for name, text in tomllib.loads((_FOLDER / "shared.toml").read_text(encoding="utf-8")).items():
        groups[name] = parse(text, groups)
    return groups
