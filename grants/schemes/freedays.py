"""The days that a royal decree puts on a par with a holiday (Atw 3(3)), from the table that the province keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

from grants.law.days import PUT_ON_A_PAR
from grants.law.terms import Term, compute
from grants.schemes.models import FreeDay


def put_on_a_par() -> frozenset[date]:
    """The days in the table; as long as nobody filled it, those known when this release was made."""
    return frozenset(FreeDay.objects.values_list("day", flat=True)) or PUT_ON_A_PAR


def count(rule_id: str, start: date, **options: Any) -> Term:
    """`grants.law.terms.compute` with the free days of the table. Raises the same LawErrors."""
    return compute(rule_id, start, overrides=put_on_a_par(), **options)
