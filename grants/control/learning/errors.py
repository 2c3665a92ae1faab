"""What can stand in the way; `str()` is a sentence for people."""

from __future__ import annotations

from grants.control.learning.anonymising import LABELS, Hit


class NotNow(Exception):
    """The act does not fit how things stand; `str()` says why and what to do."""


class Recognisable(Exception):
    """The text may point to a person, and nobody said that it may stay. Carries the hits and the text they stand in."""

    def __init__(self, text: str, found: list[Hit]) -> None:
        self.text, self.found = text, found
        super().__init__(f"{len(found)} hits")

    @property
    def words(self) -> list[str]:
        """Each hit as it stands in the text, with what it may be."""
        return [f"{self.text[hit.start : hit.end]} ({LABELS[hit.kind]})" for hit in self.found]
