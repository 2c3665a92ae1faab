"""How each constraint of what controllers write is tried to be broken."""

from __future__ import annotations

from datetime import timedelta

from grants.control.fixing.models import FixedFigure
from grants.kernel import clock
from grants.kernel.models import User


def figure(**values):
    """A fixed figure, or one with something changed."""
    given = {
        "number": "CIJ-2025-00001", "code": "proef", "version": 1, "start": "2025-01-01", "reference_date": "2025-07-01", "known_at": clock.now(),
        "fixed_at": clock.now() + timedelta(seconds=1), "words": "x", "numerator": 1, "denominator": 2, "data": {}, "definition": {}, "digest": "d" * 64,
        "fixed_by": User.objects.get(username="controller"),
    }
    return FixedFigure.objects.create(**{**given, **values})


CONTROL_BREAKS = {
    "fixed_figure_period_in_order": lambda life: figure(reference_date="2024-01-01"),
    "fixed_figure_known_before_fixed": lambda life: figure(known_at=clock.now() + timedelta(days=1)),
    "fixed_figure_numerator_in_denominator": lambda life: figure(numerator=3),
}
