"""What a letter prints is whole: no article or sentence of the scheme is empty, or still has to be filled in (Awb 3:47)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grants.schemes.decoding import Faults
from grants.schemes.definition import SchemeDefinition

_PLACEHOLDER = re.compile(r"\[CFG|nog in te vullen|nader in te vullen|\bTODO\b|\bXXX|\?\?\?", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Does this still have to be filled in?"""
    return not text.strip() or _PLACEHOLDER.search(text) is not None


def printed_texts(d: SchemeDefinition) -> Iterator[tuple[str, str]]:
    """Every text of the scheme that stands in a letter, with its path."""
    yield "title", d.title
    yield from ((path, text) for path, text in (("title_4_2_basis", d.title_4_2_basis), ("transfer_basis", d.transfer_basis)) if text)
    for place, basis in enumerate(d.legal_basis):
        yield f"legal_basis[{place}].text", basis.text
    for place, ground in enumerate(d.refusal_grounds):
        yield f"refusal_grounds[{place}].text", ground.text
        yield f"refusal_grounds[{place}].article", ground.article
    for place, obligation in enumerate(d.obligations):
        yield f"obligations[{place}].text", obligation.text
        yield f"obligations[{place}].source", obligation.source
    for place, question in enumerate(d.report.questions):
        yield f"report.questions[{place}].label", question.label
    for place, letter in enumerate(d.letters):
        yield f"letters[{place}].text", letter.text


def check_printed(d: SchemeDefinition, faults: Faults) -> None:
    for path, text in printed_texts(d):
        if is_placeholder(text):
            shown = f'"{text.strip()}"' if text.strip() else "niets"
            faults.add(path, f"Hier staat {shown}, en dit komt in brieven. Vul de tekst of het artikel in. Zonder kan de regeling niet worden gepubliceerd.")
