"""The line of each key in a definition file."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from grants.schemes.toml_lines import line_numbers
from tests.schemes.helpers import FILES, text_of


def paths_in(value: Any, path: str = "") -> list[str]:
    """Path of every key that can have a line of its own: inside tables and lists of tables."""
    if isinstance(value, dict):
        return [p for key, part in value.items() for p in ([f"{path}.{key}".lstrip("."), *paths_in(part, f"{path}.{key}".lstrip("."))])]
    if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
        return [p for place, part in enumerate(value) for p in paths_in(part, f"{path}[{place}]")]
    return []


@pytest.mark.parametrize("name", FILES)
def test_each_key_is_found_on_the_line_where_it_stands(name: str) -> None:
    text = text_of(name)
    lines = text.splitlines()
    found = line_numbers(text)

    for path, line in found.items():
        key = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
        assert re.match(rf"(\[\[?.*\b{key}\]|{key}\s*=)", lines[line - 1]), (path, line)
    inline = re.compile(r"\.(condition|options|advances)[.\[]")
    wanted = {path for path in paths_in(tomllib.loads(text)) if not inline.search(path)}
    lists = {path.rpartition("[")[0] for path in found if path.endswith("]")}
    assert wanted - set(found) <= lists


def test_strings_and_brackets_over_lines_do_not_lead_astray() -> None:
    text = '''a = """
b = 1
[c]
"""
d = [
  "[[e]]", # f = 2
]
"g h" = { i = 1 } # j = 3
[[k]]
l = 'm = "n"'
[k.o]
p = 1
[[k]]
  l = 2
[[k.q]]
r = 3
'''

    assert line_numbers(text) == {
        "a": 1,
        "d": 5,
        "g h": 8,
        "k[0]": 9,
        "k[0].l": 10,
        "k[0].o": 11,
        "k[0].o.p": 12,
        "k[1]": 13,
        "k[1].l": 14,
        "k[1].q[0]": 15,
        "k[1].q[0].r": 16,
    }
