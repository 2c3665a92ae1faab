"""The words by which a case is found: number, title, and name and KvK number of the applicant.

A word holds only a-z and 0-9, so that "begins with" is a range of an ordinary index under every collation. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "œ": "oe"})
JOINED = re.compile(r"(?<=\w)[-'’./&](?=\w)")
"""What stands inside one word: Anna-Maria, 't-huis, SUB-2026-000123."""
MOST = 8
"""A question is cut off after so many words."""


def words(*texts: str) -> set[str]:
    """Every word of these texts; a joined word also in its parts, so that both Maria and Anna-Maria find it."""
    return {word for text in texts for piece in text.split() for word in _forms(piece)}


def number_words(case_number: str) -> set[str]:
    """A case number as one word, and its running number with and without zeros; never its prefix or year alone."""
    running = re.split(r"\D", case_number)[-1]
    return {word for word in (plain(case_number), running[:LONGEST], running.lstrip("0")[:LONGEST]) if word}


def asked(question: str) -> list[str]:
    """The words that somebody looks for, each a beginning of a word of the case."""
    return list(dict.fromkeys(word for piece in question.split() if (word := plain(piece))))[:MOST]


def beginning(word: str) -> tuple[str, str]:
    """The range of all words that begin with `word`: from (inclusive) and until (exclusive; '' for no end)."""
    kept = word.rstrip(ALPHABET[-1])
    return word, kept[:-1] + ALPHABET[ALPHABET.index(kept[-1]) + 1] if kept else ""


def plain(text: str) -> str:
    """Lower case, without accents and signs; a letter of another script by its number."""
    loose = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    kept = (character if character in ALPHABET else f"x{ord(character):x}" for character in loose if character.isalnum())
    return "".join(kept)[:LONGEST]


def _forms(piece: str) -> Iterable[str]:
    parts = JOINED.split(piece)
    return (word for form in ([piece, *parts] if len(parts) > 1 else [piece]) if (word := plain(form)))
