"""Hints for a text that everybody can read (taalniveau B1): long sentences and hard words. A hint is no refusal."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from letters.texts.template import FACT, Form, Template

LONGEST = 20
"""The most words in a sentence that reads easily."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z«])")
_WORD = re.compile(r"[\w'’]+(?:[-:][\w'’]+)*")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Hint:
    """Something in a part that could be easier. `text` is a sentence for the writer."""

    part: str
    text: str


def hints(template: Template) -> tuple[Hint, ...]:
    """What could be easier, in the order of the text. A fact counts as one word; what stands between brackets does not count."""
    found: list[Hint] = []
    for part in template.parts:
        if part.form == Form.BLOCK:
            continue
        for line in part.text.splitlines():
            found += (Hint(part.name, text) for text in hints_for(line))
    return tuple(found)


def hints_for(text: str) -> list[str]:
    """What could be easier in one line of text, as sentences for the writer."""
    plain = FACT.sub("x", text)
    found = []
    for sentence in _SENTENCE.split(plain):
        words = len(_WORD.findall(_BRACKETS.sub("", sentence)))
        if words > LONGEST:
            found.append(f"Deze zin heeft {words} woorden: «{_short(sentence)}». Maak er twee van. Tot {LONGEST} woorden leest goed.")
    low = plain.lower()
    for hard, easy in hard_words().items():
        if re.search(rf"(?<!\w){re.escape(hard)}(?!\w)", low):
            found.append(f"«{hard}» is voor veel mensen moeilijk. Schrijf liever: {easy}.")
    return found


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else f"{sentence[:57].rstrip()}…"


@cache
def hard_words() -> dict[str, str]:
    """Hard word or phrase (lower case) -> what to write instead."""
    return tomllib.loads((Path(__file__).parent / "hard_words.toml").read_text(encoding="utf-8"))
