"""The same letter as a document of Typst, to measure beside ours: the words and the order are those of the letter itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

from letters.content import Heading, Items, Letter, Paragraph, Table
from letters.rendering.order import Lines, Title, reading_order

HEAD = """#set document(title: {title})
#set text(lang: "nl", font: "Noto Sans", size: 10.5pt)
#set page(paper: "a4", margin: (x: 20mm, y: 25mm), footer: context [Pagina #counter(page).display() van #counter(page).final().first()])
"""


def typst_source(letter: Letter) -> str:
    """A whole Typst document; every text goes in as a string, so that nothing in it is read as markup."""
    return HEAD.format(title=_string(letter.subject)) + "\n\n".join(_parts(letter))


def _parts(letter: Letter) -> Iterator[str]:
    for part in reading_order(letter):
        match part:
            case Lines():
                yield " \\\n".join(f"#{_string(f'{line.label}: {line.text}' if line.label else line.text)}" for line in part.lines)
            case Title():
                yield f"= #{_string(part.text)}"
            case Heading():
                yield f"{'=' * part.level} #{_string(part.text)}"
            case Paragraph():
                yield f"#{_string(part.text)}"
            case Items():
                yield "\n".join(f"{'+' if part.ordered else '-'} #{_string(text)}" for text in part.items)
            case Table():
                yield _table(part)


def _table(part: Table) -> str:
    columns = len(part.header) or len(part.rows[0])
    cells = [f"[#{_string(text)}]" for row in part.rows for text in row]
    header = [f"table.header({', '.join(f'[#{_string(text)}]' for text in part.header)})"] if part.header else []
    return f"#table(columns: {columns}, {', '.join(header + cells)})"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
