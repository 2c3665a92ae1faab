"""What changed between two texts, part by part and word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from letters.texts.template import Part, Template

_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept, or in the new text only (`added`), or in the old one only (`removed`)."""

    text: str
    sort: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not the same. `sort` is added, removed, changed or moved; `settings` says what besides the words."""

    name: str
    sort: str
    pieces: tuple[Piece, ...]
    settings: tuple[str, ...] = ()


def differences(old: Template, new: Template) -> tuple[Difference, ...]:
    """In the order of the new text; what went out comes at the end."""
    found = [difference for part in new.parts if (difference := _of_part(old.part(part.name), part))]
    kept = [part.name for part in old.parts if new.part(part.name)]
    now = [part.name for part in new.parts if old.part(part.name)]
    stable = {name for block in SequenceMatcher(None, kept, now, autojunk=False).get_matching_blocks() for name in now[block.b : block.b + block.size]}
    changed = {difference.name for difference in found}
    found += (Difference(name, "moved", (Piece(_text(new, name), "kept"),)) for name in now if name not in stable | changed)
    found += (Difference(part.name, "removed", (Piece(part.text, "removed"),)) for part in old.parts if new.part(part.name) is None)
    return tuple(found)


def _text(template: Template, name: str) -> str:
    part = template.part(name)
    return part.text if part else ""


def _of_part(old: Part | None, new: Part) -> Difference | None:
    if old is None:
        return Difference(new.name, "added", (Piece(new.text, "added"),))
    settings = []
    if old.when != new.when:
        settings.append(f"voorwaarde: {_named(old.when)} werd {_named(new.when)}")
    if old.form != new.form:
        settings.append(f"opmaak: {old.form} werd {new.form}")
    if old.elements != new.elements:
        settings.append(f"verplicht onderdeel: {_named(old.elements)} werd {_named(new.elements)}")
    if old.text == new.text and not settings:
        return None
    return Difference(new.name, "changed", _pieces(old.text, new.text), tuple(settings))


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("not ", "niet ") for name in names) or "geen"


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    found: list[Piece] = []
    for sort, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if sort == "equal":
            found.append(Piece("".join(after[c:d]), "kept"))
            continue
        if a != b:
            found.append(Piece("".join(before[a:b]), "removed"))
        if c != d:
            found.append(Piece("".join(after[c:d]), "added"))
    return tuple(found)
