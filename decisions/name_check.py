"""Does this name belong to this account (IBAN-naam)? Behind an adapter: the setting NAME_CHECK names the class that asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from decisions.models.naming import NameResult


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """What the bank says. `suggestion` is the name as the bank knows it, given only when it is close."""

    result: NameResult
    suggestion: str = ""


class NameCheckFailed(Exception):
    """The bank gave no answer; the check is then "not possible"."""


class NameCheck(Protocol):
    """One question to the bank. Asked outside any transaction; may raise NameCheckFailed."""

    def ask(self, iban: str, name: str) -> NameAnswer: ...


class NotConnected:
    """No bank is connected: nobody is asked, and that is what the payment then says."""

    def ask(self, iban: str, name: str) -> NameAnswer:
        return NameAnswer(NameResult.NOT_POSSIBLE)


class DemoNameCheck:
    """For trying out: three made-up accounts show the other answers, every other account fits its name."""

    ANSWERS: Final[Mapping[str, NameResult]] = MappingProxyType(
        {
            "NL44RABO0123456789": NameResult.CLOSE_MATCH,
            "NL20INGB0001234567": NameResult.NO_MATCH,
            "NL86INGB0002445588": NameResult.NOT_POSSIBLE,
        }
    )

    def ask(self, iban: str, name: str) -> NameAnswer:
        result = self.ANSWERS.get(iban, NameResult.MATCH)
        return NameAnswer(result, f"{name[:100]} e.o." if result == NameResult.CLOSE_MATCH else "")


def adapter() -> NameCheck:
    """The adapter that the settings name."""
    made: NameCheck = import_string(settings.NAME_CHECK)()
    return made


@register()
def name_check_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A wrong name stops the start with a sentence."""
    try:
        found = adapter()
    except (ImportError, TypeError):
        found = None
    if found is not None and callable(getattr(found, "ask", None)):
        return []
    return [Error(f"NAME_CHECK is '{settings.NAME_CHECK}': die klasse is er niet.", hint="Zet NAME_CHECK op een klasse met een methode 'ask'.", id="decisions.E001")]
