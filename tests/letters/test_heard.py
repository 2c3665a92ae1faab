"""What a screen reader says of each kind of letter, word for word: read back from the file and held against a reviewed text.

A change of a text or of a tag changes what is heard: look at the difference, and write the files anew with UPDATE_HEARD=1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.kinds import KINDS
from letters.texts.samples import sample_letter
from tests.letters.test_pdf_tags import Node, read

FOLDER = Path(__file__).parent / "heard"


def heard(node: Node, depth: int = 0) -> Iterator[str]:
    """A line a tag, in reading order: its role, and its words."""
    words = "".join(kid for kid in node.kids if isinstance(kid, str)).strip()
    yield "  " * depth + node.role + node.detail + (f": {words}" if words else "")
    for tag in node.tags:
        if tag.role != "OBJR":
            yield from heard(tag, depth + 1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_heard_is_what_was_reviewed(kind):
    said = "\n".join(heard(read(sample_letter(kind)).root)) + "\n"
    file = FOLDER / f"{kind}.txt"
    if os.environ.get("UPDATE_HEARD"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(said)
    assert said == file.read_text(), f"{kind} is heard otherwise than in {file.name}: look at the difference"


def test_no_kind_is_left_behind():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(KINDS)
