"""Checks at start: a wrong installation stops with a sentence that says what to do."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.core.checks import CheckMessage, Error, register


@register()
def only_one_django_fsm(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """django-fsm and django-fsm-2 install side by side and overwrite each other's files."""
    try:
        version("django-fsm")
    except PackageNotFoundError:
        return []
    return [
        Error(
            "django-fsm staat naast django-fsm-2.",
            hint="Verwijder django-fsm: beide pakketten overschrijven elkaars bestanden.",
            id="kernel.E001",
        )
    ]
