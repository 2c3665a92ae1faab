"""From a text and the values of a case to the subject and body of a letter. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from letters.content import Block, ContentError, Heading, Items, Paragraph
from letters.texts.template import FACT, Form, Part, Template
from letters.texts.values import Values


class NotFilled(ContentError):
    """A text names something that this case does not have. The letter waits; the sentence is for people."""


def fill(template: Template, values: Values) -> tuple[str, tuple[Block, ...]]:
    """Subject and body. Parts whose condition does not hold stand nowhere, nor does a heading with nothing below it.

    Raises `NotFilled` for a fact or block that the values lack, and `ContentError` for what is too long for a letter.
    """
    subject: list[str] = []
    body: list[Block] = []
    heading: Heading | None = None
    for part in template.parts:
        if not part.holds(values.conditions):
            continue
        if part.form == Form.SUBJECT:
            subject.append(_filled(part, part.text, template.kind, values))
        elif part.form == Form.HEADING:
            heading = Heading(_filled(part, part.text, template.kind, values))
        elif part.form == Form.CONTINUES and heading is None and body and isinstance(body[-1], Paragraph):
            body[-1] = _continued(body[-1], _filled(part, part.text, template.kind, values), part)
        else:
            blocks = _blocks(part, template.kind, values)
            if blocks and heading is not None:
                body.append(heading)
                heading = None
            body += blocks
    return " ".join(subject), tuple(body)


def with_paragraphs(body: tuple[Block, ...], paragraphs: Mapping[str, str]) -> tuple[Block, ...]:
    """The body with a scheme's own paragraphs by element, each after the last block of its element.

    The decision stays in the first paragraph; a paragraph whose element is not there comes at the end.
    """
    blocks = list(body)
    for element, text in paragraphs.items():
        places = [place for place, block in enumerate(blocks) if element in block.element.split()]
        blocks.insert(places[-1] + 1 if places else len(blocks), Paragraph(text, element=element))
    return tuple(blocks)


def _blocks(part: Part, kind: str, values: Values) -> tuple[Block, ...]:
    element = " ".join(part.elements)
    if part.form == Form.BLOCK:
        if part.block not in values.blocks:
            raise NotFilled(
                f"De tekst van brief {kind} noemt bij «{part.name}» het blok {part.block}, en dat is er niet in deze zaak. "
                "De brief wacht. Vraag de regelingbeheerder om de tekst aan te passen."
            )
        return values.blocks[part.block]
    if part.form in (Form.LIST, Form.NUMBERED):
        items = tuple(text for line in part.text.splitlines() if (text := _filled(part, line, kind, values)))
        return (Items(items, ordered=part.form == Form.NUMBERED, element=element),) if items else ()
    text = _filled(part, part.text, kind, values)
    return (Paragraph(text, element=element),) if text else ()


def _continued(before: Paragraph, text: str, part: Part) -> Paragraph:
    elements = dict.fromkeys((*before.element.split(), *part.elements))
    return replace(before, text=f"{before.text} {text}".strip(), element=" ".join(elements))


def _filled(part: Part, text: str, kind: str, values: Values) -> str:
    def value(name: str) -> str:
        if name not in values.facts:
            raise NotFilled(
                f"De tekst van brief {kind} noemt bij «{part.name}» het gegeven {name}, en dat is er niet in deze zaak. "
                "De brief wacht. Vraag de regelingbeheerder om de tekst aan te passen."
            )
        return values.facts[name]

    return FACT.sub(lambda found: value(found[1]), text).strip()
