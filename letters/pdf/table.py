"""Setting a table: column widths, rows that run over pages, and a header that is repeated there."""

from __future__ import annotations

from collections.abc import Sequence

from letters.content import Table
from letters.pdf.fonts import Style
from letters.pdf.linebreak import TextLine
from letters.pdf.sheet import BOTTOM, HOUSE, LEFT, QUIET, RULE, TOP, WIDTH, Composer, Type
from letters.pdf.tagging import PAGINATION, Tag

CELL = Type(Style.REGULAR, 9.25, 13)
CELL_STRONG = Type(Style.BOLD, 9.25, 13)
HEADER = Type(Style.BOLD, 9.25, 13, HOUSE)
CAPTION = Type(Style.BOLD, 9.25, 13)

_GUTTER = 12.0
_PADDING = 4.0
_KEPT_WHOLE = 0.35
"""A table that takes no more than this part of a page is not divided over two."""
_NARROWEST = 36.0
"""No column gets narrower than this, whatever stands in it."""

Cells = list[list[TextLine]]


class TableSetter:
    """A table with its lines broken; `set` puts it on the page."""

    def __init__(self, composer: Composer, table: Table) -> None:
        self.composer = composer
        self.table = table
        self.has_header = any(table.header)
        self.columns = self._columns()
        self.caption = composer.break_text(table.caption, CAPTION, WIDTH)
        self.header = self._cells(table.header, HEADER) if self.has_header else []
        self.rows = [self._cells(row, self._kind(number)) for number, row in enumerate(table.rows)]

    @property
    def first_height(self) -> float:
        """Height of what must stay together at the start: a small table as a whole, else down to its first
        row."""
        whole = sum(map(_height, self.rows))
        rows = whole if whole <= self._full_page() * _KEPT_WHOLE else self._least(self.rows[0])
        caption = len(self.caption) * CAPTION.leading + _PADDING if self.caption else 0.0
        return caption + _height(self.header) + rows

    def set(self, parent: Tag) -> None:
        """Set the table with its tags below what is on the page."""
        self.tag = Tag("Table", parent)
        self.composer.need(self.first_height)
        if self.caption:
            self.composer.flow(self.caption, Tag("Caption", self.tag), CAPTION)
            self.composer.y -= _PADDING
        if self.has_header:
            self._set_header(Tag("TR", Tag("THead", self.tag)))
        else:
            self._rule(RULE)
        body = Tag("TBody", self.tag)
        last = len(self.rows) - 1
        for number, row in enumerate(self.rows):
            before_total = self.table.total_row and number == last - 1
            self._set_row(row, Tag("TR", body), number, _height(self.rows[last]) if before_total else 0.0)

    def _kind(self, number: int) -> Type:
        is_total = self.table.total_row and number == len(self.table.rows) - 1
        return CELL_STRONG if is_total else CELL

    # Measures

    def _full_page(self) -> float:
        return TOP - BOTTOM - _height(self.header)

    def _least(self, cells: Cells) -> float:
        """Height that a row needs on the page where it starts: all of it, or some lines of a very tall
        one."""
        height = _height(cells)
        return height if height <= self._full_page() / 2 else 4 * CELL.leading + 2 * _PADDING

    def _columns(self) -> list[tuple[float, float]]:
        """Left edge and width of each column: numbers get what they need, the other columns share the
        rest."""
        table, width = self.table, self.composer.width
        texts: list[list[tuple[str, Type]]] = []
        for place in range(len(table.rows[0])):
            cells = [(row[place], self._kind(number)) for number, row in enumerate(table.rows)]
            texts.append([(table.header[place], HEADER), *cells] if self.has_header else cells)
        natural = [max(width(text, kind) for text, kind in column) for column in texts]
        least = [
            min(
                WIDTH / 2,
                max(
                    _NARROWEST,
                    *(width(word, kind) for text, kind in column for word in text.split(" ")),
                ),
            )
            for column in texts
        ]
        loose = [place for place in range(len(texts)) if place not in table.numeric]
        widths = share_width(natural, least, WIDTH - _GUTTER * (len(texts) - 1), loose)
        columns, x = [], LEFT
        for each in widths:
            columns.append((x, each))
            x += each + _GUTTER
        return columns

    def _cells(self, row: Sequence[str], kind: Type) -> Cells:
        return [
            self.composer.break_text(text, kind, width)
            for text, (_, width) in zip(row, self.columns, strict=True)
        ]

    # Setting

    def _set_header(self, row: Tag | None) -> None:
        """The header row; without a tag it is the repetition on a later page, and no part of the text."""
        composer = self.composer
        top = composer.y - _PADDING
        for place, lines in enumerate(self.header):
            if row is None:
                composer.canvas.begin_artifact(PAGINATION)
                self._set_cell(lines, place, None, HEADER, top)
                composer.canvas.end()
            else:
                self._set_cell(lines, place, Tag("TH", row, "/O/Table/Scope/Column"), HEADER, top)
        composer.y -= _height(self.header)
        self._rule(HOUSE, 0.8)

    def _set_row(self, cells: Cells, row: Tag, number: int, keep_with: float) -> None:
        """One row. It stays whole on a page, unless it is taller than half a page."""
        composer = self.composer
        tags = [self._cell_tag(row, place) for place in range(len(cells))]
        kind = self._kind(number)
        if self.table.total_row and number == len(self.table.rows) - 1:
            self._rule(QUIET, 0.8)
        if composer.room + 0.01 < self._least(cells) + keep_with:
            self._next_page()
        start, total = 0, max(1, *map(len, cells))
        while start < total:
            fitting = max(1, int((composer.room - 2 * _PADDING + 0.01) / kind.leading))
            count = min(fitting, total - start)
            top = composer.y - _PADDING
            for place, lines in enumerate(cells):
                part = lines[start : start + count]
                if part:
                    self._set_cell(part, place, tags[place], kind, top)
            composer.y = top - count * kind.leading - _PADDING
            self._rule(RULE)
            start += count
            if start < total:
                self._next_page()

    def _cell_tag(self, row: Tag, place: int) -> Tag:
        if self.table.row_headers and place == 0:
            return Tag("TH", row, "/O/Table/Scope/Row")
        return Tag("TD", row)

    def _set_cell(
        self, lines: Sequence[TextLine], place: int, tag: Tag | None, kind: Type, top: float
    ) -> None:
        x, width = self.columns[place]
        right = x + width if place in self.table.numeric else None
        self.composer.set_lines(lines, tag, kind, x, top, right=right)

    def _next_page(self) -> None:
        self.composer.new_page()
        if self.has_header:
            self._set_header(None)

    def _rule(self, colour: tuple[float, float, float], weight: float = 0.5) -> None:
        self.composer.rule(self.composer.y, colour, weight)


def _height(cells: Cells) -> float:
    """Height of a row with its padding; nothing for no row."""
    return max(1, *map(len, cells)) * CELL.leading + 2 * _PADDING if cells else 0.0


def share_width(
    natural: Sequence[float], least: Sequence[float], available: float, loose: Sequence[int]
) -> list[float]:
    """Widths of columns that together fill `available`.

    `natural` is what each column would take unbroken, `least` what its longest word takes. If all is wide
    enough the `loose` columns (or the first, if none is) share what is over. Else columns that ask no more
    than a fair share get what they ask, and the others share the rest, never (while there is room) below
    their least.
    """
    if sum(natural) <= available:
        takers = loose or (0,)
        extra = (available - sum(natural)) / len(takers)
        return [width + extra if place in takers else width for place, width in enumerate(natural)]
    if sum(least) >= available:
        return [each * available / sum(least) for each in least]
    widths = list(least)
    open_places = set(range(len(natural)))
    over = available - sum(least)
    while open_places and over > 0.01:
        share = over / len(open_places)
        for place in sorted(open_places):
            given = min(share, natural[place] - widths[place])
            widths[place] += given
            over -= given
        open_places = {place for place in open_places if natural[place] - widths[place] > 0.01}
    return widths
