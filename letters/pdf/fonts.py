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
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFontFace

from letters.pdf.objects import RawObject, reference_text, stream

_ROOT = Path(__file__).resolve().parents[2]
_FONTS_VARIABLE = "VERLEEND_FONTS"

COMMON = (
    "".join(map(chr, range(32, 127)))
    + "\u00a0€‘’“”„–—•…·«»°§²³½"
    + "áàâäãåæçéèêëíìîïñóòôöõøœßúùûüýÿ"
    + "ÁÀÂÄÅÆÇÉÈÊËÍÎÏÑÓÒÔÖØŒÚÙÛÜ"
    + "ğışİŞłńšžčćřěůőűăąęţđ"
)

#: Scripts that Noto Sans has, but whose letters change shape beside each other: that needs a shaping engine.
_NEEDS_SHAPING = (range(0x0900, 0x0E00), range(0x1CD0, 0x1D00), range(0xA830, 0xA840), range(0xA8E0, 0xA900))

_FIRST_CODE = 32
_SUBSET_SIZE = 256 - _FIRST_CODE
_REMEMBERED_WORDS = 50_000
_REMEMBERED_LENGTH = 100


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
                f"Installeer de bestanden met `make setup`, of zet {_FONTS_VARIABLE} op hun map."
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
        self.postscript_name = self._face.name.decode()
        self.widths: dict[str, float] = {
            chr(code): self._face.getCharWidth(code)
            for code in self._face.charToGlyph
            if code >= 32 and not any(code in block for block in _NEEDS_SHAPING)
        }

    def subset(self, characters: Sequence[str]) -> Subset:
        """A subset for these characters (at most 224); their byte codes run from 32 upward, in this order."""
        # The byte codes below 32 are left to nothing: they all show the glyph for "missing".
        program: bytes = self._face.makeSubset(
            [0] * _FIRST_CODE + [ord(character) for character in characters]
        )
        return Subset(self, characters, program)

    @property
    def metrics(self) -> str:
        """The measures of the font, as its descriptor gives them."""
        face = self._face
        box = " ".join(f"{value:g}" for value in face.bbox)
        return (
            f"/Ascent {face.ascent:g}/Descent {face.descent:g}/CapHeight {face.capHeight:g}"
            f"/Flags 4/FontBBox[{box}]/ItalicAngle 0/StemV {face.stemV:g}"
        )


class Subset:
    """The part of a font that is embedded: one byte per character, with the way back to Unicode.

    Everything that does not depend on the document is made once, because most letters share their subsets.
    """

    def __init__(self, face: Typeface, characters: Sequence[str], program: bytes) -> None:
        self.characters = frozenset(characters)
        self.table = {ord(each): _escaped(_FIRST_CODE + place) for place, each in enumerate(characters)}
        name = f"{_subset_tag(face.postscript_name, characters)}+{face.postscript_name}"
        widths = " ".join(f"{face.widths[character]:g}" for character in characters)
        self._program = stream(f"/Length1 {len(program)}", zlib.compress(program, 9), compressed=True).content
        self._to_unicode = stream("", _to_unicode(characters)).content
        self._descriptor = f"<</Type/FontDescriptor/FontName/{name}{face.metrics}/FontFile2 "
        self._font = (
            f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar {_FIRST_CODE}"
            f"/LastChar {_FIRST_CODE + len(characters) - 1}/Widths[{widths}]"
        )

    def embed(self, document: PDFDocument) -> str:
        """Add the font to the document; returns its reference ("12 0 R")."""

        def add(content: bytes) -> str:
            return reference_text(document, RawObject(content))

        program, to_unicode = add(self._program), add(self._to_unicode)
        descriptor = add(f"{self._descriptor}{program}>>".encode())
        return add(f"{self._font}/ToUnicode {to_unicode}/FontDescriptor {descriptor}>>".encode())


class _Widths(dict[str, float]):
    """Widths of the words that were measured in one style; all is forgotten when it gets big.

    A long text is measured anew each time: a few of them would take more memory than all words.
    """

    def __init__(self, faces: tuple[Typeface, ...]) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, text: str) -> float:
        width = sum(map(self._advance, text))
        if len(text) <= _REMEMBERED_LENGTH:
            if len(self) >= _REMEMBERED_WORDS:
                self.clear()
            self[text] = width
        return width

    def _advance(self, character: str) -> float:
        for face in self._faces:
            width = face.widths.get(character)
            if width is not None:
                return width
        raise UnknownCharacter(character)


class FontSet:
    """The typefaces of a process and what is worth remembering about them. Use `font_set()`."""

    def __init__(self) -> None:
        paths = font_paths()
        emoji = Typeface(paths["emoji"])
        self.faces: dict[Style, tuple[Typeface, Typeface]] = {
            style: (Typeface(paths[style]), emoji) for style in Style
        }
        self.common: dict[Style, Subset] = {
            style: faces[0].subset(COMMON) for style, faces in self.faces.items()
        }
        cuts = [frozenset(faces[0].widths) for faces in self.faces.values()]
        #: What can be printed in every style. The replacement character is there to show that text was lost.
        self.known = frozenset.intersection(*cuts).union(emoji.widths) - {"\ufffd"}
        self._widths = {style: _Widths(faces) for style, faces in self.faces.items()}

    def measure(self, style: Style) -> Callable[[str], float]:
        """A function that gives the width of a text in thousandths of the font size.

        The function raises `UnknownCharacter`.
        """
        return self._widths[style].__getitem__


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
        if common.characters.issuperset(text):
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
                return f"X{list(self._extra).index(face)}n{number}", _escaped(_FIRST_CODE + place)
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
                subset = face.subset(characters[start : start + _SUBSET_SIZE])
                resources.append(f"/X{index}n{number} {subset.embed(document)}")
        return f"<<{''.join(resources)}>>"


def _escaped(code: int) -> str:
    """A byte as it stands in a PDF string."""
    character = chr(code)
    if character in "()\\":
        return "\\" + character
    return character if 32 <= code < 127 else f"\\{code:03o}"


def _subset_tag(name: str, characters: Sequence[str]) -> str:
    """Six capitals that differ for every subset, as PDF asks."""
    number = int.from_bytes(hashlib.sha256((name + "".join(characters)).encode()).digest()[:8])
    letters = []
    for _ in range(6):
        number, place = divmod(number, 26)
        letters.append(string.ascii_uppercase[place])
    return "".join(letters)


def _to_unicode(characters: Sequence[str]) -> bytes:
    """The character map from byte codes back to text, so that the letter can be searched and read aloud."""
    pairs = [
        f"<{_FIRST_CODE + place:02X}><{character.encode('utf-16-be').hex().upper()}>"
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
