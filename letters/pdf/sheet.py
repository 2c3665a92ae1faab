"""The page as the parts of a letter see it: measures, colours, room left, and setting lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters.pdf.fonts import LetterFonts, Style
from letters.pdf.linebreak import Piece, TextLine, break_lines
from letters.pdf.tagging import Tag, TaggedCanvas

MM = 72 / 25.4
PAGE = (595.28, 841.89)
LEFT = 25 * MM
RIGHT = PAGE[0] - 25 * MM
WIDTH = RIGHT - LEFT
TOP = PAGE[1] - 30 * MM
"""Where the text of the second and later pages starts."""
BOTTOM = 28 * MM

Colour = tuple[float, float, float]
INK: Colour = (0.11, 0.11, 0.13)
HOUSE: Colour = (0.07, 0.22, 0.40)
ACCENT: Colour = (0.80, 0.60, 0.16)
QUIET: Colour = (0.36, 0.38, 0.42)
RULE: Colour = (0.80, 0.82, 0.85)


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: cut, size and line distance in points, and colour."""

    style: Style
    size: float
    leading: float
    colour: Colour = INK


BODY = Type(Style.REGULAR, 10, 14.6)
STRONG = Type(Style.BOLD, 10, 14.6)
TITLE = Type(Style.BOLD, 15, 20, HOUSE)
HEADINGS = {2: Type(Style.BOLD, 11.5, 16, HOUSE), 3: Type(Style.BOLD, 10, 14.6, HOUSE)}
ADDRESS = Type(Style.REGULAR, 10, 13.5)
SMALL = Type(Style.REGULAR, 8, 11, INK)
LABEL = Type(Style.REGULAR, 8, 11, QUIET)
NAME = Type(Style.BOLD, 17, 22, HOUSE)


class OffPage(Exception):
    """A text would run below the margin of its page, where it cannot be read."""


class Composer:
    """Sets text on the pages of one letter, from top to bottom, and starts a page when one is full.

    `y` is the lower edge of what stands on the page already; everything is measured in points from the lower
    left.
    """

    def __init__(self, language: str) -> None:
        self.canvas = TaggedCanvas(PAGE, language)
        self.fonts = LetterFonts()
        self.y = TOP

    @property
    def room(self) -> float:
        """Height that is left on this page."""
        return self.y - BOTTOM

    def need(self, height: float) -> bool:
        """Start a page if the height is not left; says whether it did."""
        if self.room >= height - 0.01 or self.y >= TOP:
            return False
        self.new_page()
        return True

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self.canvas.new_sheet()
        self.y = TOP

    def break_text(self, pieces: str | Iterable[Piece], kind: Type, width: float) -> list[TextLine]:
        """The lines of a text in a column of `width` points."""
        if isinstance(pieces, str):
            pieces = [(pieces, "")]
        return break_lines(pieces, self.fonts.set.measure(kind.style), width * 1000 / kind.size)

    def width(self, text: str, kind: Type) -> float:
        """Width of a text in points."""
        return self.fonts.set.measure(kind.style)(text) * kind.size / 1000

    def flow(
        self, lines: Sequence[TextLine], tag: Tag, kind: Type, *, x: float = LEFT, keep_with: float = 0
    ) -> None:
        """Set lines below what is there, over as many pages as it takes.

        Two lines stay together at the foot and at the head of a page; `keep_with` is the height below this
        text that must fit on the same page as its last line.
        """
        links: dict[str, Tag] = {}
        start = 0
        self.need(min(len(lines), 2 if len(lines) != 3 else 3) * kind.leading + keep_with)
        while start < len(lines):
            fitting = max(1, int((self.room + 0.01) / kind.leading))
            left = len(lines) - start
            if fitting < left and left - fitting < 2 and fitting > 2:
                fitting -= 1
            part = lines[start : start + fitting]
            self.set_lines(part, tag, kind, x, self.y, links)
            self.y -= len(part) * kind.leading
            start += len(part)
            if start < len(lines):
                self.new_page()

    def set_lines(
        self,
        lines: Sequence[TextLine],
        tag: Tag | None,
        kind: Type,
        x: float,
        top: float,
        links: dict[str, Tag] | None = None,
        *,
        right: float | None = None,
    ) -> None:
        """Set lines at a fixed place: from `x`, or flush right against `right`. No tag: inside an open
        artifact."""
        baseline = top - (kind.leading + kind.size * 0.71) / 2
        if tag is not None and baseline - (len(lines) - 1) * kind.leading < BOTTOM - kind.leading:
            raise OffPage
        open_tag: Tag | None = None
        for line in lines:
            at = x if right is None else right - line.width * kind.size / 1000
            for text, address in line.pieces:
                wanted = self._link_tag(tag, address, links) if tag and address else tag
                if wanted is not open_tag:
                    self._switch(open_tag, wanted)
                    open_tag = wanted
                shown = self.fonts.show(text, kind.style, kind.size)
                red, green, blue = HOUSE if address else kind.colour
                self.canvas.operators(
                    f"BT {red:g} {green:g} {blue:g} rg 1 0 0 1 {at:.2f} {baseline:.2f} Tm {shown} ET"
                )
                advance = self.width(text, kind) if len(line.pieces) > 1 or address else 0
                if address and wanted is not None:
                    under = baseline - 0.12 * kind.size
                    self._stroke(at, at + self.width(text.rstrip(" "), kind), under, HOUSE, 0.5)
                    area = (at, baseline - 0.25 * kind.size, at + advance, baseline + 0.85 * kind.size)
                    self.canvas.add_link(wanted, area, address, text.strip())
                at += advance
            baseline -= kind.leading
        self._switch(open_tag, None)

    def _switch(self, old: Tag | None, new: Tag | None) -> None:
        if old is not None:
            self.canvas.end()
        if new is not None:
            self.canvas.begin(new)

    def _link_tag(self, parent: Tag | None, address: str, links: dict[str, Tag] | None) -> Tag:
        """One Link element for a link, also when it runs over two lines or pages."""
        known = links if links is not None else {}
        if address not in known:
            known[address] = Tag("Link", parent)
        return known[address]

    def rule(self, y: float, colour: Colour = RULE, weight: float = 0.5) -> None:
        """A line over the whole width; no part of the text."""
        self.canvas.begin_artifact()
        self._stroke(LEFT, RIGHT, y, colour, weight)
        self.canvas.end()

    def _stroke(self, start: float, end: float, y: float, colour: Colour, weight: float) -> None:
        red, green, blue = colour
        self.canvas.operators(
            f"{red:g} {green:g} {blue:g} RG {weight:g} w {start:.2f} {y:.2f} m {end:.2f} {y:.2f} l S"
        )
