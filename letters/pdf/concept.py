"""What makes a concept unlike a letter that was sent: a line for every reader, and the word across every page."""

from __future__ import annotations

from math import cos, radians, sin

from letters.pdf.fonts import Style
from letters.pdf.sheet import LEFT, MM, PAGE, STRONG, WIDTH, Composer, Type
from letters.pdf.tagging import Tag

NOTICE = "Concept. Dit is geen besluit. Deze brief is niet verzonden."
WORD = "CONCEPT"
_MARK = Type(Style.BOLD, 110, 110, (0.90, 0.91, 0.93))
_TILT = radians(55)


def set_notice(composer: Composer, root: Tag) -> None:
    """The first line of the first page, also for who hears the letter read aloud."""
    lines = composer.break_text(NOTICE, STRONG, WIDTH)
    composer.set_lines(lines, Tag("P", root), STRONG, LEFT, PAGE[1] - 6 * MM)


def set_watermark(composer: Composer) -> None:
    """The word across the present page, below its text; no part of the text itself."""
    half = composer.width(WORD, _MARK) / 2
    across, up = cos(_TILT), sin(_TILT)
    x, y = PAGE[0] / 2 - half * across + 28, PAGE[1] / 2 - half * up - 28
    red, green, blue = _MARK.colour
    shown = composer.fonts.show(WORD, _MARK.style, _MARK.size)
    matrix = f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {x:.2f} {y:.2f}"
    composer.canvas.behind(f"BT {red:g} {green:g} {blue:g} rg {matrix} Tm {shown} ET")
