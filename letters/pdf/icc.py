"""The sRGB colour profile, built from the numbers of the standard (IEC 61966-2-1, adapted to D50).

PDF/A asks for a profile that says what the colours mean. Building it here (half a kilobyte, ICC 4.2) leaves
no file to fetch, and gives the same bytes on every day and with every release of an imaging library.
"""

from __future__ import annotations

import struct
from functools import cache

_WHITE_D50 = (0.9642, 1.0, 0.8249)
_RED = (0.436066, 0.222488, 0.013916)
_GREEN = (0.385147, 0.716873, 0.097076)
_BLUE = (0.143066, 0.060608, 0.714096)
#: From the white of sRGB (D65) to that of the profile connection space (D50), Bradford.
_ADAPTATION = (1.047882, 0.022919, -0.050201, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678)
#: y = ((x + 0.055) / 1.055) ** 2.4 above 0.04045, else x / 12.92.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_MADE = (2025, 1, 1, 0, 0, 0)


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def _words(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data


@cache
def srgb_profile() -> bytes:
    """The profile as it stands in a file."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _xyz(_WHITE_D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(*_ADAPTATION),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for data in tags.values():
        if data not in places:
            places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        struct.pack(">4sII", name, places[data], len(data)) for name, data in tags.items()
    )
    header = (
        struct.pack(
            ">I4sI4s4s4s6H4s", start + len(body), b"", 0x04200000, b"mntr", b"RGB ", b"XYZ ", *_MADE, b"acsp"
        )
        + b"\0" * 28
        + _fixed(*_WHITE_D50)
        + b"\0" * 48
    )
    return header + table + body
