"""The notation in which the texts of a release are written down: one header line a part, then its text.

    [decision_term : decision_term | has_decision_day]
    U krijgt uiterlijk {decision_due_on} een besluit van ons.

After the colon stand the must-elements, after the bar the conditions. What the text starts with says how it is set:
`= ` the subject, `# ` a heading, `+ ` goes on in the paragraph before it, `- ` and `1. ` a list with an item a line,
`{blok:name}` a table or list that code makes. `@name | conditions` puts the shared parts of that name here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from letters.texts.template import BLOCK, NAME, Form, Part

_HEADER = re.compile(r"\[\s*([a-z][a-z0-9_]*)\s*(?::([^|\]]*))?(?:\|([^\]]*))?\]")
_SHARED = re.compile(r"@([a-z][a-z0-9_]*)\s*(?:\|(.*))?")
_MARKS = {"= ": Form.SUBJECT, "# ": Form.HEADING, "+ ": Form.CONTINUES}


class NotationError(ValueError):
    """A file with letter texts that cannot be read; names the line."""


def parse(text: str, shared: Mapping[str, tuple[Part, ...]] | None = None) -> tuple[Part, ...]:
    """The parts that the text writes down. Raises `NotationError`."""
    parts: list[Part] = []
    header: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None
    lines: list[str] = []

    def close() -> None:
        if header is not None:
            parts.append(_part(*header, lines))

    for number, line in enumerate(text.strip("\n").splitlines(), 1):
        found, included = _HEADER.fullmatch(line.strip()), _SHARED.fullmatch(line.strip())
        if found or included:
            close()
            header, lines = None, []
        if found:
            header = (found[1], tuple((found[2] or "").split()), _conditions(found[3]))
        elif included:
            if shared is None or included[1] not in shared:
                raise NotationError(f"regel {number}: er zijn geen gedeelde alinea's met de naam {included[1]}")
            parts += (replace(part, when=_conditions(included[2]) + part.when) for part in shared[included[1]])
        elif line.strip():
            if header is None:
                raise NotationError(f"regel {number}: deze tekst staat niet onder een naam")
            lines.append(line.strip())
    close()
    names = [part.name for part in parts]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise NotationError(f"deze namen staan er twee keer: {', '.join(sorted(twice))}")
    return tuple(parts)


def _conditions(text: str | None) -> tuple[str, ...]:
    found = tuple(" ".join(name.split()) for name in (text or "").split(",") if name.strip())
    for name in found:
        if not NAME.fullmatch(name.removeprefix("not ")):
            raise NotationError(f"«{name}» is geen voorwaarde")
    return found


def _part(name: str, elements: tuple[str, ...], when: tuple[str, ...], lines: list[str]) -> Part:
    if not lines:
        raise NotationError(f"het deel {name} heeft geen tekst")
    form, text = Form.PARAGRAPH, " ".join(lines)
    if all(line.startswith("- ") for line in lines):
        form, text = Form.LIST, "\n".join(line[2:] for line in lines)
    elif all(re.match(r"\d+\. ", line) for line in lines):
        form, text = Form.NUMBERED, "\n".join(line.split(" ", 1)[1] for line in lines)
    elif BLOCK.fullmatch(text):
        form = Form.BLOCK
    elif text[:2] in _MARKS:
        form, text = _MARKS[text[:2]], text[2:].strip()
    return Part(name=name, text=text, form=form, elements=elements, when=when)
