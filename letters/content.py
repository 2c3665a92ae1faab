"""What a letter says, as one frozen value.

The same value becomes the PDF, the page in the inbox and the plain text; none of the three adds or leaves out
a word. It is stored as canonical JSON with its SHA-256 digest, so that a letter can be shown again exactly as
it was sent.

Every text is made clean when the value is made: Unicode NFC, runs of white space to one space, invisible
control characters (text direction, zero width, emoji variants) left out. A no-break space stays. So a name
that was typed in another Unicode form gives the same letter, and nobody can hide or turn round text in a
decision.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

#: Written into the JSON; a change of the fields below gets a new number and a reader for the old one.
FORMAT = 1

MAX_TEXT = 20_000
"""Most characters in one text."""
MAX_COLUMNS = 6
"""Most columns of a table: more do not fit legibly on a portrait A4 page."""
MAX_PARTS = 1_000
"""Most members of one list: blocks, rows, items, lines."""

DATE = "Datum"
SENT = "Verzonden"
OUR_REFERENCE = "Ons kenmerk"
CASE_NUMBER = "Zaaknummer"
YOUR_REFERENCE = "Uw kenmerk"


class ContentError(ValueError):
    """A value cannot stand in a letter. The text is a Dutch sentence for the person who wrote it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


_NARROW_NO_BREAK_SPACE = "\u202f"
_INVISIBLE = {
    ord("\u034f"): None,
    **dict.fromkeys(range(0xFE00, 0xFE10)),
    **dict.fromkeys(range(0xE0100, 0xE01F0)),
}
_WHITE_SPACE = re.compile(r"[^\S\u00a0]+")


def clean(text: str) -> str:
    """Return `text` as it stands in a letter (see the module text)."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = unicodedata.normalize("NFC", text).replace(_NARROW_NO_BREAK_SPACE, "\u00a0").translate(_INVISIBLE)
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Cf":
            continue
        if category == "Cs":  # half a character: it cannot even be stored
            character = "\ufffd"
        kept.append(" " if category in ("Cc", "Zl", "Zp") else character)
    return _WHITE_SPACE.sub(" ", "".join(kept)).strip(" ")


class _Value:
    """Cleans and checks the fields of a frozen dataclass when it is made; lists become tuples."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            object.__setattr__(
                self, field.name, _checked(getattr(self, field.name), type(self).__name__, field.name)
            )


def _checked(value: Any, owner: str, name: str) -> Any:
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ContentError(
                f"De tekst bij {owner}.{name} is te lang: {len(value)} tekens, en er mogen er {MAX_TEXT} in. "
                "Maak de tekst korter."
            )
        return clean(value)
    if isinstance(value, (list, tuple)):
        if len(value) > MAX_PARTS:
            raise ContentError(
                f"Bij {owner}.{name} staan {len(value)} delen, en er passen er {MAX_PARTS} in. "
                "Maak de lijst korter."
            )
        return tuple(_checked(part, owner, name) for part in value)
    return value


@dataclass(frozen=True, slots=True)
class Sender(_Value):
    """Who sends the letter and whom the reader can call. Addresses are on one line each."""

    name: str
    visiting_address: str
    postal_address: str
    contact_name: str
    contact_phone: str
    contact_email: str = ""


@dataclass(frozen=True, slots=True)
class Reference(_Value):
    """One line of the reference block. Use the labels of this module (`DATE`, `SENT`, ...) for the usual
    ones."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Closing(_Value):
    """Who signs: "Namens Gedeputeerde Staten van Limburg," with name and function, and the mandate it rests
    on."""

    on_behalf: str
    name: str
    function: str
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class Link(_Value):
    """A piece of a paragraph's text that leads to an address (https, mailto or tel)."""

    text: str
    address: str

    def __post_init__(self) -> None:
        _Value.__post_init__(self)
        if not re.fullmatch(r"(https://|mailto:|tel:)[!-~]+", self.address):
            raise ContentError(
                f"Het adres «{self.address}» kan niet in een brief. "
                "Gebruik een adres dat begint met https://, mailto: of tel:."
            )
        if not self.text:
            raise ContentError(f"De link naar {self.address} heeft geen tekst.")


@dataclass(frozen=True, slots=True)
class Heading(_Value):
    """A heading inside the letter; level 2 or 3 (level 1 is the subject)."""

    text: str
    level: int = 2
    element: str = ""

    def __post_init__(self) -> None:
        _Value.__post_init__(self)
        if self.level not in (2, 3):
            raise ContentError(f"Een kop in een brief heeft niveau 2 of 3, niet {self.level}.")


@dataclass(frozen=True, slots=True)
class Paragraph(_Value):
    """One paragraph. Each link's text must stand in the text; the first place is linked."""

    text: str
    links: tuple[Link, ...] = ()
    element: str = ""

    def __post_init__(self) -> None:
        _Value.__post_init__(self)
        for link in self.links:
            if link.text not in self.text:
                raise ContentError(f"De tekst van de link, «{link.text}», staat niet in de alinea.")


@dataclass(frozen=True, slots=True)
class Items(_Value):
    """A list, with numbers or with dots."""

    items: tuple[str, ...]
    ordered: bool = False
    element: str = ""


@dataclass(frozen=True, slots=True)
class Table(_Value):
    """A table of texts. `numeric` holds the indexes of the columns that are set flush right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    row_headers: bool = True
    total_row: bool = False
    element: str = ""

    def __post_init__(self) -> None:
        _Value.__post_init__(self)
        object.__setattr__(self, "numeric", frozenset(self.numeric))
        columns = len(self.header) or (len(self.rows[0]) if self.rows else 0)
        if not 1 <= columns <= MAX_COLUMNS:
            raise ContentError(
                f"Een tabel in een brief heeft 1 tot en met {MAX_COLUMNS} kolommen, niet {columns}."
            )
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                raise ContentError(
                    f"Rij {number} van de tabel «{self.caption}» heeft {len(row)} cellen, "
                    f"maar de tabel heeft {columns} kolommen."
                )
        if not all(0 <= column < columns for column in self.numeric):
            raise ContentError(f"De tabel «{self.caption}» noemt een kolom met getallen die er niet is.")


@dataclass(frozen=True, slots=True)
class Facts(_Value):
    """Labels with their values, shown as a table of two columns whose first column heads the row."""

    pairs: tuple[tuple[str, str], ...]
    caption: str = ""
    element: str = ""

    def __post_init__(self) -> None:
        _Value.__post_init__(self)
        if any(len(pair) != 2 for pair in self.pairs):
            raise ContentError("Een gegeven in een brief bestaat uit een naam en een waarde.")


Block = Heading | Paragraph | Items | Table | Facts
_BLOCKS: dict[str, type[Block]] = {
    cls.__name__.lower(): cls for cls in (Heading, Paragraph, Items, Table, Facts)
}


@dataclass(frozen=True, slots=True)
class Letter(_Value):
    """A letter, complete.

    `kind` is an id of `letters.kinds`. `date` is the day printed in the letter (for a decision: the day of
    sending); it also dates the PDF. `addressee` holds the lines of the address window. `representative` is
    filled when somebody acts for the addressee. `element` of a block names the must-elements that the block
    fulfils, separated by spaces.
    """

    kind: str
    subject: str
    date: date
    sender: Sender
    addressee: tuple[str, ...]
    reference: tuple[Reference, ...]
    salutation: str
    body: tuple[Block, ...]
    closing: Closing
    representative: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    language: str = "nl-NL"

    def to_json(self) -> str:
        """Canonical JSON: keys sorted, no spaces, UTF-8 kept; equal letters give equal text."""
        data = {"format": FORMAT, **_plain(self)}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Letter:
        """The letter that `to_json` wrote. Raises `ContentError` on a format this release cannot read."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
            raise ContentError("Deze opgeslagen brief heeft een opmaak die dit programma niet kent.")
        try:
            letter = _revived(cls, data)
        except (AttributeError, KeyError, TypeError) as error:
            raise ContentError(f"Deze opgeslagen brief is niet volledig: {error}.") from error
        assert isinstance(letter, cls)
        return letter

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def reference_value(self, label: str) -> str:
        """The value beside `label` in the reference block, or an empty text."""
        return next((line.value for line in self.reference if line.label == label), "")


def block_texts(block: Block) -> Iterator[str]:
    """Every text that the block shows, in reading order."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Items():
            yield from block.items
        case Table():
            yield block.caption
            yield from block.header
            for row in block.rows:
                yield from row
        case Facts():
            yield block.caption
            for pair in block.pairs:
                yield from pair


def block_to_plain(block: Block) -> dict[str, Any]:
    """One block as plain data, ready for JSON; `block_from_plain` gives it back."""
    data: dict[str, Any] = _plain(block)
    return data


def block_from_plain(data: Mapping[str, Any]) -> Block:
    """The block that `block_to_plain` wrote. Raises `ContentError` when the data is no block."""
    try:
        block: Block = _revived(Block, data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContentError(f"Dit opgeslagen deel van een brief is niet volledig: {error}.") from error
    return block


def _plain(value: Any) -> Any:
    """Dataclasses to JSON values; a block says in `block` which it is."""
    if isinstance(value, _Value):
        data = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]
        name = type(value).__name__.lower()
        return {"block": name, **data} if name in _BLOCKS else data
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _revived(wanted: Any, data: Any) -> Any:
    """The inverse of `_plain`, led by the type hints of the fields."""
    if wanted == Block:
        rest = dict(data)
        return _revived(_BLOCKS[rest.pop("block")], rest)
    if isinstance(wanted, type) and issubclass(wanted, _Value):
        if not isinstance(data, Mapping):
            raise TypeError(f"{wanted.__name__} is geen lijst van velden")
        hints = _hints(wanted)
        unknown = data.keys() - hints.keys()
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        return wanted(**{name: _revived(hints[name], part) for name, part in data.items()})
    if get_origin(wanted) is tuple:
        parts = get_args(wanted)
        member = parts[0]
        return tuple(_revived(member, part) for part in data)
    if get_origin(wanted) is frozenset:
        return frozenset(data)
    if wanted is date:
        return date.fromisoformat(data)
    if not isinstance(data, wanted if wanted is not None else NoneType):
        raise TypeError(f"{data!r} is geen {wanted.__name__}")
    return data


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        # The field `date` of Letter has the name of its type: resolve against the module, not the class.
        _HINTS[cls] = get_type_hints(cls, localns={"date": date})
    return _HINTS[cls]
