"""What pages about applicants offer to choose from, and higher floors know: the municipalities, and the cases of an applicant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from applicants.models import Applicant

Choices = list[tuple[str, str]]
_municipalities: list[Callable[[], Choices]] = []
_cases: list[Callable[[Applicant], Choices]] = []


def municipalities_from(function: Callable[[], Choices]) -> None:
    """`function` gives the code and the name of each municipality of today."""
    if function not in _municipalities:
        _municipalities.append(function)


def municipalities() -> Choices:
    return [choice for function in _municipalities for choice in function()]


def cases_from(function: Callable[[Applicant], Choices]) -> None:
    """`function` gives the chain and the name of each case of an applicant."""
    if function not in _cases:
        _cases.append(function)


def cases(applicant: Applicant) -> Choices:
    return [choice for function in _cases for choice in function(applicant)]
