"""A letter text as one frozen value: named parts in reading order, each with a condition and the must-element it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grants.kernel.canonical import sha256

NAME = re.compile(r"[a-z][a-z0-9_]*")
FACT = re.compile(r"\{([^{}]*)\}")
BLOCK = re.compile(r"\{blok:([^{}]*)\}")
NOT = "not "


def holds(name: str, true: Collection[str]) -> bool:
    """Does this condition (or `not` that condition) hold where exactly the conditions `true` do?"""
    return (name.removeprefix(NOT) in true) != name.startswith(NOT)


class Form(StrEnum):
    """How a part is set. `CONTINUES` goes on in the paragraph before it; `BLOCK` is a table or list that code makes."""

    SUBJECT = "subject"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CONTINUES = "continues"
    LIST = "list"
    NUMBERED = "numbered"
    BLOCK = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named part of a text.

    `when` names conditions that must all hold, `not x` for one that must not. `elements` are must-elements of
    `letters.kinds` that the part fulfils. A list has one item a line. `after` places a part that a scheme adds.
    """

    name: str
    text: str
    form: Form = Form.PARAGRAPH
    elements: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    after: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts in the text, in order; a block names none."""
        return () if self.form == Form.BLOCK else tuple(FACT.findall(self.text))

    @property
    def block(self) -> str:
        """The block that stands here, or an empty text."""
        found = BLOCK.fullmatch(self.text.strip()) if self.form == Form.BLOCK else None
        return found[1] if found else ""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The names of the conditions, without `not`."""
        return tuple(condition.removeprefix(NOT) for condition in self.when)

    def holds(self, true: frozenset[str]) -> bool:
        """Does the part stand in a letter in which exactly these conditions are true?"""
        return all(holds(name, true) for name in self.when)

    def to_dict(self) -> dict[str, Any]:
        plain = {"name": self.name, "text": self.text, "form": str(self.form), "elements": list(self.elements), "when": list(self.when)}
        return plain | ({"after": self.after} if self.after else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Part:
        return cls(
            name=data["name"], text=data["text"], form=Form(data["form"]), elements=tuple(data["elements"]), when=tuple(data["when"]),
            after=data.get("after", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The text of one kind of letter, or (for a scheme) only the parts in which that scheme differs."""

    kind: str
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON; `from_dict` gives the same text back."""
        return {"kind": self.kind, "parts": [part.to_dict() for part in self.parts]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Template:
        return cls(kind=data["kind"], parts=tuple(Part.from_dict(part) for part in data["parts"]))

    def digest(self) -> str:
        """SHA-256 over the canonical JSON: equal for equal text."""
        return sha256(self.to_dict())


def merged(house: Template, own: Template, *, left_out: bool = False) -> Template:
    """The house text with a scheme's own parts in it: by name in the place of the house's, new ones after the part they name.

    A part of the scheme with an empty text leaves that part out, unless `left_out` asks to see it. A new part whose place is gone
    comes at the end.
    """
    replaced = {part.name: part for part in own.parts}
    parts = [replaced.pop(part.name, part) for part in house.parts]
    for part in own.parts:
        if part.name in replaced:
            places = [place for place, other in enumerate(parts) if other.name == part.after]
            parts.insert(places[0] + 1 if places else len(parts), part)
    return Template(kind=house.kind, parts=tuple(part for part in parts if left_out or part.text.strip()))


def overrides(house: Template, whole: Template) -> Template:
    """The inverse of `merged`: what a scheme's whole text says that the house's does not."""
    own: list[Part] = []
    before = ""
    for part in whole.parts:
        known = house.part(part.name)
        if known is None:
            own.append(Part(name=part.name, text=part.text, form=part.form, elements=part.elements, when=part.when, after=before))
        elif known != part:
            own.append(part)
        before = part.name
    for part in house.parts:
        if whole.part(part.name) is None:
            own.append(Part(name=part.name, text="", form=part.form, elements=part.elements, when=part.when))
    return Template(kind=house.kind, parts=tuple(own))
