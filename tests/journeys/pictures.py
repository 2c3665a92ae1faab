"""Pictures for the handbook, made by the journeys: `KEEP_SHOTS=1` keeps them, a common run leaves the folder as it is."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images" / "handleiding"
MOST = 60_000
"""Bytes of one picture."""
HEIGHTS = (1_300, 1_000, 800, 600)
"""Pixels; a longer page is cut off below, and sooner when it is full of words."""
COLOURS = 32


def wanted() -> bool:
    return os.environ.get("KEEP_SHOTS") == "1"


def keep(page: Page, name: str, part: str = "") -> None:
    """The page from its top at the width of its screen; with `part`, a selector, from a little above that part. Raises AssertionError when it stays too heavy."""
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    top = 0
    if part:
        place = page.locator(part).first.bounding_box()
        assert place, f"{part} is not on {page.url}"
        top = max(0, int(place["y"]) - 24)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for height in HEIGHTS:
        picture = whole.crop((0, top, whole.width, min(whole.height, top + height))).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        made = io.BytesIO()
        picture.save(made, "PNG", optimize=True)
        if len(made.getvalue()) < MOST:
            (FOLDER / f"{name}.png").write_bytes(made.getvalue())
            return
    raise AssertionError(f"{name} is heavier than {MOST} bytes")
