"""Where the marks of a chart stand; templates draw them as SVG, with the same numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 96, 16, 40
ROW = 34
LABELS = 250
"""Room for the names of bars; a longer name is cut short in the picture, and whole in the table."""


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: str
    y: int
    width: float

    @property
    def end(self) -> int:
        """Where the value stands, from the left of the bar: a little behind it."""
        return round(self.width) + 8


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, longest as wide as the plot."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    left: int = LABELS


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time with its axis marks, and the height of the target when there is one."""

    points: tuple[Point, ...]
    ticks: tuple[tuple[float, str], ...]
    target_y: float | None
    last: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def path(self) -> str:
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


def bars(rows: Sequence[tuple[str, float, str]]) -> Bars:
    """`rows`: label, size and what to write behind the bar."""
    most = max((size for _, size, _ in rows), default=0) or 1
    room = WIDTH - LABELS - 100
    return Bars(
        tuple(Bar(label, text, 8 + place * ROW, round(size / most * room, 1)) for place, (label, size, text) in enumerate(rows)),
        height=16 + len(rows) * ROW,
    )


def line(rows: Sequence[tuple[str, float]], target: float | None = None) -> Line:
    """`rows`: label and value, in order of time."""
    highest = max([value for _, value in rows] + ([target] if target is not None else []), default=0) or 1
    top = _round_up(highest)
    across = WIDTH - LEFT - RIGHT
    down = HEIGHT - TOP - BOTTOM
    step = across / max(1, len(rows) - 1)

    def height_of(value: float) -> float:
        return round(TOP + down * (1 - value / top), 1)

    points = tuple(Point(round(LEFT + place * step, 1), height_of(value), label) for place, (label, value) in enumerate(rows))
    ticks = tuple((height_of(part * top / 4), f"{part * top / 4:g}".replace(".", ",")) for part in range(5))
    return Line(points, ticks, None if target is None else height_of(target), f"{rows[-1][1]:g}".replace(".", ",") if rows else "")


def _round_up(value: float) -> float:
    """The next round number: 1, 2, 4, 5 or 10 times a power of ten."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= value)
