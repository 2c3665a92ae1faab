"""The letter as a PDF that is archival (PDF/A-2a) and accessible (PDF/UA-1) at once.

`render_pdf(letter)` gives the bytes; `content_digest(pdf)` gives the digest that is kept with the letter.
"""

from letters.pdf.conformance import NotALetterFile, content_digest
from letters.pdf.fonts import FontsMissing, font_digest
from letters.pdf.layout import DoesNotFit, MissingGlyph, unprintable
from letters.pdf.render import render_pdf

__all__ = [
    "DoesNotFit",
    "FontsMissing",
    "MissingGlyph",
    "NotALetterFile",
    "content_digest",
    "font_digest",
    "render_pdf",
    "unprintable",
]
