"""What an application costs somebody: fields, clicks, pages, words to read and letters to type, and an estimate of the minutes."""

from __future__ import annotations

from dataclasses import dataclass, field

WORDS_READ = 238
"""Words of plain text that a grown-up reads in a minute, on average (Brysbaert, 2019)."""
LETTERS_TYPED = 180
"""Letters that people type on a phone in a minute, on average: 36 words of five letters (Palin and others, 2019)."""
CLICK = 3.0
"""Seconds to find a button, a link or a choice and to touch it."""


@dataclass(slots=True)
class Effort:
    """Counted by the visitor. Each cell of a table is a field; the choices of one question are one field. A line that was on the page before, as the menu or a table of answers, is not read again."""

    clicks: int = 0
    choices: int = 0
    pages: int = 0
    letters: int = 0
    words: int = 0
    fields_shown: set[str] = field(default_factory=set)
    fields_filled: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)

    def see(self, text: str) -> None:
        """A page came up: its new lines are read."""
        self.pages += 1
        new = {line.strip() for line in text.splitlines()} - self._read
        self.words += sum(len(line.split()) for line in new)
        self._read |= new

    def onward(self) -> Effort:
        """A new count, of somebody who has read what this one read."""
        return Effort(_read=set(self._read))

    def types(self, text: str) -> None:
        self.letters += len(text)

    def chooses(self, key: str) -> None:
        self.choices += 1
        self.fields_filled.add(key)

    @property
    def minutes(self) -> float:
        """An estimate by the rule above, without time to think or to look something up."""
        return self.words / WORDS_READ + self.letters / LETTERS_TYPED + (self.clicks + self.choices) * CLICK / 60

    def told(self) -> str:
        return (
            f"fields shown {len(self.fields_shown)}, fields filled {len(self.fields_filled)}, pages {self.pages}, clicks {self.clicks}, "
            f"choices {self.choices}, words {self.words}, letters {self.letters}, minutes by estimate {self.minutes:.1f}"
        )
