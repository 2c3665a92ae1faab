"""Two versions of what was sent in, beside each other: what went out and what came in, per question, cost row and file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Op = Literal["same", "out", "in"]
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
_LINES = re.compile(r".*\n|.+$")
MOST_TOKENS = 1500
"""Above so many words a text is compared by line, and above so many lines as a whole: comparing costs the square of it."""
TABLES = ("cost_table", "financing")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went out, or came in."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a table: `change` says what happened to it; the texts are as typed."""

    change: Literal["same", "changed", "out", "in"]
    description: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One question in both versions. A table has `rows`, another question `pieces`."""

    label: str
    changed: bool
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that came with the later version: new, or instead of an earlier one for the same question."""

    filename: str
    replaces: tuple[str, ...]


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The text of both versions as runs; joining what is not 'in' gives the first, what is not 'out' the second."""
    old, new = _tokens(before, after)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("out", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("in", "".join(new[j1:j2])))
    return tuple(found)


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    for cut in (_WORDS, _LINES):
        old, new = cut.findall(before), cut.findall(after)
        if max(len(old), len(new)) <= MOST_TOKENS:
            return old, new
    return [before] if before else [], [after] if after else []


def rows_compared(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> tuple[RowChange, ...]:
    """The rows of a table by their description, each once: a row whose amount changed is one row, not two."""
    left = [(_name(row), _amount(row)) for row in before]
    right = [(_name(row), _amount(row)) for row in after]
    found = []
    for name, amount in left:
        match = next((row for row in right if row == (name, amount)), None) or next((row for row in right if row[0] == name), None)
        if match is None:
            found.append(RowChange("out", name, amount, ""))
            continue
        right.remove(match)
        found.append(RowChange("same" if match[1] == amount else "changed", name, amount, match[1]))
    found += [RowChange("in", name, "", amount) for name, amount in right]
    return tuple(found)


def _name(row: dict[str, Any]) -> str:
    return str(row.get("description") or row.get("financier") or "").strip()


def _amount(row: dict[str, Any]) -> str:
    """What else the row says: the amount, and for financing whether it is promised."""
    return " ".join(str(row[key]).strip() for key in ("amount", "status") if row.get(key))


def compared(label: str, kind: str, before: Any, after: Any, words: Any) -> Change:
    """One question; `words(answer)` gives an answer as a reader expects it."""
    if kind in TABLES:
        rows = rows_compared(_rows(before), _rows(after))
        return Change(label, any(row.change != "same" for row in rows), rows=rows)
    old, new = words(before), words(after)
    return Change(label, old != new, pieces=differences(old, new))


def _rows(answer: Any) -> list[dict[str, Any]]:
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def files_compared(before: Iterable[Any], after: Iterable[Any]) -> tuple[FileChange, ...]:
    """What came after the first version. The very same file sent again is no news."""
    old = list(before)
    known = {(document.question_key, document.digest) for document in old}
    return tuple(
        FileChange(new.filename, tuple(o.filename for o in old if o.question_key == new.question_key))
        for new in after
        if (new.question_key, new.digest) not in known
    )
