"""Two people at one form: may this answer be saved over the one that is stored? Pure.

A page carries for each question a token: the version that it showed, and a fingerprint of what it showed. So an answer
that was not touched on a stale page changes nothing, and one that was touched never overwrites what it did not see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grants.kernel.canonical import sha256
from grants.schemes.answer_values import is_empty

_TOKEN = re.compile(r"(\d{1,9})-([0-9a-f]{16})")


class Outcome(StrEnum):
    UNTOUCHED = "untouched"
    SAME = "same"
    SAVE = "save"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Base:
    """What the page showed: the version, and the fingerprint of the answer."""

    version: int
    print: str


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer as it was posted. Without a base nobody knows what its writer saw: it is saved only where nothing stood."""

    key: str
    answer: Any
    base: Base | None = None


def fingerprint(answer: Any) -> str:
    """Equal for answers that a reader cannot tell apart: ends of lines and the space around do not count."""
    return sha256(_bare(answer))[:16]


def token(version: int, answer: Any) -> str:
    """What a page carries about the answer that it shows."""
    return f"{version}-{fingerprint(answer)}"


def read_token(text: str) -> Base | None:
    """The base in a token; None for anything else."""
    found = _TOKEN.fullmatch(text)
    return Base(int(found[1]), found[2]) if found else None


def outcome(posted: Posted, version: int, stored: Any) -> Outcome:
    """What happens to a posted answer when `stored` is there in `version`."""
    print_now = fingerprint(posted.answer)
    if posted.base is not None and posted.base.print == print_now:
        return Outcome.UNTOUCHED
    if print_now == fingerprint(stored):
        return Outcome.SAME
    if (posted.base.version if posted.base else 0) == version:
        return Outcome.SAVE
    return Outcome.CONFLICT


def _bare(answer: Any) -> Any:
    if is_empty(answer):
        return ""
    if isinstance(answer, str):
        return answer.replace("\r\n", "\n").strip()
    if isinstance(answer, (list, tuple)):
        return [_bare(part) for part in answer if not is_empty(part)]
    if isinstance(answer, dict):
        return {name: _bare(part) for name, part in answer.items() if not is_empty(part)}
    return answer
