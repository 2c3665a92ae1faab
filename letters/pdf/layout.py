"""The letter on paper: letterhead, address window, reference block, body, signature, footers."""

from __future__ import annotations

from collections.abc import Sequence

from letters.content import CASE_NUMBER, OUR_REFERENCE, Heading, Items, Letter, Paragraph, Table
from letters.pdf.concept import set_notice, set_watermark
from letters.pdf.fonts import font_set
from letters.pdf.linebreak import TextLine
from letters.pdf.sheet import (
    ACCENT,
    ADDRESS,
    BODY,
    BOTTOM,
    HEADINGS,
    HOUSE,
    LABEL,
    LEFT,
    MM,
    NAME,
    PAGE,
    RIGHT,
    SMALL,
    STRONG,
    TITLE,
    TOP,
    WIDTH,
    Composer,
    OffPage,
    Type,
)
from letters.pdf.table import TableSetter
from letters.pdf.tagging import LAYOUT, Tag
from letters.rendering.order import Line, Lines, Part, Role, Title, item_label, link_pieces, part_texts, place

_WINDOW_TOP = PAGE[1] - 50 * MM
_ASIDE = LEFT + 2 * WIDTH / 3
_ASIDE_TOP = PAGE[1] - 38 * MM
_AFTER_WINDOW = PAGE[1] - 88 * MM
_REFERENCE_COLUMNS = 3
_ITEM_INDENT = 18.0
_PARAGRAPH_GAP = 7.0
_TABLE_GAP = 4.0
_SIGNATURE_GAP = 16.0


class MissingGlyph(ValueError):
    """A character of the letter is in no font. The text is a Dutch sentence for the person who wrote it."""

    def __init__(self, field: str, character: str, text: str) -> None:
        around = text if len(text) <= 60 else f"{_around(text, character)}"
        self.field = field
        self.character = character
        self.sentence = (
            f"Het teken «{character}» (U+{ord(character):04X}) in {field} kan niet worden afgedrukt. "
            f"Het staat in «{around}». Vervang het door een ander teken."
        )
        super().__init__(self.sentence)


def _around(text: str, character: str) -> str:
    at = text.index(character)
    start, end = max(0, at - 25), at + 26
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def check_characters(parts: Sequence[Part]) -> None:
    """Raise `MissingGlyph` at the first character that cannot be printed."""
    known = font_set().known
    for part in parts:
        for text in part_texts(part):
            if not known.issuperset(text):
                character = next(each for each in text if each not in known)
                raise MissingGlyph(place(part), character, text)


def unprintable(lines: Sequence[str]) -> str:
    """The first character of these lines that no font has; '' when all can be printed."""
    known = font_set().known
    return next((character for line in lines for character in line if character not in known), "")


class DoesNotFit(ValueError):
    """A text is too long for the place it has. The text is a Dutch sentence for the person who wrote it."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.sentence = f"De tekst van {field} past niet op de bladzijde. Maak de tekst korter."
        super().__init__(self.sentence)


class LetterLayout:
    """Sets the parts of one letter on pages."""

    def __init__(self, letter: Letter, parts: Sequence[Part], *, concept: bool = False) -> None:
        self.letter = letter
        self.concept = concept
        self.parts = parts
        self.composer = Composer(letter.language)
        self.root = self.composer.canvas.root
        self._address_end = _WINDOW_TOP
        self._tables: dict[int, TableSetter] = {}

    def set(self) -> None:
        """Set everything, then what can only be set when the number of pages is known."""
        self.composer.y = _AFTER_WINDOW
        if self.concept:
            set_notice(self.composer, self.root)
        for number, part in enumerate(self.parts):
            try:
                self._set(part, self.parts[number + 1 :])
            except OffPage as error:
                raise DoesNotFit(place(part)) from error
        self._set_margins()

    def _set(self, part: Part, following: Sequence[Part]) -> None:
        match part:
            case Lines(role=Role.SENDER):
                self._set_sender(part)
            case Lines(role=Role.ADDRESSEE | Role.REPRESENTATIVE):
                self._set_address(part)
            case Lines(role=Role.REFERENCE):
                self._set_reference(part)
            case Lines():
                self._set_closing(part)
            case Title():
                self._set_heading(part.text, "H1", TITLE, 0, before=6, after=8, keep_with=3 * BODY.leading)
            case Heading():
                kind = HEADINGS[part.level]
                keep = self._height_kept_below(following)
                level = part.level - 1
                self._set_heading(part.text, f"H{part.level}", kind, level, before=8, after=2, keep_with=keep)
            case Paragraph():
                lines = self.composer.break_text(link_pieces(part), BODY, WIDTH)
                self.composer.flow(lines, Tag("P", self.root), BODY)
                self.composer.y -= _PARAGRAPH_GAP
            case Items():
                self._set_items(part)
            case Table():
                self.composer.y -= _TABLE_GAP
                self._table(part).set(self.root)
                self.composer.y -= _PARAGRAPH_GAP + 5

    def _table(self, part: Table) -> TableSetter:
        if id(part) not in self._tables:
            self._tables[id(part)] = TableSetter(self.composer, part)
        return self._tables[id(part)]

    def _height_kept_below(self, following: Sequence[Part]) -> float:
        """Height that must be left below a heading, so that it never stands alone at the foot of a page."""
        match following[0] if following else None:
            case Heading() as next_heading:
                return 2 * HEADINGS[next_heading.level].leading + self._height_kept_below(following[1:])
            case Table() as table:
                return self._table(table).first_height + _TABLE_GAP
            case _:
                return 3 * BODY.leading

    # The first page

    def _set_sender(self, part: Lines) -> None:
        composer = self.composer
        y = _ASIDE_TOP
        for line in part.lines:
            if not line.label:
                self._set_name(line)
                continue
            tag = Tag("P", self.root)
            label = composer.break_text(f"{line.label} ", LABEL, RIGHT - _ASIDE)
            composer.set_lines([_spaced(each) for each in label], tag, LABEL, _ASIDE, y)
            y -= LABEL.leading
            lines = composer.break_text(line.text, SMALL, RIGHT - _ASIDE)
            composer.set_lines(lines, tag, SMALL, _ASIDE, y)
            y -= len(lines) * SMALL.leading + 3.5
        composer.y = min(composer.y, y - 8)

    def _set_name(self, name: Line) -> None:
        composer, canvas = self.composer, self.composer.canvas
        top = PAGE[1] - 16 * MM
        canvas.begin_artifact(LAYOUT)
        canvas.setFillColorRGB(*HOUSE)
        canvas.rect(LEFT, top - 24, 5, 24, stroke=0, fill=1)
        canvas.setFillColorRGB(*ACCENT)
        canvas.rect(LEFT + 6.5, top - 24, 2, 24, stroke=0, fill=1)
        canvas.end()
        lines = composer.break_text(name.text, NAME, WIDTH - 18)
        composer.set_lines(lines, Tag("P", self.root), NAME, LEFT + 17, top - 1)

    def _set_address(self, part: Lines) -> None:
        composer = self.composer
        is_addressee = part.role is Role.ADDRESSEE
        top = _WINDOW_TOP if is_addressee else self._address_end - 6
        kind = ADDRESS if is_addressee else SMALL
        tag = Tag("P", self.root)
        for number, line in enumerate(part.lines):
            text = f"{line.label} {line.text}" if line.label else line.text
            lines = composer.break_text(text, kind, _ASIDE - LEFT - 14)
            if number + 1 < len(part.lines):
                lines[-1] = _spaced(lines[-1])
            composer.set_lines(lines, tag, kind, LEFT, top)
            top -= len(lines) * kind.leading
        self._address_end = top
        composer.y = min(composer.y, top - 14)

    def _set_reference(self, part: Lines) -> None:
        """Labels with their values below, in columns, read row by row."""
        composer = self.composer
        width = WIDTH / _REFERENCE_COLUMNS
        for start in range(0, len(part.lines), _REFERENCE_COLUMNS):
            row = part.lines[start : start + _REFERENCE_COLUMNS]
            values = [composer.break_text(line.text, BODY, width - 8) for line in row]
            for column, (line, lines) in enumerate(zip(row, values, strict=True)):
                tag, x = Tag("P", self.root), LEFT + column * width
                if line.label:
                    label = composer.break_text(line.label, LABEL, width - 8)
                    composer.set_lines([_spaced(each) for each in label], tag, LABEL, x, composer.y)
                composer.set_lines(lines, tag, BODY, x, composer.y - LABEL.leading)
            composer.y -= LABEL.leading + max(map(len, values)) * BODY.leading + 5
        composer.y -= 3
        composer.rule(composer.y)
        composer.y -= 10

    # The body

    def _set_heading(
        self, text: str, role: str, kind: Type, level: int, *, before: float, after: float, keep_with: float
    ) -> None:
        composer = self.composer
        lines = composer.break_text(text, kind, WIDTH)
        height = len(lines) * kind.leading
        if not composer.need(before + height + after + keep_with):
            composer.y -= before
        composer.canvas.add_bookmark(text, level, composer.y + 4)
        composer.flow(lines, Tag(role, self.root), kind)
        composer.y -= after

    def _set_items(self, part: Items) -> None:
        composer = self.composer
        numbering = "Decimal" if part.ordered else "Disc"
        items = Tag("L", self.root, f"/O/List/ListNumbering/{numbering}")
        indent = max(_ITEM_INDENT, composer.width(f"{len(part.items)}.", BODY) + 6)
        for number, text in enumerate(part.items, 1):
            lines = composer.break_text(text, BODY, WIDTH - indent)
            composer.need(min(len(lines), 2 if len(lines) != 3 else 3) * BODY.leading)
            item = Tag("LI", items)
            label = composer.break_text(item_label(part, number), BODY, indent)
            composer.set_lines([_spaced(each) for each in label], Tag("Lbl", item), BODY, LEFT, composer.y)
            composer.flow(lines, Tag("LBody", item), BODY, x=LEFT + indent)
            composer.y -= 3
        composer.y -= _PARAGRAPH_GAP - 3

    def _set_closing(self, part: Lines) -> None:
        composer, letter = self.composer, self.letter
        kinds = {letter.closing.name: STRONG, letter.closing.mandate: SMALL}
        gaps = {letter.closing.on_behalf: _SIGNATURE_GAP, letter.closing.function: _PARAGRAPH_GAP}
        lines = [(line.text, kinds.get(line.text, BODY), gaps.get(line.text, 0.0)) for line in part.lines]
        broken = [(composer.break_text(text, kind, WIDTH), kind, gap) for text, kind, gap in lines]
        height = sum(len(each) * kind.leading + gap for each, kind, gap in broken)
        if not composer.need(min(height + 10, TOP - BOTTOM)):
            composer.y -= 10
        for each, kind, gap in broken:
            composer.flow(each, Tag("P", self.root), kind)
            composer.y -= gap
        composer.y -= _PARAGRAPH_GAP

    # The margins of all pages

    def _set_margins(self) -> None:
        canvas = self.composer.canvas
        total = len(canvas.sheets)
        for number in range(1, total + 1):
            canvas.go_to(number - 1)
            if self.concept:
                set_watermark(self.composer)
            self._set_footer(number, total)
            if number > 1:
                self._set_head()

    def _set_footer(self, number: int, total: int) -> None:
        reference = self.letter.reference_value(OUR_REFERENCE)
        left = f"{OUR_REFERENCE} {reference}" if reference else ""
        self._set_margin_line(
            left, f"Pagina {number} van {total}", 17 * MM, "/Type/Pagination/Subtype/Footer"
        )

    def _set_head(self) -> None:
        case = self.letter.reference_value(CASE_NUMBER)
        right = f"{CASE_NUMBER} {case}" if case else ""
        top = PAGE[1] - 16 * MM
        self._set_margin_line(self.letter.sender.name, right, top, "/Type/Pagination/Subtype/Header")
        self.composer.rule(top - LABEL.leading - 3)

    def _set_margin_line(self, left: str, right: str, top: float, properties: str) -> None:
        composer = self.composer
        composer.canvas.begin_artifact(properties)
        for text, edge in ((left, None), (right, RIGHT)):
            lines = composer.break_text(text, LABEL, WIDTH / 2 - 6)
            composer.set_lines(lines[:1], None, LABEL, LEFT, top, right=edge)
        composer.canvas.end()


def _spaced(line: TextLine) -> TextLine:
    """The line with a space after it, so that what follows in the same tag is another word."""
    text, address = line.pieces[-1]
    if text.endswith(" "):
        return line
    return TextLine((*line.pieces[:-1], (f"{text} ", address)), line.width)
