"""The values of one letter: what fills the places in its text. Frozen, and kept with the letter that was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from letters.content import Block, block_from_plain, block_to_plain
from letters.texts.template import holds
from letters.texts.vocabulary import Vocabulary


class WrongValues(Exception):
    """The code gives other values than the vocabulary of the kind promises: a fault of ours, not of a text."""


@dataclass(frozen=True, slots=True)
class Values:
    """`facts` by name, the `conditions` that hold, and the `blocks` that code made (an empty one stands nowhere)."""

    facts: Mapping[str, str] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
        object.__setattr__(self, "blocks", MappingProxyType({name: tuple(found) for name, found in self.blocks.items()}))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON; `from_dict` gives the same values back."""
        blocks = {name: [block_to_plain(block) for block in found] for name, found in self.blocks.items()}
        return {"facts": dict(self.facts), "conditions": sorted(self.conditions), "blocks": blocks}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Values:
        blocks = {name: tuple(block_from_plain(block) for block in found) for name, found in data["blocks"].items()}
        return cls(data["facts"], frozenset(data["conditions"]), blocks)


class Gathering:
    """Values while they are gathered: topic after topic adds its own, and none takes another's name."""

    def __init__(self) -> None:
        self._facts: dict[str, str] = {}
        self._conditions: dict[str, bool] = {}
        self._blocks: dict[str, tuple[Block, ...]] = {}

    def fact(self, **facts: str | None) -> None:
        """Facts by name; None for one that is not there in this case."""
        self._facts |= {name: value for name, value in facts.items() if value is not None}

    def when(self, **conditions: object) -> None:
        """Conditions by name, true or not."""
        self._conditions |= {name: bool(holds) for name, holds in conditions.items()}

    def block(self, **blocks: tuple[Block, ...]) -> None:
        self._blocks |= blocks

    def values(self, vocabulary: Vocabulary) -> Values:
        """What was gathered. Raises `WrongValues` when it is not what the vocabulary promises."""
        true = frozenset(name for name, holds in self._conditions.items() if holds)
        promised = {name for name, fact in vocabulary.facts.items() if not fact.only_if or holds(fact.only_if, true)}
        wrong = [
            *sorted(f"gegeven {name} ontbreekt" for name in promised - self._facts.keys()),
            *sorted(f"gegeven {name} is onbekend" for name in self._facts.keys() - vocabulary.facts.keys()),
            *sorted(f"voorwaarde {name} klopt niet" for name in vocabulary.conditions.keys() ^ self._conditions.keys()),
            *sorted(f"blok {name} klopt niet" for name in vocabulary.blocks.keys() ^ self._blocks.keys()),
        ]
        if wrong:
            raise WrongValues("; ".join(wrong))
        return Values({name: self._facts[name] for name in sorted(promised)}, true, self._blocks)
