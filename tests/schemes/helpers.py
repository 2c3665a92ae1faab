"""Definitions to test with: the ones that come with the program, read once, and ways to change one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

from grants.schemes.decoding import DefinitionError, Faults, decode
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_checks import check
from grants.schemes.definition_reader import FOLDER, read_file

FILES = tuple(sorted(path.name for path in FOLDER.glob("*.toml")))
Plain = dict[str, Any]


@cache
def definition(name: str = "lbk-inwoners.toml") -> SchemeDefinition:
    return read_file(FOLDER / name)


def text_of(name: str = "lbk-inwoners.toml") -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def changed(change: Callable[[Plain], object], name: str = "lbk-inwoners.toml") -> SchemeDefinition:
    """The definition after a change to its plain form, not checked."""
    plain = copy.deepcopy(definition(name).to_dict())
    change(plain)
    return SchemeDefinition.from_dict(plain)


def faults_after(change: Callable[[Plain], object], name: str = "lbk-inwoners.toml") -> list[DefinitionError]:
    """What is wrong with a definition after a change to its plain form."""
    plain = copy.deepcopy(definition(name).to_dict())
    change(plain)
    faults = Faults()
    read = decode(SchemeDefinition, plain, faults)
    return list(faults) + (check(read) if read is not None else [])


def item(items: list[Plain], key: str) -> Plain:
    """The member of a plain list with this key or code."""
    return next(entry for entry in items if key in (entry.get("key"), entry.get("code")))
