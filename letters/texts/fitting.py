"""Texts in force that do not fit any more: a newer release lacks what they name, or asks what they do not say. Their letters wait."""

from __future__ import annotations

from collections.abc import Iterable

from letters.texts.checking import Problem, gaps
from letters.texts.models import LetterTemplate
from letters.texts.shipped import shipped
from letters.texts.template import Template, merged

MOST_KEPT = 500
_judged: dict[str, tuple[Problem, ...]] = {}
"""What was found, by the digest of the whole text: within one release the same text always gets the same answer."""


def problems_of(whole: Template) -> tuple[Problem, ...]:
    """Why letters with this whole text wait; nothing when they can be made."""
    key = whole.digest()
    if key not in _judged:
        if len(_judged) >= MOST_KEPT:
            _judged.clear()
        _judged[key] = gaps(whole, shipped(whole.kind).vocabulary)
    return _judged[key]


def unfit(texts: Iterable[LetterTemplate]) -> list[tuple[LetterTemplate, tuple[Problem, ...]]]:
    """Those of these published texts that do not fit, each with the reasons. One query, for the texts of the house."""
    own = list(texts)
    house = {text.kind: text.template for text in LetterTemplate.objects.published().filter(scheme="")}
    found = []
    for text in own:
        base = house.get(text.kind, shipped(text.kind).template)
        if problems := problems_of(merged(base, text.template) if text.scheme else text.template):
            found.append((text, problems))
    return found
