"""Small PDF objects that ReportLab's document writer can carry, written the way PDF/A wants them."""

from __future__ import annotations

import zlib

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject


class RawObject(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An object whose bytes are known already."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, document: PDFDocument) -> bytes:
        """The bytes, as ReportLab asks for them."""
        return self.content


def stream(entries: str, data: bytes, *, compressed: bool = False, plain: bool = False) -> RawObject:
    """A stream with a line end before `endstream` (PDF/A-2, 6.1.7.1; ReportLab's own writes none).

    `entries` are further entries of its dictionary. The data is compressed here unless it is already or must
    stay `plain` (XMP metadata, so that any tool can find it).
    """
    if plain:
        filtered = ""
    else:
        filtered = "/Filter/FlateDecode"
        data = data if compressed else zlib.compress(data, 6)
    head = f"<<{entries}{filtered}/Length {len(data)}>>\nstream\n"
    return RawObject(head.encode() + data + b"\nendstream")


def text_string(text: str) -> str:
    """A text string: as it is in ASCII, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be').hex().upper()}>"


def reference_text(document: PDFDocument, registered: PDFObject) -> str:
    """Register an object and return the text that refers to it ("12 0 R")."""
    number, version = document.idToObjectNumberAndVersion[document.Reference(registered).name]
    return f"{number} {version} R"
