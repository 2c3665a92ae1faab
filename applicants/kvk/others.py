"""The adapters that ask nobody: none connected, and recorded answers about organisations that do not exist."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from applicants.kvk.basisprofiel import read
from applicants.kvk.records import KvkRecord, KvkUnavailable

RECORDED = Path(__file__).parent / "data"
DOWN = "99999999"
"""For this number the recorded register does as if it is down."""


class NotConnected:
    """No register is connected: people type the data themselves, and that is what officials then read."""

    def lookup(self, kvk_number: str) -> KvkRecord | None:
        raise KvkUnavailable("not connected")


@cache
def _recorded() -> dict[str, dict[str, Any]]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RECORDED.glob("*.json"))]
    return {answer["kvkNummer"]: answer for answer in found}


class RecordedKvk:
    """For trying out and for tests: answers in the form of the register, about made-up organisations."""

    def lookup(self, kvk_number: str) -> KvkRecord | None:
        if kvk_number == DOWN:
            raise KvkUnavailable("recorded")
        answer = _recorded().get(kvk_number)
        return None if answer is None else replace(read(answer, kvk_number), source="recorded")
