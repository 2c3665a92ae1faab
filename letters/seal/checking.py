"""Is a file that somebody has in hands a letter of ours, and unchanged? It says nothing about anybody's case."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from letters.models import Letter
from letters.pdf import NotALetterFile, content_digest
from letters.seal.models import LetterSeal, SealCertificate
from letters.seal.reading import read_seal


class Outcome(StrEnum):
    """What we can say. Only the first two mean that the letter may be trusted."""

    GENUINE = "genuine"
    SEALED_BY_US = "sealed_by_us"
    ADDED_TO = "added_to"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: the kind and day of a letter that we made, and nothing about the person or the case."""

    outcome: Outcome
    kind: str = ""
    day: date | None = None
    sent: bool = False

    @property
    def is_genuine(self) -> bool:
        return self.outcome in (Outcome.GENUINE, Outcome.SEALED_BY_US)


def check_file(data: bytes) -> Answer:
    """Hold a file against what we keep: byte for byte first, then by its seal.

    The digest of the content alone would not do: it does not see what was added after the letter.
    """
    seal = LetterSeal.objects.filter(file_sha256=hashlib.sha256(data).hexdigest()).select_related("letter").first()
    if seal is not None:
        return _genuine(seal.letter)
    known = _letter_by_content(data)
    if known is not None and _is_unsealed_file(known, data):
        return _genuine(known)
    reading = read_seal(data)
    ours = reading is not None and SealCertificate.objects.filter(fingerprint=reading.fingerprint).exists()
    if reading is not None and ours:
        if reading.whole and reading.covers_all:
            return _genuine(known) if known else Answer(Outcome.SEALED_BY_US)
        return Answer(Outcome.ADDED_TO if reading.whole else Outcome.CHANGED)
    return Answer(Outcome.ADDED_TO if known is not None else Outcome.UNKNOWN)


def _genuine(letter: Letter) -> Answer:
    return Answer(Outcome.GENUINE, letter.name, letter.day, letter.state == Letter.State.SENT)


def _letter_by_content(data: bytes) -> Letter | None:
    try:
        digest = content_digest(data)
    except NotALetterFile:
        return None
    return Letter.objects.filter(file_digest=digest).order_by("created_at").first()


def _is_unsealed_file(letter: Letter, data: bytes) -> bool:
    try:
        with letter.file.open("rb") as file:
            return bool(file.read() == data)
    except FileNotFoundError:
        return False
