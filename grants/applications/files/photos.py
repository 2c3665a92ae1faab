"""Make a photo small enough to send on and to print, and take out of it all that is not the picture.

A photo from a phone tells where and when it was taken, with which device, sometimes by whom. We keep only points of colour: they
are written into a new file, so that no metadata (EXIF with its place, XMP, IPTC, comments, a thumbnail) and nothing that was stuck
behind the picture comes along.
"""

from __future__ import annotations

import warnings
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from grants.applications.files import kinds
from grants.applications.files.inspecting import MOST_PIXELS, PILLOW

LONGEST = 2560
"""Pixels on the longest side: enough to read a receipt and to print a page."""
QUALITY = 85


class Unreadable(Exception):
    """Nobody can read this file; `str()` is a sentence for whoever sent it."""


def shrink(source: IO[bytes], target: IO[bytes], kind: str) -> None:
    """Write the picture anew, of the same kind, upright, with no side longer than LONGEST. Raises Unreadable.

    A JPEG is decoded at a fraction of its size where that is enough, so that twenty million points need no hundred megabytes.
    """
    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=[PILLOW[kind]]) as image:
                if image.width * image.height > MOST_PIXELS[kind]:
                    raise Unreadable(_("De foto heeft te veel beeldpunten."))
                wanted = _fitting(image.width, image.height)
                image.draft("RGB", wanted)
                upright = ImageOps.exif_transpose(image)
                small = upright.resize(_fitting(upright.width, upright.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    except (Unreadable, MemoryError):
        raise  # a full memory says nothing about the picture: the work is tried again
    except Exception as error:  # noqa: BLE001 - a decoder of hostile files may fail in any way
        raise Unreadable(_("De foto is beschadigd.")) from error
    bare = _plain(small, kind)
    bare.info = {}
    if kind == kinds.PNG:
        bare.save(target, "PNG", optimize=False)
    else:
        bare.save(target, PILLOW[kind], quality=QUALITY)


def _fitting(width: int, height: int) -> tuple[int, int]:
    """The same shape, with no side longer than LONGEST, and never larger than it was."""
    longest = max(width, height)
    if longest <= LONGEST:
        return width, height
    return max(1, round(width * LONGEST / longest)), max(1, round(height * LONGEST / longest))


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """In colours that every viewer knows."""
    has_alpha = image.has_transparency_data and kind != kinds.JPEG
    if image.mode in ("RGB", "L") and not image.has_transparency_data:
        return image.copy()
    if image.mode.startswith(("I", "F")):
        return image.convert("L")
    return image.convert("RGBA" if has_alpha else "RGB")
