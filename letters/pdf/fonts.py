"""The fonts of a letter: where they are, which characters they have, and the subsets that go into a PDF.

Noto Sans holds every Latin, Greek and Cyrillic letter; Noto Emoji (monochrome) stands in for signs it lacks.
A character that neither has is refused before a letter is made, never printed as an empty box.

Most letters need one fixed set of characters (`COMMON`), so its subset is made once per process and shared by
all letters. What a letter needs beyond it goes into small subsets of its own, in the order in which the
letter uses it, so that equal letters stay equal bytes.
"""

from __future__ import annotations

import hashlib
import os
import string
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFontFace

from letters.pdf.objects import RawObject, reference_text, stream

_ROOT = Path(__file__).resolve().parents[2]
_FONTS_VARIABLE = "VERLEEND_FONTS"

NO_BREAK_SPACE = "\u00a0"
COMMON = (
    string.digits
    + string.ascii_letters
    + string.punctuation
    + " \u00a0"
    + "€‘’“”„–—•…·«»°§²³½"
    + "áàâäãåæçéèêëíìîïñóòôöõøœßúùûüýÿ"
    + "ÁÀÂÄÅÆÇÉÈÊËÍÎÏÑÓÒÔÖØŒÚÙÛÜ"
    + "ğışİŞłńšžčćřěůőűăąęţđ"
)

#: Scripts that Noto Sans has, but whose letters change shape beside each other: that needs a shaping engine.
_NEEDS_SHAPING = (range(0x0900, 0x0E00), range(0x1CD0, 0x1D00), range(0xA830, 0xA840), range(0xA8E0, 0xA900))

_SUBSET_SIZE = 223
_REMEMBERED_WORDS = 50_000


class Style(StrEnum):
    """Which cut of the type a text is set in."""

    REGULAR = "regular"
    BOLD = "bold"


_FILES = {
    "regular": "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
    "bold": "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
    "emoji": "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
}


class FontsMissing(RuntimeError):
    """The font files are not where they should be; the text says where they were sought."""


class UnknownCharacter(ValueError):
    """No font of the letter has this character."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no font has U+{ord(character):04X}")
        self.character = character


def font_paths() -> dict[str, Path]:
    """The font files by name. `VERLEEND_FONTS` may name a folder that holds them, as npm lays them or all in
    one."""
    folder = Path(os.environ.get(_FONTS_VARIABLE) or _ROOT / "node_modules")
    paths = {}
    for name, relative in _FILES.items():
        places = (folder / relative, folder / Path(relative).name)
        found = next((path for path in places if path.is_file()), None)
        if found is None:
            raise FontsMissing(
                f"Het lettertypebestand {Path(relative).name} staat niet in {folder}. "
                f"Installeer de bestanden met `make setup`, of zet {_FONTS_VARIABLE} op de map waarin ze staan."
            )
        paths[name] = found
    return paths


def font_digest() -> str:
    """SHA-256 over the font files: with another version of a font, the same letter gives other bytes."""
    digest = hashlib.sha256()
    for name, path in sorted(font_paths().items()):
        digest.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Typeface:
    """One font file: its characters and their advance widths, in thousandths of the font size."""

    def __init__(self, path: Path) -> None:
        self._face = TTFontFace(str(path))
        self.postscript_name = _text(self._face.name)
        self.widths: dict[str, float] = {
            chr(code): self._face.getCharWidth(code)
            for code in self._face.charToGlyph
            if code >= 32 and not any(code in block for block in _NEEDS_SHAPING)
        }

    def subset(self, characters: tuple[str, ...]) -> Subset:
        """A subset whose byte codes run from 32 upward, in the order of `characters` (at most 223)."""
        face, codes = self._face, [ord(character) for character in characters]
        # The byte codes below 32 are left to nothing: they all show the glyph for "missing".
        program: bytes = face.makeSubset([0] * 32 + codes)
        tag = _subset_tag(self.postscript_name, characters)
        box = " ".join(f"{value:g}" for value in face.bbox)
        return Subset(
            characters=characters,
            name=f"{tag}+{self.postscript_name}",
            widths=tuple(self.widths[character] for character in characters),
            metrics=f"/Ascent {face.ascent:g}/Descent {face.descent:g}/CapHeight {face.capHeight:g}"
            f"/Flags 4/FontBBox[{box}]/ItalicAngle 0/StemV {face.stemV:g}",
            program=zlib.compress(program, 9),
            program_length=len(program),
        )


@dataclass(frozen=True)
class Subset:
    """The part of a font that is embedded: one byte per character, with the way back to Unicode."""

    characters: tuple[str, ...]
    name: str
    widths: tuple[float, ...]
    metrics: str
    program: bytes
    program_length: int
    table: dict[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table = {ord(character): _escaped(32 + place) for place, character in enumerate(self.characters)}
        object.__setattr__(self, "table", table)

    def embed(self, document: PDFDocument) -> str:
        """Add the font to the document; returns its reference ("12 0 R")."""

        def add(raw: RawObject) -> str:
            return reference_text(document, raw)

        program = add(stream(f"/Length1 {self.program_length}", self.program, compressed=True))
        to_unicode = add(stream("", _to_unicode(self.characters)))
        descriptor = add(
            RawObject(
                f"<</Type/FontDescriptor/FontName/{self.name}{self.metrics}/FontFile2 {program}>>".encode()
            )
        )
        widths = " ".join(f"{width:g}" for width in self.widths)
        return add(
            RawObject(
                f"<</Type/Font/Subtype/TrueType/BaseFont/{self.name}/FirstChar 32"
                f"/LastChar {31 + len(self.characters)}/Widths[{widths}]"
                f"/ToUnicode {to_unicode}/FontDescriptor {descriptor}>>".encode()
            )
        )


class FontSet:
    """The typefaces of a process and what is worth remembering about them. Use `font_set()`."""

    def __init__(self) -> None:
        paths = font_paths()
        emoji = Typeface(paths["emoji"])
        self.faces: dict[Style, tuple[Typeface, Typeface]] = {
            style: (Typeface(paths[style]), emoji) for style in Style
        }
        regular = self.faces[Style.REGULAR][0]
        self.common: dict[Style, Subset] = {
            style: faces[0].subset(tuple(COMMON)) for style, faces in self.faces.items()
        }
        self.known = frozenset(regular.widths) | frozenset(emoji.widths)
        self._word_widths: dict[Style, dict[str, float]] = {style: {} for style in Style}

    def width(self, text: str, style: Style) -> float:
        """Width of the text in thousandths of the font size. Raises `UnknownCharacter`."""
        remembered = self._word_widths[style]
        width = remembered.get(text)
        if width is None:
            if len(remembered) >= _REMEMBERED_WORDS:
                remembered.clear()
            width = remembered[text] = sum(self._advance(character, style) for character in text)
        return width

    def _advance(self, character: str, style: Style) -> float:
        for face in self.faces[style]:
            width = face.widths.get(character)
            if width is not None:
                return width
        raise UnknownCharacter(character)


@cache
def font_set() -> FontSet:
    """The fonts, read once per process (about a tenth of a second)."""
    return FontSet()


class LetterFonts:
    """The fonts of one letter: the shared subsets, and the characters that only this letter needs."""

    def __init__(self) -> None:
        self.set = font_set()
        self._common = {style: (f"F{style[0].upper()}", self.set.common[style]) for style in Style}
        self._used: set[Style] = set()
        self._extra: dict[Typeface, list[str]] = {}
        self._places: dict[tuple[Style, str], tuple[str, str]] = {}

    def show(self, text: str, style: Style, size: float) -> str:
        """The operators that show the text at the current place, in the font and size given."""
        resource, common = self._common[style]
        self._used.add(style)
        if not any(ord(character) not in common.table for character in text):
            return f"/{resource} {size:g} Tf ({text.translate(common.table)}) Tj"
        operators, current, run = [], "", ""
        for character in text:
            name, code = self._place(character, style)
            if name != current and run:
                operators.append(f"/{current} {size:g} Tf ({run}) Tj")
                run = ""
            current, run = name, run + code
        operators.append(f"/{current} {size:g} Tf ({run}) Tj")
        return " ".join(operators)

    def _place(self, character: str, style: Style) -> tuple[str, str]:
        """The font resource and the byte code of a character, given out at its first use."""
        resource, common = self._common[style]
        if ord(character) in common.table:
            return resource, common.table[ord(character)]
        known = self._places.get((style, character))
        if known is None:
            known = self._places[style, character] = self._give_place(character, style)
        return known

    def _give_place(self, character: str, style: Style) -> tuple[str, str]:
        for face in self.set.faces[style]:
            if character in face.widths:
                characters = self._extra.setdefault(face, [])
                if character not in characters:
                    characters.append(character)
                number, place = divmod(characters.index(character), _SUBSET_SIZE)
                return f"X{list(self._extra).index(face)}n{number}", _escaped(32 + place)
        raise UnknownCharacter(character)

    def embed(self, document: PDFDocument) -> str:
        """Add every font that was used; returns the dictionary of font resources."""
        resources = []
        for style in Style:
            if style in self._used:
                resource, subset = self._common[style]
                resources.append(f"/{resource} {subset.embed(document)}")
        for index, (face, characters) in enumerate(self._extra.items()):
            for number, start in enumerate(range(0, len(characters), _SUBSET_SIZE)):
                subset = face.subset(tuple(characters[start : start + _SUBSET_SIZE]))
                resources.append(f"/X{index}n{number} {subset.embed(document)}")
        return f"<<{''.join(resources)}>>"


def _escaped(code: int) -> str:
    """A byte as it stands in a PDF string."""
    character = chr(code)
    if character in "()\\":
        return "\\" + character
    return character if 32 <= code < 127 else f"\\{code:03o}"


def _subset_tag(name: str, characters: tuple[str, ...]) -> str:
    """Six capitals that differ for every subset, as PDF asks."""
    number = int.from_bytes(hashlib.sha256((name + "".join(characters)).encode()).digest()[:8])
    letters = []
    for _ in range(6):
        number, place = divmod(number, 26)
        letters.append(string.ascii_uppercase[place])
    return "".join(letters)


def _to_unicode(characters: tuple[str, ...]) -> bytes:
    """The character map from byte codes back to text, so that the letter can be searched and read aloud."""
    pairs = [
        f"<{32 + place:02X}><{character.encode('utf-16-be').hex().upper()}>"
        for place, character in enumerate(characters)
    ]
    blocks = []
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
        + "".join(blocks)
        + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name
