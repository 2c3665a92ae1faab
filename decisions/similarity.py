"""How much two texts are alike, and keys by which a database finds texts that may be. Pure.

A text is a set of shingles: pairs of neighbouring words. Likeness is the share of shingles that both have (Jaccard).
The keys are bands of a MinHash: texts that are half alike share a key in about nine of ten cases, texts that are a tenth
alike hardly ever. So the database only hands over texts worth comparing, whatever the number of cases.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

BANDS, ROWS = 16, 3
LIKE = 0.5
"""From here on two texts are called alike."""
_PRIME = (1 << 61) - 1


def shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring words, without case and accents; a single word is its own shingle."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", bare)
    if len(words) == 1:
        return frozenset(words)
    return frozenset(f"{one} {two}" for one, two in zip(words, words[1:], strict=False))


def likeness(one: str, two: str) -> float:
    """From 0 (no pair of words in common) to 1 (all); two empty texts are not alike."""
    first, second = shingles(one), shingles(two)
    return len(first & second) / len(first | second) if first and second else 0.0


def keys(text: str) -> tuple[str, ...]:
    """The keys of a text, one for each band; none for a text without words."""
    numbers = [_number(shingle) for shingle in shingles(text)]
    if not numbers:
        return ()
    least = [min((a * number + b) % _PRIME for number in numbers) for a, b in _HASHES]
    bands = (least[band * ROWS : (band + 1) * ROWS] for band in range(BANDS))
    return tuple(hashlib.blake2b(f"{band}:{values}".encode(), digest_size=12).hexdigest() for band, values in enumerate(bands))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big")


_HASHES = tuple((_number(f"a{n}") | 1, _number(f"b{n}")) for n in range(BANDS * ROWS))
