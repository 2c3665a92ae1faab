"""Small questions to a definition: which arrangement, which ceiling, is it open, which obligations, how much in advance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from grants.law.amounts import ZERO, percentage_of
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_fields import Arrangement, CeilingPeriod, Obligation, Path, RefusalGround


def arrangement_for(definition: SchemeDefinition, amount: Decimal) -> Arrangement | None:
    """The arrangement of a granted amount in euros; None only for an amount that the scheme cannot grant."""
    for arrangement in definition.arrangements:
        if arrangement.amount_from <= amount and (arrangement.amount_below is None or amount < arrangement.amount_below):
            return arrangement
    return None


def ceiling_for(definition: SchemeDefinition, day: date) -> CeilingPeriod | None:
    """The ceiling whose period holds this day; None when there is none (yet)."""
    for ceiling in definition.ceilings:
        if ceiling.period_start <= day <= ceiling.period_end:
            return ceiling
    return None


def is_open(definition: SchemeDefinition, day: date) -> bool:
    """Can people apply on this day? The first and the last day are included."""
    return definition.opens_on <= day <= definition.closes_on


def obligations_for(definition: SchemeDefinition, arrangement: Arrangement) -> tuple[Obligation, ...]:
    """The obligations that come with a subsidy under this arrangement, in the order of the definition."""
    return tuple(o for o in definition.obligations if not o.arrangements or arrangement.code in o.arrangements)


def refusal_grounds_for(definition: SchemeDefinition, path: Path) -> tuple[RefusalGround, ...]:
    """The grounds that may be used on this path: Awb 4:35(1) is not there for a direct settlement (4:43)."""
    return tuple(ground for ground in definition.refusal_grounds if path in ground.paths)


def advances_of(arrangement: Arrangement, granted: Decimal) -> tuple[tuple[int, Decimal], ...]:
    """Each advance: weeks after sending, and euros. Together exactly the whole percentage of what was granted."""
    parts = []
    percentage, paid = ZERO, ZERO
    for advance in arrangement.advances:
        percentage += advance.percentage
        so_far = percentage_of(percentage, granted)
        parts.append((advance.after_weeks, so_far - paid))
        paid = so_far
    return tuple(parts)
