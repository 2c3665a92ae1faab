"""The letter as plain text: for search, for the e-mail to a reader who wants it, and for the tests that read
a letter."""

from __future__ import annotations

from itertools import zip_longest

from letters.content import Heading, Items, Letter, Paragraph, Table
from letters.rendering.order import Lines, Part, Title, item_label, reading_order

_GAP = "  "


def render_text(letter: Letter) -> str:
    """The whole letter in reading order; parts are divided by an empty line, cells by two spaces or more."""
    return "\n\n".join(_text(part) for part in reading_order(letter)) + "\n"


def _text(part: Part) -> str:
    match part:
        case Lines():
            return _columns([(line.label, line.text) if line.label else (line.text,) for line in part.lines])
        case Title() | Heading() | Paragraph():
            return part.text
        case Items():
            return "\n".join(f"{item_label(part, n)} {text}" for n, text in enumerate(part.items, 1))
        case Table():
            rows = [part.header, *part.rows] if any(part.header) else list(part.rows)
            table = _columns(rows, part.numeric)
            return f"{part.caption}\n{table}" if part.caption else table


def _columns(rows: list[tuple[str, ...]], numeric: frozenset[int] = frozenset()) -> str:
    """Rows with their columns under each other; a row of one cell does not widen its column."""
    columns = zip_longest(*(row for row in rows if len(row) > 1), fillvalue="")
    widths = [max(map(len, column)) for column in columns]

    def line(row: tuple[str, ...]) -> str:
        if len(row) == 1:
            return row[0]
        cells = [
            cell.rjust(width) if place in numeric else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return _GAP.join(cells).rstrip()

    return "\n".join(map(line, rows))
