"""Parts of the page of a letter that a higher floor brings: it registers a function, the page shows what that gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from letters.models import Letter


@dataclass(frozen=True, slots=True)
class Part:
    """One part below a letter: its template reads `part`, the values here."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


MakePart = Callable[[HttpRequest, Letter], Part | None]
_parts: list[MakePart] = []


def register(make: MakePart) -> None:
    """`make` gives a part for a letter that this person may read, or None when it has nothing to show."""
    if make not in _parts:
        _parts.append(make)


def parts_of(request: HttpRequest, letter: Letter) -> list[Part]:
    """The parts for this reader, in the order in which they were registered."""
    return [part for make in _parts if (part := make(request, letter)) is not None]
