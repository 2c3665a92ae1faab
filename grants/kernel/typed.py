"""Numbers and ids that come in as text: in an address, or in a field that no form reads."""

from __future__ import annotations

from uuid import UUID

LONGEST = 18
"""More digits do not fit in the keys of the databases."""


def whole_number(text: str) -> int | None:
    """The number, when the text is 1 to 18 digits 0-9 and nothing else; otherwise None.

    `str.isdigit` alone is not enough: "²" is a digit to it, and `int` refuses that.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else None


def whole_uuid(text: str) -> UUID | None:
    """The id that the text is; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
