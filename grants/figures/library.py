"""The indicators that there are: every version of every definition file that comes with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from grants.figures.definition import IndicatorDefinition, read_indicator

FOLDER = Path(__file__).parent / "definitions"


class UnknownIndicator(LookupError):
    """There is no such indicator, or not that version; `str()` names what there is."""


@cache
def every_version() -> tuple[IndicatorDefinition, ...]:
    """All definitions, by code and version. Raises `DefinitionErrors` when a file is wrong."""
    found = [read_indicator(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(sorted(found, key=lambda definition: (definition.code, definition.version)))


def indicators() -> tuple[IndicatorDefinition, ...]:
    """The newest version of each indicator, by code."""
    return tuple({definition.code: definition for definition in every_version()}.values())


def find(code: str, version: int | None = None) -> IndicatorDefinition:
    """One indicator; the newest version unless one is named. Raises UnknownIndicator."""
    found = [definition for definition in every_version() if definition.code == code]
    if not found:
        known = ", ".join(definition.code for definition in indicators())
        raise UnknownIndicator(f"De indicator «{code}» bestaat niet. Er is: {known}.")
    if version is None:
        return found[-1]
    for definition in found:
        if definition.version == version:
            return definition
    numbers = ", ".join(str(definition.version) for definition in found)
    raise UnknownIndicator(f"Van de indicator «{code}» bestaat versie {version} niet. Er is: {numbers}.")
