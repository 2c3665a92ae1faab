"""A draw that anyone can run again (Awb 4:26; the way of drawing is our choice: docs/decisions/0005).

Two parts make the seed: a secret that was fixed before anybody could know the outcome (its SHA-256 was shown when the
list of cases was closed), and a word that the witnesses say at the draw. Neither side alone can steer the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from grants.law.errors import LawError

SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The place of one case: `digest` is SHA-256 over the seed, a colon and the case number, in 64 hexadecimals."""

    rank: int
    case_number: str
    digest: str


class DrawError(LawError):
    """This cannot be drawn; `str()` is a Dutch sentence."""


def commitment(secret: str) -> str:
    """What is shown before the draw: the SHA-256 of the secret, so that it cannot be chosen afterwards."""
    return sha256(secret.encode()).hexdigest()


def seed_of(secret: str, word: str) -> str:
    """The seed: secret and word with a hyphen between them. Raises DrawError for a word that two people may type
    differently: letters and digits without accents, and single spaces, are all it may hold.
    """
    said = " ".join(word.split())
    if not secret:
        raise DrawError("Er is geen vastgelegd begin voor deze loting.")
    if not said or not said.isascii() or not said.replace(" ", "").isalnum():
        raise DrawError("Gebruik voor het woord van de getuigen alleen letters zonder accenten, cijfers en spaties.")
    return f"{secret}-{said}"


def digest(seed: str, case_number: str) -> str:
    """The number of one case: `printf '%s' 'SEED:CASE' | sha256sum` gives the same."""
    return sha256(f"{seed}{SEPARATOR}{case_number}".encode()).hexdigest()


def draw(seed: str, case_numbers: Iterable[str]) -> tuple[Drawn, ...]:
    """The cases in the order of their digests, lowest first; the order in which they are given does not matter.

    Raises DrawError without a seed, without cases, or when a case is on the list twice.
    """
    cases = list(case_numbers)
    if not seed:
        raise DrawError("Zonder begingetal kan er niet worden geloot.")
    if not cases or not all(cases):
        raise DrawError("Er zijn geen zaken om over te loten.")
    if len(set(cases)) != len(cases):
        raise DrawError("Een zaak staat twee keer op de lijst van de loting.")
    by_digest = sorted((digest(seed, number), number) for number in cases)
    return tuple(Drawn(rank, number, value) for rank, (value, number) in enumerate(by_digest, 1))
