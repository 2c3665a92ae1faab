"""What the trade register says about an organisation. Behind an adapter: the setting KVK_LOOKUP names the class that asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from applicants.kvk.records import KvkLookup, KvkRecord, KvkUnavailable

__all__ = ["KvkLookup", "KvkRecord", "KvkUnavailable", "adapter"]


def adapter() -> KvkLookup:
    """The adapter that the settings name."""
    made: KvkLookup = import_string(settings.KVK_LOOKUP)()
    return made


@register()
def kvk_lookup_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A wrong name stops the start with a sentence."""
    try:
        found = adapter()
    except (ImportError, TypeError):
        found = None
    if found is not None and callable(getattr(found, "lookup", None)):
        return []
    hint = "Zet KVK_LOOKUP op een klasse met een methode 'lookup'."
    return [Error(f"KVK_LOOKUP is '{settings.KVK_LOOKUP}': die klasse is er niet.", hint=hint, id="applicants.E001")]
