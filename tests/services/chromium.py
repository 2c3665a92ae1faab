"""A Chromium to test pages in."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.services.report import missing, used

#: As root there is no sandbox; without the others it keeps asking for hosts that a test may not reach.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium_path() -> str:
    """The program to start. Nothing is downloaded."""
    path = _find()
    if path is None:
        missing("Chromium", "install chromium, or name the program in CHROMIUM")
    return path


@contextmanager
def browser() -> Iterator[Browser]:
    """A running headless browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        try:
            yield started
        finally:
            started.close()


@functools.cache
def _find() -> str | None:
    given = os.environ.get("CHROMIUM", "")
    for name in (
        [given] if given else ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
    ):
        path = shutil.which(name)
        if not path:
            continue
        said = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, text=True)
        if said.returncode == 0:
            used.add(" ".join(said.stdout.split()[:2]))
            return path
    return None
