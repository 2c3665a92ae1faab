"""Breaking text into lines. Pure: it only asks how wide a piece of text is.

A line breaks at a space (never at a no-break space), after a hyphen between two letters, and, when a word is
wider than the whole line, anywhere. No hyphen is ever added, so the text that is read is the text that was
written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate

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
        if self._start + wide <= self._width:
            self._add(word, self._start + wide)
        elif wide <= self._width and not _SOFT_BREAK.search(_text(word)):
            self._close(at_space=True)
            self._add(word, wide)
        else:
            self._place_in_parts(word)

    def _place_in_parts(self, word: list[Piece]) -> None:
        """Set a word that need not, or cannot, stay whole: over as many lines as it takes.

        Its characters are measured once, however many lines it takes: nobody should be able to hold up a letter
        with one endless word.
        """
        text = _text(word)
        ends = list(accumulate(map(self._measure, text)))
        breaks = [match.start() for match in _SOFT_BREAK.finditer(text)]
        begin, done = 0, 0.0
        while begin < len(text):
            fitting = bisect_right(ends, done + self._width - self._start, lo=begin)
            soft = bisect_right(breaks, fitting) - 1
            if fitting == len(text):
                end = fitting
            elif soft >= 0 and breaks[soft] > begin:
                end = breaks[soft]
            elif self._line:
                self._close(at_space=True)
                continue
            else:
                end = max(fitting, begin + 1)
            self._add(_part(word, begin, end), self._start + ends[end - 1] - done)
            begin, done = end, ends[end - 1]
            if begin < len(text):
                self._close(at_space=False)

    @property
    def _start(self) -> float:
        """Where the next word of this line would start."""
        return self._used + self._space if self._line else 0.0

    def _add(self, word: list[Piece], used: float) -> None:
        self._line.append(word)
        self._used = used

    def _close(self, *, at_space: bool) -> None:
        self._lines.append(TextLine(_joined(self._line, " " if at_space else ""), self._used))
        self._line, self._used = [], 0.0


def _text(word: list[Piece]) -> str:
    return word[0][0] if len(word) == 1 else "".join(part for part, _ in word)


def _part(word: list[Piece], begin: int, end: int) -> list[Piece]:
    """The characters of a word from `begin` up to `end`, each with its address."""
    parts: list[Piece] = []
    for text, address in word:
        part = text[max(begin, 0) : max(end, 0)]
        if part:
            parts.append((part, address))
        begin, end = begin - len(text), end - len(text)
    return parts


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
