"""Write a letter: the text in force, filled with the values of the case."""

from __future__ import annotations

from dataclasses import dataclass

from letters.content import Block
from letters.models import Letter
from letters.texts.filling import fill
from letters.texts.models import LetterValues
from letters.texts.selecting import in_force, of_version
from letters.texts.values import Values


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What a letter was made with: the version of its text, and the values. Both are kept with it."""

    version: str
    values: Values


@dataclass(frozen=True, slots=True)
class Written:
    """Subject and body of a letter, and what they were made with."""

    subject: str
    body: tuple[Block, ...]
    made_with: MadeWith


def write(kind: str, values: Values, *, scheme: str, version: str = "") -> Written:
    """The letter of this kind in the words that are in force for the scheme, or in those of an earlier `version`.

    Raises `NotFilled` or `ContentError`, with a sentence for people: then the letter waits.
    """
    text = of_version(kind, scheme, version) if version else in_force(kind, scheme)
    subject, body = fill(text.template, values)
    return Written(subject, body, MadeWith(text.version, values))


def keep(letter: Letter, made_with: MadeWith) -> None:
    """Keep with the letter what its present content was made with."""
    LetterValues.objects.get_or_create(
        letter=letter, letter_digest=letter.digest, defaults={"template_version": made_with.version, "values": made_with.values.to_dict()}
    )
