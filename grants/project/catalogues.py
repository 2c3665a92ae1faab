"""The catalogues of translations: `django.po` for the words in code and templates, `schemes.po` for the texts of regelingen.

Both stand in `locale/<language>/LC_MESSAGES/`; the Dutch text is the key. `make messages` brings them up to date with the code and
the definition files; what the pages read (`.mo`) is made from them by `compile_all`, without any tool beside Python.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from grants.kernel.wording import DOMAIN

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed moment in the head of each file, so that only a changed text makes a difference."""
DEFINITIONS = Path(settings.BASE_DIR) / "grants" / "schemes" / "definitions"
READ_BY_APPLICANTS = frozenset("title summary intro name text explanation label help purpose otherwise notice never".split())
"""Fields of a definition that stand on a page of an applicant or the public."""
FOR_OTHERS = frozenset("letters marks products refusal_grounds arrangements ceilings distribution retention".split())
"""Parts of a definition that only letters and officials use: they stay Dutch."""

SHOWN_TO_APPLICANTS = (
    "applicants/*", "grants/control/learning/*", "grants/control/templates/learning/*", "decisions/views/answering.py", "decisions/asking_forms.py",
    "decisions/templates/decisions/own/*", "grants/applications/*", "grants/project/*", "grants/schemes/*", "letters/seal/views.py", "letters/models.py", "letters/views.py",
    "letters/templates/letters/letter.html", "letters/templates/letters/check.html", "letters/templates/letters/post/steps.html", "letters/post/notice_models.py",
    "decisions/views/objecting.py", "decisions/views/changing.py", "decisions/views/channel.py", "decisions/views/transferring.py", "decisions/views/accepting.py",
    "decisions/objection_forms.py", "decisions/change_forms.py", "decisions/channel_forms.py", "decisions/objection_panels.py", "decisions/life_panels.py",
    "decisions/templates/decisions/objections/mine.html", "decisions/templates/decisions/panels/my_objections.html",
    "decisions/templates/decisions/panels/own_life.html", "decisions/templates/decisions/life/own_*.html", "decisions/templates/decisions/life/passed_on.html",
    "decisions/templates/decisions/life/code_letter.html", "decisions/templates/decisions/life/members.html",
)
"""Files with words for applicants and the public. A new page for them outside these folders is named here; words in other files stay Dutch."""


def languages() -> list[str]:
    """The languages into which is translated."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def compile_all() -> int:
    """Make each `.mo` that is older than its `.po`. Returns how many were made."""
    made = 0
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3])
            with target.open("wb") as file:
                write_mo(file, catalogue)
            made += 1
    return made


def keep_what_applicants_see() -> int:
    """Take the words of officials' pages out of each `django.po` that `makemessages` wrote. Returns how many are left."""
    count = 0
    for language in languages():
        target = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        with target.open("rb") as file:
            found = read_po(file, locale=language)
        kept = Catalog(locale=language, project="Verleend", fuzzy=False, creation_date=CREATED, revision_date=CREATED)
        for message in found:
            places = [name for name, _line in message.locations if any(fnmatch(name, pattern) for pattern in SHOWN_TO_APPLICANTS)]
            if message.id and places:
                kept.add(message.id, message.string, [(name, None) for name in places], message.flags, context=message.context)
        with target.open("wb") as file:
            write_po(file, kept, width=120, include_lineno=False, omit_header=False)
        count = len(kept)
    return count


def update_schemes() -> int:
    """Bring `schemes.po` of each language up to date with the definition files; translations stay. Returns how many texts there are."""
    template = Catalog(project="Verleend", fuzzy=False, creation_date=CREATED)
    for path in sorted(DEFINITIONS.glob("*.toml")):
        for text in texts_of(tomllib.loads(path.read_text())):
            template.add(text, locations=[(path.name, 1)])
    for language in languages():
        target = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        catalogue = Catalog(locale=language, project="Verleend", creation_date=CREATED, revision_date=CREATED)
        if target.exists():
            with target.open("rb") as file:
                catalogue = read_po(file, locale=language)
        catalogue.fuzzy = False
        catalogue.update(template, no_fuzzy_matching=True)
        with target.open("wb") as file:
            write_po(file, catalogue, width=120, include_lineno=False, sort_output=False)
    return len(template)


def texts_of(part: Any, field: str = "") -> Iterator[str]:
    """Every text in a definition that an applicant may read, in the order of the file."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in FOR_OTHERS:
                yield from texts_of(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from texts_of(value, field)
    elif isinstance(part, str) and field in READ_BY_APPLICANTS and part.strip():
        yield part
