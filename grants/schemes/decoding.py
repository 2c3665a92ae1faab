"""Plain data (TOML, stored JSON) to frozen dataclasses and back. Every fault is collected, none stops the reading.

A field without a default must be there. A value that equals its default is left out when writing, so that a later
release may add a field without changing the digest of what was published before; for the same reason a default never
changes once it is released.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
CENT = Decimal("0.01")
MOST_TEXT = 10_000
"""Most characters in one text."""
MOST_WHOLE = 1_000_000
"""No count, number of weeks or number of characters in a definition is higher."""
MOST_NUMBER = 10**10
"""Amounts in euros stay below this: so they fit their column."""


@dataclass(frozen=True, slots=True)
class DefinitionError:
    """One fault: where (`questions[3].kind`, counted from 0), what is wrong and what is wanted, and the line if known."""

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"regel {self.line}" if self.line else "", self.path) if part)
        return f"{place}: {self.message}" if place else self.message


class DefinitionErrors(ValueError):
    """The definition cannot be used. Carries every fault that was found."""

    def __init__(self, errors: Sequence[DefinitionError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


class Faults(list[DefinitionError]):
    """The faults found so far."""

    def add(self, path: str, message: str) -> None:
        self.append(DefinitionError(path, message))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters, except tab and the ends of lines."""

_BAD: Any = object()
"""Stands for a value that could not be read; its fault is already on the list."""


def decode(cls: type[T], data: object, faults: Faults, path: str = "") -> T | None:
    """Read `data` as the dataclass `cls`; None when something was wrong, with the reasons added to `faults`."""
    value = _table(cls, data, faults, path)
    return None if value is _BAD else value


def encode(value: Any) -> Any:
    """The plain form of a value made by `decode`: dicts, lists, strings, whole numbers and booleans."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {}
        for field in fields(value):
            content = getattr(value, field.name)
            if content is not None and not _is_default(field, content):
                plain[key_of(field)] = encode(content)
        return plain
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def key_of(field: Field[Any]) -> str:
    """The key of a field in the file: its name, or another where Python keeps the name for itself (`in`, `not`)."""
    return str(field.metadata.get("key", field.name))


def join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def tidy(text: str) -> str:
    """Lines of one paragraph joined, paragraphs with one empty line between, no space around."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint for a word that is not known, with a space before it; empty when nothing looks like it."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f' Bedoelt u "{close[0]}"?' if close else ""


def listed(words: Sequence[str]) -> str:
    """`a, b of c`."""
    quoted = [f'"{word}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} of {quoted[-1]}"


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _is_default(field: Field[Any], content: Any) -> bool:
    if field.default is not MISSING:
        return bool(content == field.default)
    if field.default_factory is not MISSING:
        return bool(content == field.default_factory())
    return False


def _table(cls: type, data: object, faults: Faults, path: str) -> Any:
    if not isinstance(data, Mapping):
        faults.add(path, f"Hier moet een groep met sleutels staan, en er staat {shown(data)}.")
        return _BAD
    known = {key_of(field): field for field in fields(cls)}
    good = True
    for key in data:
        if key not in known:
            hint = did_you_mean(str(key), list(known))
            faults.add(
                join(path, str(key)),
                f'De sleutel "{key}" bestaat hier niet.{hint or f" Hier mag staan: {listed(list(known))}."}',
            )
            good = False
    values: dict[str, Any] = {}
    for key, field in known.items():
        if key not in data:
            if field.default is MISSING and field.default_factory is MISSING:
                faults.add(join(path, key), f'"{key}" ontbreekt. Vul hier {_wanted(_hints(cls)[field.name])} in.')
                good = False
            continue
        required = field.default is MISSING and field.default_factory is MISSING
        value = _value(_hints(cls)[field.name], data[key], faults, join(path, key), required)
        if value is _BAD:
            good = False
        else:
            values[field.name] = value
    return cls(**values) if good else _BAD


def _value(kind: Any, data: object, faults: Faults, path: str, required: bool = False) -> Any:
    if get_origin(kind) in (Union, UnionType):
        if data is None:
            return None
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    if is_dataclass(kind):
        return _table(kind, data, faults, path)  # type: ignore[arg-type]
    if get_origin(kind) is tuple:
        return _list(get_args(kind)[0], data, faults, path, required)
    if get_origin(kind) is Literal:
        return _choice(get_args(kind), data, faults, path)
    value = _READERS[kind](data)
    if value is None:
        faults.add(path, f"Hier moet {_wanted(kind)} staan, en er staat {shown(data)}.")
        return _BAD
    if required and value == "":
        faults.add(path, "Deze tekst is leeg. Vul hem in.")
        return _BAD
    return value


def _list(kind: Any, data: object, faults: Faults, path: str, required: bool) -> Any:
    if not isinstance(data, (list, tuple)):
        faults.add(path, f"Hier moet een lijst staan, en er staat {shown(data)}.")
        return _BAD
    if required and not data:
        faults.add(path, "Deze lijst is leeg. Zet er minstens een regel in.")
        return _BAD
    items = [_value(kind, item, faults, f"{path}[{place}]", required=True) for place, item in enumerate(data)]
    return _BAD if any(item is _BAD for item in items) else tuple(items)


def _choice(options: Sequence[str], data: object, faults: Faults, path: str) -> Any:
    if data in options:
        return data
    hint = did_you_mean(data, options) if isinstance(data, str) else ""
    faults.add(path, f"{shown(data)} kan hier niet. Kies {listed(options)}.{hint}")
    return _BAD


def _text(data: object) -> str | None:
    """No control characters: PostgreSQL cannot store U+0000, and a letter or a terminal cannot show the others."""
    if not isinstance(data, str) or len(data) > MOST_TEXT or _CONTROL.search(data):
        return None
    return tidy(data)


def _yes_or_no(data: object) -> bool | None:
    return data if isinstance(data, bool) else None


def _whole(data: object) -> int | None:
    return data if isinstance(data, int) and not isinstance(data, bool) and 0 <= data <= MOST_WHOLE else None


def _number(data: object) -> Decimal | None:
    """Not negative, at most two decimals, and below ten milliard; written as a number or as its text."""
    if isinstance(data, bool) or not isinstance(data, (int, Decimal, str)):
        return None
    if isinstance(data, str) and not re.fullmatch(r"\d+(\.\d+)?", data):
        return None
    if isinstance(data, int) and data >= MOST_NUMBER:
        return None
    try:
        value = Decimal(data)
        rounded = value.quantize(CENT)
    except InvalidOperation:
        return None
    return rounded if rounded == value and 0 <= rounded < MOST_NUMBER else None


def _day(data: object) -> date | None:
    if isinstance(data, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", data):
        try:
            return date.fromisoformat(data)
        except ValueError:
            return None
    return data if isinstance(data, date) and not isinstance(data, datetime) else None


_READERS: dict[Any, Any] = {str: _text, bool: _yes_or_no, int: _whole, Decimal: _number, date: _day}
_WANTED = {
    str: f"een tekst (ten hoogste {MOST_TEXT} tekens, zonder stuurtekens)",
    bool: "true of false",
    int: f"een heel getal van 0 tot en met {MOST_WHOLE}",
    Decimal: f"een getal van 0 of meer en onder {MOST_NUMBER}, met ten hoogste twee cijfers achter de punt",
    date: "een datum als 2026-12-31",
}


def _wanted(kind: Any) -> str:
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is tuple:
        return "een lijst"
    if get_origin(kind) is Literal:
        return listed(get_args(kind))
    return _WANTED.get(kind, "een groep met sleutels")


def shown(data: object) -> str:
    """A value as a sentence can quote it: short, and safe to print."""
    if isinstance(data, str):
        printable = _CONTROL.sub("\ufffd", data[:40])
        return f'"{printable}…"' if len(data) > 40 else f'"{printable}"'
    if isinstance(data, Mapping):
        return "een groep"
    if isinstance(data, (list, tuple)):
        return "een lijst"
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, int) and abs(data) >= 10**18:
        return "een veel te groot getal"
    return str(data)


def with_lines(errors: Sequence[DefinitionError], lines: Mapping[str, int]) -> tuple[DefinitionError, ...]:
    """The faults with their line in the file, in the order of the file. A part without a line gets that of its whole."""
    placed = [replace(error, line=_line(error.path, lines)) for error in errors]
    return tuple(sorted(placed, key=lambda error: (error.line or 0, error.path)))


def _line(path: str, lines: Mapping[str, int]) -> int | None:
    while path:
        if path in lines:
            return lines[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None
