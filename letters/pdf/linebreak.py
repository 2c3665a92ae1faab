"""Breaking text into lines. Pure: it only asks how wide a piece of text is.

A line breaks at a space (never at a no-break space), after a hyphen between two letters, and, when a word is
wider than the whole line, anywhere. No hyphen is ever added, so the text that is read is the text that was
written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

#: A piece of text and the address it leads to (empty for none).
Piece = tuple[str, str]
Measure = Callable[[str], float]

#: A space, but not the one between the euro sign and its amount.
_SPACE = re.compile(r"(?<!€) | (?!\d)")
_SOFT_BREAK = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its pieces, and its width without the space at its end.

    A line that was broken at a space ends with that space, so that a reader of the tags does not join two
    words.
    """

    pieces: tuple[Piece, ...]
    width: float

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(text for text, _ in self.pieces)


def break_lines(pieces: Iterable[Piece], measure: Measure, width: float) -> list[TextLine]:
    """The lines of a text that is set in a column of `width` (the unit is that of `measure`)."""
    return _Breaker(measure, width).lines(_words(pieces))


def _words(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The words of the text; a word that is partly a link has more than one piece."""
    words: list[list[Piece]] = [[]]
    for text, address in pieces:
        first, *others = _SPACE.split(text) if "€ " in text else text.split(" ")
        if first:
            words[-1].append((first, address))
        words += [[(other, address)] if other else [] for other in others]
    return [word for word in words if word]


class _Breaker:
    def __init__(self, measure: Measure, width: float) -> None:
        self._measure = measure
        self._width = width
        self._space = measure(" ")
        self._lines: list[TextLine] = []
        self._line: list[list[Piece]] = []
        self._used = 0.0

    def lines(self, words: list[list[Piece]]) -> list[TextLine]:
        for word in words:
            self._place(word)
        if self._line:
            self._close(at_space=False)
        return self._lines

    def _word_width(self, word: list[Piece]) -> float:
        if len(word) == 1:
            return self._measure(word[0][0])
        return sum(self._measure(text) for text, _ in word)

    def _place(self, word: list[Piece]) -> None:
        wide = self._word_width(word)
        start = self._used + self._space if self._line else 0.0
        if start + wide <= self._width:
            self._add(word, start + wide)
            return
        head, tail = self._fitting_head(word, self._width - start)
        if head:
            self._add(head, start + self._word_width(head))
            self._close(at_space=False)
            self._place(tail)
        elif self._line:
            self._close(at_space=True)
            self._place(word)
        else:
            head, tail = self._forced_head(word)
            self._add(head, self._word_width(head))
            if tail:
                self._close(at_space=False)
                self._place(tail)

    def _add(self, word: list[Piece], used: float) -> None:
        self._line.append(word)
        self._used = used

    def _close(self, *, at_space: bool) -> None:
        self._lines.append(TextLine(_joined(self._line, " " if at_space else ""), self._used))
        self._line, self._used = [], 0.0

    def _fitting_head(self, word: list[Piece], room: float) -> tuple[list[Piece], list[Piece]]:
        """The longest part before a hyphen that fits in the room; empty if there is none."""
        text = "".join(part for part, _ in word)
        for match in reversed(list(_SOFT_BREAK.finditer(text))):
            head, tail = _cut(word, match.start())
            if self._word_width(head) <= room:
                return head, tail
        return [], word

    def _forced_head(self, word: list[Piece]) -> tuple[list[Piece], list[Piece]]:
        """As many characters as fit on a line, but at least one."""
        used, count = 0.0, 0
        for character in "".join(part for part, _ in word):
            used += self._measure(character)
            if count and used > self._width:
                break
            count += 1
        return _cut(word, count)


def _cut(word: list[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """The word before and from character `at`."""
    head: list[Piece] = []
    tail: list[Piece] = []
    for text, address in word:
        if at > 0:
            head.append((text[:at], address))
        if at < len(text):
            tail.append((text[max(at, 0) :], address))
        at -= len(text)
    return head, tail


def _joined(words: list[list[Piece]], end: str) -> tuple[Piece, ...]:
    """The pieces of a line; a space between two words of one link is part of the link."""
    if all(len(word) == 1 and not word[0][1] for word in words):
        return ((" ".join([word[0][0] for word in words]) + end, ""),)
    texts: list[tuple[list[str], str]] = []

    def add(text: str, address: str) -> None:
        if texts and texts[-1][1] == address:
            texts[-1][0].append(text)
        else:
            texts.append(([text], address))

    for place, word in enumerate(words):
        if place:
            before, after = words[place - 1][-1][1], word[0][1]
            add(" ", before if before == after else "")
        for text, address in word:
            add(text, address)
    if end:
        add(end, texts[-1][1])
    return tuple(("".join(parts), address) for parts, address in texts)
