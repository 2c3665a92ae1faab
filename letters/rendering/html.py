"""The letter as a piece of HTML for the inbox page: the same words, in headings, lists and tables that say
what they are."""

from __future__ import annotations

from html import escape
from itertools import groupby

from letters.content import Heading, Items, Letter, Paragraph, Table
from letters.rendering.order import Line, Lines, Part, Role, Title, link_pieces, reading_order


def render_html(letter: Letter, *, deeper: int = 0) -> str:
    """An `article` element; every text is escaped. The subject is its `h1`, or a heading so many levels `deeper`, for a
    page that has an `h1` of its own."""
    parts = "\n".join(_html(part, deeper) for part in reading_order(letter))
    language = escape(letter.language, quote=True)
    return f'<article class="letter" lang="{language}">\n{parts}\n</article>\n'


def _html(part: Part, deeper: int) -> str:
    match part:
        case Lines():
            return _lines(part)
        case Title():
            return f'<h{1 + deeper} class="letter-title">{escape(part.text)}</h{1 + deeper}>'
        case Heading():
            level = min(part.level + deeper, 6)
            return f"<h{level}>{escape(part.text)}</h{level}>"
        case Paragraph():
            return f"<p>{_paragraph(part)}</p>"
        case Items():
            tag = "ol" if part.ordered else "ul"
            items = "".join(f"<li>{escape(text)}</li>" for text in part.items)
            return f"<{tag}>{items}</{tag}>"
        case Table():
            return _table(part)


def _lines(part: Lines) -> str:
    groups = []
    for labelled, lines in groupby(part.lines, key=lambda line: bool(line.label)):
        write = _definitions if labelled else _address
        groups.append(write(tuple(lines)))
    tag = {Role.SENDER: "header", Role.CLOSING: "footer"}.get(part.role, "div")
    return f'<{tag} class="letter-{part.role}">{"".join(groups)}</{tag}>'


def _definitions(lines: tuple[Line, ...]) -> str:
    pairs = "".join(f"<dt>{escape(line.label)}</dt><dd>{escape(line.text)}</dd>" for line in lines)
    return f"<dl>{pairs}</dl>"


def _address(lines: tuple[Line, ...]) -> str:
    return f"<p>{'<br>'.join(escape(line.text) for line in lines)}</p>"


def _paragraph(part: Paragraph) -> str:
    pieces = []
    for text, link in link_pieces(part):
        if link:
            pieces.append(f'<a href="{escape(link, quote=True)}">{escape(text)}</a>')
        else:
            pieces.append(escape(text))
    return "".join(pieces)


def _table(part: Table) -> str:
    caption = f"<caption>{escape(part.caption)}</caption>" if part.caption else ""
    head = ""
    if any(part.header):
        cells = "".join(
            f'<th scope="col"{_numeric(part, place)}>{escape(text)}</th>'
            for place, text in enumerate(part.header)
        )
        head = f"<thead><tr>{cells}</tr></thead>"
    rows = "".join(_row(part, number, row) for number, row in enumerate(part.rows, 1))
    return f"<table>{caption}{head}<tbody>{rows}</tbody></table>"


def _row(part: Table, number: int, row: tuple[str, ...]) -> str:
    cells = []
    for place, text in enumerate(row):
        is_header = part.row_headers and place == 0
        tag, scope = ("th", ' scope="row"') if is_header else ("td", "")
        cells.append(f"<{tag}{scope}{_numeric(part, place)}>{escape(text)}</{tag}>")
    total = ' class="total"' if part.total_row and number == len(part.rows) else ""
    return f"<tr{total}>{''.join(cells)}</tr>"


def _numeric(part: Table, place: int) -> str:
    return ' class="numeric"' if place in part.numeric else ""
