"""A random sample that anybody can draw again: the seed and the list of case numbers decide it, and nothing else.

How to check a draw by hand: for every case on the list write the seed, a colon and the case number, take the SHA-256 of
that text, and sort the cases by it. The first so many are drawn. In a shell: `printf '%s' "SEED:CASE" | sha256sum`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from grants.law.amounts import HUNDRED
from grants.law.errors import LawError, PercentageError


@dataclass(frozen=True, slots=True)
class Ranked:
    """One case of the list with its draw key, the place that this gives, and whether it is drawn."""

    case_number: str
    key: str
    place: int
    is_drawn: bool


def draw_key(seed: str, case_number: str) -> str:
    """The SHA-256 of "seed:case number", in lower-case hexadecimal."""
    return hashlib.sha256(f"{seed}:{case_number}".encode()).hexdigest()


def list_hash(case_numbers: Iterable[str]) -> str:
    """The SHA-256 of the sorted case numbers, each followed by a line feed: proof of the list before the seed was known."""
    return hashlib.sha256("".join(f"{number}\n" for number in sorted(case_numbers)).encode()).hexdigest()


def sample_size(population: int, percentage: Decimal) -> int:
    """How many are drawn: the percentage, rounded up, so that a short list is looked at too. Raises PercentageError."""
    if not percentage.is_finite() or not 0 <= percentage <= HUNDRED:
        raise PercentageError(percentage)
    return int((population * percentage / HUNDRED).to_integral_value(ROUND_CEILING))


def draw(case_numbers: Iterable[str], *, seed: str, percentage: Decimal) -> tuple[Ranked, ...]:
    """The whole list in the order of the draw; the first `sample_size` are drawn.

    The order in which the numbers are given does not matter. Raises LawError for an empty seed or a number that stands
    twice on the list: then two people could come to two outcomes.
    """
    numbers = list(case_numbers)
    if not seed.strip():
        raise LawError("a draw needs a seed")
    if len(set(numbers)) != len(numbers):
        raise LawError("a case number stands twice on the list")
    size = sample_size(len(numbers), percentage)
    ordered = sorted((draw_key(seed, number), number) for number in numbers)
    return tuple(Ranked(number, key, place, place <= size) for place, (key, number) in enumerate(ordered, 1))
