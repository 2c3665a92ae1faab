"""Words that come from data, not from code (the texts of a regeling), in the language of the page; and the language of the record.

The catalogue of such words is `schemes.po` beside Django's own `django.po`; the Dutch text is its key. A text without a translation
stays Dutch, so that nothing is ever missing.
"""

from __future__ import annotations

import gettext
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

DOMAIN = "schemes"


def translated(text: str) -> str:
    """This Dutch text in the language of the page."""
    language = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    if not text or language == settings.LANGUAGE_CODE:
        return text
    found = _catalogue(language).gettext(text)
    return found or text


def in_dutch() -> AbstractContextManager[None]:
    """What is stored or sent is Dutch, in whatever language the page speaks on which somebody acts."""
    return translation.override(settings.LANGUAGE_CODE)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    found: gettext.NullTranslations = gettext.NullTranslations()
    for folder in settings.LOCALE_PATHS:
        if (Path(folder) / language / "LC_MESSAGES" / f"{DOMAIN}.mo").exists():
            found = gettext.translation(DOMAIN, folder, [language])
    return found
