"""What is said about real parts: which were used, and which could not be had."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

#: One line for each real part that was used in this process, such as "PostgreSQL 15.19, already listening on 5432".
used: set[str] = set()


def missing(part: str, advice: str) -> NoReturn:
    """Fail in CI, skip elsewhere: a real part cannot be had on this machine."""
    sentence = f"{part} cannot be had on this machine: {advice}"
    if os.environ.get("CI"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
