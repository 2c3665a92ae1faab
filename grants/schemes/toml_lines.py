"""On which line of a TOML text does each key stand? The standard reader does not say, and people need it."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\[\[?\s*([^\[\]]+?)\s*\]\]?")
_KEY = re.compile(r"""((?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=""")
_TOKEN = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[{]|[\]}]|\n""",
    re.DOTALL,
)


def line_numbers(text: str) -> dict[str, int]:
    """Path of each header and key (`terms.basis`, `questions[3].kind`) with its line, counted from 1.

    `text` must be TOML that the standard reader accepts. Keys inside an inline table or array have no line of their
    own: use that of the key before it.
    """
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    place = 0
    while place < len(text):
        place = _skip_blank(text, place)
        line = text.count("\n", 0, place) + 1
        if header := _HEADER.match(text, place):
            table = _table_path(header[1], header[0].startswith("[["), counts)
            lines.setdefault(table, line)
            place = _end_of_value(text, header.end())
        elif key := _KEY.match(text, place):
            name = ".".join(_names(key[1]))
            lines[f"{table}.{name}" if table else name] = line
            place = _end_of_value(text, key.end())
        else:
            place = _end_of_value(text, place)
    return lines


def _skip_blank(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _names(dotted: str) -> list[str]:
    return [name.strip().strip("\"'") for name in dotted.split(".")]


def _table_path(dotted: str, is_list: bool, counts: dict[str, int]) -> str:
    """The path of a header, with the number of the list item that it belongs to."""
    path = ""
    names = _names(dotted)
    for depth, name in enumerate(names, 1):
        path = f"{path}.{name}" if path else name
        if depth == len(names) and is_list:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _end_of_value(text: str, place: int) -> int:
    """The place after the end of the statement: past strings and comments, and past brackets that span lines."""
    depth = 0
    while token := _TOKEN.search(text, place):
        place = token.end()
        mark = token[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark == "\n" and depth <= 0:
            return place
    return len(text)
