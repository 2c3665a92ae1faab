"""A definition file: TOML in, a checked `SchemeDefinition` out, or every fault at once with its line."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path

from grants.schemes.decoding import DefinitionError, DefinitionErrors, Faults, decode, shown, with_lines
from grants.schemes.definition import FORMAT, SchemeDefinition
from grants.schemes.definition_checks import check
from grants.schemes.toml_lines import line_numbers

FOLDER = Path(__file__).parent / "definitions"
"""The definitions that come with the program."""

MOST_CHARACTERS = 1_000_000


def read_definition(text: str) -> SchemeDefinition:
    """Read and check a definition. Raises `DefinitionErrors` with everything that is wrong.

    Faults between parts (a condition on a later question, a gap between bands) can only be looked for once every part
    can be read by itself.
    """
    if len(text) > MOST_CHARACTERS:
        raise _refused(
            "",
            f"Dit bestand is te groot: {len(text)} tekens. Een regeling past ruim in {MOST_CHARACTERS} tekens.",
        )
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"), parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionErrors([_syntax_error(str(error), text)]) from error
    except ValueError as error:
        raise _refused("", "In dit bestand staat een getal met duizenden cijfers. Schrijf het korter.") from error
    except RecursionError as error:
        raise _refused("", "Dit bestand heeft te veel haakjes in elkaar. Schrijf het platter op.") from error
    lines = line_numbers(text.removeprefix("\ufeff"))
    number = data.get("format")
    if isinstance(number, int) and number > FORMAT:
        raise DefinitionErrors(with_lines([_newer(number)], lines))
    faults = Faults()
    definition = decode(SchemeDefinition, data, faults)
    if definition is not None:
        faults.extend(check(definition))
    if definition is None or faults:
        raise DefinitionErrors(with_lines(faults, lines))
    return definition


def read_file(path: Path) -> SchemeDefinition:
    """Read and check a definition file. Raises `DefinitionErrors`, or `OSError` when it cannot be opened."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _refused("", "Dit bestand is geen UTF-8-tekst. Sla het op als UTF-8.") from error
    return read_definition(text)


def _decimal(text: str) -> Decimal | str:
    """The number, or its text when no decimal can hold it: so that it is refused at its own key."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _refused(path: str, message: str) -> DefinitionErrors:
    return DefinitionErrors([DefinitionError(path, message)])


def _newer(number: int) -> DefinitionError:
    return DefinitionError(
        "format",
        f"Dit bestand heeft formaat {shown(number)}, en dit programma kent formaat {FORMAT}. Gebruik een nieuwere versie van het programma.",
    )


def _syntax_error(report: str, text: str) -> DefinitionError:
    """The reader's English report as a sentence; the line it names stays."""
    at = re.search(r"at line (\d+)", report)
    line = int(at[1]) if at else text.count("\n") + 1
    reason = re.sub(r"\s*\(at [^)]*\)$", "", report)
    return DefinitionError(
        "",
        f"Dit is geen geldige TOML ({reason}). Kijk naar aanhalingstekens, haakjes en het is-teken op deze regel.",
        line,
    )
