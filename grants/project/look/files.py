"""The files that a browser gets: under a name that tells their content, compressed, and to be kept for a year."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from grants.project.look.components import style_sheet

OURS = Path(__file__).resolve().parent.parent / "static" / "site"
CUT = "site/components.css"
SCRIPTS = {"htmx/htmx.min.js": "htmx.org/dist/htmx.min.js"}
"""Name under which a page asks for a script -> where its package has it."""


class PageFiles(CompressedManifestStaticFilesStorage):
    """What was collected is served under its hashed name. What was not (in tests, and while a style sheet is being written) keeps
    its plain name, and is served from where it lies."""

    def stored_name(self, name: str) -> str:
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))


def make_ready() -> None:
    """Cut the components' style sheet and collect all files; does nothing but look when nothing changed.

    Raises `components.PackagesMissing`.
    """
    text = style_sheet(settings.NODE_MODULES, [path.read_text() for path in sorted(OURS.glob("*.css"))])
    target = Path(settings.CUT_FILES) / CUT
    if not target.exists() or target.read_text() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    for name, source in SCRIPTS.items():
        copy = Path(settings.CUT_FILES) / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(settings.NODE_MODULES / source, copy)
    call_command("collectstatic", interactive=False, verbosity=0)
