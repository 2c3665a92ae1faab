"""The editor's form: one row a part, as it was typed. Whatever is typed comes back on the page, right or wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from grants.kernel.typed import whole_number
from letters.texts.template import NAME, NOT, Form, Part, Template

FORMS = {
    Form.SUBJECT: _("onderwerp van de brief"),
    Form.HEADING: _("kop"),
    Form.PARAGRAPH: _("alinea"),
    Form.CONTINUES: _("gaat door in de alinea erboven"),
    Form.LIST: _("lijst: elke regel een punt"),
    Form.NUMBERED: _("lijst met nummers: elke regel een punt"),
    Form.BLOCK: _("tabel of lijst van het systeem"),
}
_FIELDS = ("name", "form", "text", "when", "elements")
MOST_ROWS = 400
"""More rows than any letter has; what a browser sends beyond them is not read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One part as it stands in the form. `is_known`: a part that was there before, whose name stays."""

    name: str
    form: str
    text: str
    when: str
    elements: str
    is_known: bool = True

    @property
    def lines(self) -> int:
        """How high the text field is."""
        return min(12, max(1 if self.form in ("heading", "subject", "block") else 2, len(self.text) // 60 + 1, self.text.count("\n") + 1))

    def part(self) -> Part:
        form = Form(self.form) if self.form in list(Form) else Form.PARAGRAPH
        lines = [" ".join(line.split()) for line in self.text.splitlines()]
        text = "\n".join(line for line in lines if line) if form in (Form.LIST, Form.NUMBERED) else " ".join(line for line in lines if line)
        return Part(name=self.name.strip(), text=text, form=form, elements=tuple(self.elements.split()), when=_conditions(self.when))


def _conditions(typed: str) -> tuple[str, ...]:
    found = []
    for name in typed.replace(";", ",").split(","):
        words = name.split()
        if words:
            found.append(NOT + " ".join(words[1:]) if words[0] in ("niet", "not") and len(words) > 1 else " ".join(words))
    return tuple(found)


def rows_of(template: Template) -> list[Row]:
    return [
        Row(part.name, str(part.form), part.text, ", ".join(name.replace(NOT, "niet ") for name in part.when), " ".join(part.elements))
        for part in template.parts
    ]


def typed_rows(data: QueryDict) -> list[Row]:
    """The rows as they were sent, in order."""
    count = data.get("rows", "0")
    most = min(whole_number(count) or 0, MOST_ROWS)
    found = []
    for place in range(most):
        values = {field: data.get(f"{field}-{place}", "") for field in _FIELDS}
        found.append(Row(**values, is_known=data.get(f"known-{place}") == "1"))
    return found


def template_of(kind: str, rows: list[Row]) -> Template:
    """The text that these rows are; a row without a text is left out."""
    return Template(kind=kind, parts=tuple(part for row in rows if (part := row.part()).text))


def changed(rows: list[Row], asked: str) -> tuple[list[Row], int]:
    """The rows after a button `up:3`, `down:3`, `add:3` or `drop:3`, and the place to go to. Something else changes nothing."""
    act, _colon, number = asked.partition(":")
    found = whole_number(number)
    place = -1 if found is None else found
    rows = list(rows)
    if not 0 <= place < len(rows):
        return rows, 0
    if act == "up" and place > 0:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
        return rows, place - 1
    if act == "down" and place + 1 < len(rows):
        rows[place + 1], rows[place] = rows[place], rows[place + 1]
        return rows, place + 1
    if act == "add":
        rows.insert(place + 1, Row(_free(rows), str(Form.PARAGRAPH), "", "", "", is_known=False))
        return rows, place + 1
    if act == "drop":
        rows[place] = replace(rows[place], text="")
    return rows, place


def _free(rows: list[Row]) -> str:
    taken = {row.name for row in rows}
    return next(name for number in range(1, len(rows) + 2) if (name := f"alinea_{number}") not in taken and NAME.fullmatch(name))
