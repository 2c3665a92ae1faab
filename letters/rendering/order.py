"""The reading order of a letter: the one sequence that the plain text, the HTML and the PDF all follow.

What a renderer may not do is add or leave out a word; so every fixed word of a letter (the labels of the
sender block, the heading above the attachments) is put in here, and empty optional parts are left out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from letters.content import Block, Facts, Heading, Items, Letter, Paragraph, Table, block_texts


class Role(StrEnum):
    """What a group of lines is."""

    SENDER = "sender"
    ADDRESSEE = "addressee"
    REPRESENTATIVE = "representative"
    REFERENCE = "reference"
    CLOSING = "closing"


_PLACES = {
    Role.SENDER: "de afzender",
    Role.ADDRESSEE: "de geadresseerde",
    Role.REPRESENTATIVE: "de gemachtigde",
    Role.REFERENCE: "het kenmerk",
    Role.CLOSING: "de ondertekening",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a group: a text, with a label before it or none."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines that belong together, such as an address."""

    role: Role
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The subject: the one heading of level 1."""

    text: str


Part = Lines | Title | Heading | Paragraph | Items | Table


def reading_order(letter: Letter) -> tuple[Part, ...]:
    """Every part of the letter that has content, in the order in which it is read."""
    return tuple(_parts(letter))


def _parts(letter: Letter) -> Iterator[Part]:
    sender = letter.sender
    yield from _lines(
        Role.SENDER,
        Line(sender.name),
        Line(sender.visiting_address, "Bezoekadres"),
        Line(sender.postal_address, "Postadres"),
        Line(sender.contact_name, "Contactpersoon"),
        Line(sender.contact_phone, "Telefoon"),
        Line(sender.contact_email, "E-mail"),
    )
    yield from _lines(Role.ADDRESSEE, *map(Line, letter.addressee))
    represented = [Line(text) for text in letter.representative if text]
    if represented:
        represented[0] = Line(represented[0].text, "Gemachtigde")
        yield from _lines(Role.REPRESENTATIVE, *represented)
    yield from _lines(Role.REFERENCE, *(Line(line.value, line.label) for line in letter.reference))
    if letter.subject:
        yield Title(letter.subject)
    if letter.salutation:
        yield Paragraph(letter.salutation)
    for block in letter.body:
        yield from _block(block)
    closing = letter.closing
    yield from _lines(
        Role.CLOSING,
        Line(closing.on_behalf),
        Line(closing.name),
        Line(closing.function),
        Line(closing.mandate),
    )
    attachments = tuple(text for text in letter.attachments if text)
    if attachments:
        yield Heading("Bijlage" if len(attachments) == 1 else "Bijlagen")
        yield Items(attachments, ordered=True)


def _lines(role: Role, *lines: Line) -> Iterator[Lines]:
    filled = tuple(line for line in lines if line.text)
    if filled:
        yield Lines(role, filled)


def _block(block: Block) -> Iterator[Part]:
    match block:
        case Heading() | Paragraph():
            if block.text:
                yield block
        case Items():
            filled = tuple(item for item in block.items if item)
            if filled:
                yield Items(filled, block.ordered, block.element)
        case Table():
            if block.rows:
                yield block
        case Facts():
            pairs = tuple(pair for pair in block.pairs if pair[1])
            if pairs:
                yield Table(block.caption, (), pairs, element=block.element)


def part_texts(part: Part) -> Iterator[str]:
    """Every text in the part, in reading order; the numbers of a list are not among them."""
    match part:
        case Lines():
            for line in part.lines:
                yield line.label
                yield line.text
        case Title():
            yield part.text
        case _:
            yield from block_texts(part)


def place(part: Part) -> str:
    """Where in the letter the part is, as a message to its writer calls it."""
    match part:
        case Lines():
            return _PLACES[part.role]
        case Title():
            return "het onderwerp"
        case Heading():
            return "een kop"
        case Items():
            return "een lijst"
        case Table():
            return f"de tabel «{part.caption}»" if part.caption else "een tabel"
        case Paragraph():
            return "een alinea"


def item_label(items: Items, number: int) -> str:
    """What stands before an item: "1." or a dot."""
    return f"{number}." if items.ordered else "•"


def link_pieces(part: Paragraph) -> list[tuple[str, str]]:
    """The paragraph cut up into (text, address); the address is empty where nothing is linked."""
    spots = sorted((part.text.index(link.text), link.text, link.address) for link in part.links)
    pieces, end = [], 0
    for start, text, address in spots:
        if start < end:
            continue
        pieces += [(part.text[end:start], ""), (text, address)]
        end = start + len(text)
    pieces.append((part.text[end:], ""))
    return [piece for piece in pieces if piece[0]]
