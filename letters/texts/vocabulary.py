"""What a text may speak of: facts, conditions and blocks, each explained and with an example, grouped in topics.

A topic is filled by one function of a higher floor, under the same name. Which topics a kind of letter has stands with its
text. A fact may be there only under a condition; then a text may only use it under that condition.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from grants.law.formats import long_date
from letters.content import Block, Facts, Items, Paragraph, Table
from letters.texts.template import NOT, holds

_DAYS = re.compile(r"[+-]\d+")
_FOLDER = Path(__file__).parent / "vocabulary"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a text may name: what it is, an example, and the condition under which it is there ('' for always)."""

    name: str
    explanation: str
    sample: str
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds in a case or not. `sample` says whether it holds in the example."""

    name: str
    explanation: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A table or list that code makes: it can be moved, not rewritten. `elements` are the must-elements that it is."""

    name: str
    explanation: str
    sample: tuple[Block, ...]
    elements: tuple[str, ...] = ()
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which conditions go together: of `names` exactly one holds, or at most one; or `needs`: where the first holds, so do all the others."""

    sort: str
    names: tuple[str, ...]

    def allows(self, true: frozenset[str]) -> bool:
        count = sum(name in true for name in self.names)
        if self.sort == "exactly_one":
            return count == 1
        if self.sort == "at_most_one":
            return count <= 1
        first, *others = self.names
        return not holds(first, true) or all(holds(name, true) for name in others)

    @property
    def conditions(self) -> frozenset[str]:
        return frozenset(name.removeprefix(NOT) for name in self.names)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that the text of one kind may use."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    blocks: Mapping[str, Slot] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def nearest(self, name: str, *, among: Iterable[str] = ()) -> str:
        """The known name that looks most like this one (`among` some of them, or all), or an empty text."""
        known = list(among) or [*self.facts, *self.conditions, *self.blocks]
        return next(iter(get_close_matches(name, known, n=1, cutoff=0.5)), "")

    def dated(self, day: date) -> Vocabulary:
        """The same with the examples of a letter of that day: `+42` in a file is the forty-second day after it."""

        def sample(fact: Fact) -> Fact:
            return replace(fact, sample=long_date(day + timedelta(days=int(fact.sample)))) if _DAYS.fullmatch(fact.sample) else fact

        return replace(self, facts={name: sample(fact) for name, fact in self.facts.items()})

    def related(self, names: Iterable[str]) -> tuple[str, ...]:
        """These conditions and all that a rule ties to them, in a fixed order."""
        found, seen = set(names), None
        while found != seen:
            seen = set(found)
            for rule in self.rules:
                if rule.conditions & found:
                    found |= rule.conditions
        return tuple(sorted(found))

    def situations(self, names: Iterable[str]) -> Iterator[frozenset[str]]:
        """Every way in which these conditions can go together, the others as in the example."""
        tied = self.related(names)
        others = frozenset(name for name, condition in self.conditions.items() if condition.sample and name not in tied)
        # A rule is judged as soon as the last of its conditions has been chosen: most ways end early.
        due: list[list[Rule]] = [[] for _ in tied]
        for rule in self.rules:
            if rule.conditions & set(tied):
                due[max(tied.index(name) for name in rule.conditions)].append(rule)

        def choose(place: int, true: frozenset[str]) -> Iterator[frozenset[str]]:
            if place == len(tied):
                yield others | true
                return
            for chosen in (true | {tied[place]}, true):
                if all(rule.allows(chosen) for rule in due[place]):
                    yield from choose(place + 1, chosen)

        yield from choose(0, frozenset())

    def always(self, when: Iterable[str], needed: str) -> bool:
        """Does `needed` hold in every situation in which all of `when` do?"""
        conditions = [name.removeprefix(NOT) for name in (*when, needed)]
        return all(
            holds(needed, true) for true in self.situations(conditions) if all(holds(name, true) for name in when)
        )


@cache
def topics() -> Mapping[str, Vocabulary]:
    """Every topic, by its name."""
    found: dict[str, Vocabulary] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8").replace("€ ", "€\u00a0")  # an amount never breaks over two lines
        for name, data in tomllib.loads(text).items():
            if name in found:
                raise ValueError(f"{path.name}: the topic {name} stands in two files")
            found[name] = _topic(data)
    return found


def of_topics(names: Iterable[str], rules: tuple[Rule, ...] = ()) -> Vocabulary:
    """The vocabulary of these topics together. Raises `KeyError` for a topic that does not exist."""
    chosen = [topics()[name] for name in names]
    return Vocabulary(
        facts={name: fact for topic in chosen for name, fact in topic.facts.items()},
        conditions={name: condition for topic in chosen for name, condition in topic.conditions.items()},
        blocks={name: slot for topic in chosen for name, slot in topic.blocks.items()},
        rules=tuple(rule for topic in chosen for rule in topic.rules) + rules,
    )


def rules_of(rows: Iterable[Mapping[str, list[str]]]) -> tuple[Rule, ...]:
    """Rules as they stand in a file: `{exactly_one = [...]}`, `{at_most_one = [...]}` or `{needs = [first, others...]}`."""
    return tuple(Rule(sort, tuple(names)) for row in rows for sort, names in row.items())


def _topic(data: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        facts={name: Fact(name, *row) for name, row in data.get("facts", {}).items()},
        conditions={name: Condition(name, *row) for name, row in data.get("conditions", {}).items()},
        blocks={
            name: Slot(name, row["explains"], _sample(row), tuple(row.get("elements", "").split()), row.get("only_if", ""))
            for name, row in data.get("blocks", {}).items()
        },
        rules=rules_of(data.get("rules", ())),
    )


def _sample(row: Mapping[str, Any]) -> tuple[Block, ...]:
    """The example of a block, in the shape that the code gives it."""
    element = row.get("elements", "")
    if "table" in row:
        head, *rows = row["table"]
        return (Table(row.get("caption", ""), tuple(head), tuple(tuple(r) for r in rows), numeric=frozenset({len(head) - 1}), element=element),)
    if "pairs" in row:
        return (Facts(tuple((a, b) for a, b in row["pairs"]), element=element),)
    if "items" in row:
        return (Items(tuple(row["items"]), ordered=row.get("ordered", False), element=element),)
    return tuple(Paragraph(text, element=element) for text in row["paragraphs"])
