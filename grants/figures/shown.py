"""Which of the cases behind a figure somebody may see by number: those of one's schemes, and never those of one's own side."""

from __future__ import annotations

from collections.abc import Collection

from grants.applications.models import Application
from grants.kernel.models import User

FEW = 500
"""So many numbers go along in the question; of more, all that the person may see are read."""


def shown_to(user: User, numbers: Collection[str]) -> frozenset[str]:
    """Those of `numbers` that are of cases which this official may read. One query, and none for who reads no cases."""
    if not numbers or not user.reads_cases:
        return frozenset()
    cases = Application.objects.visible_to_official(user)
    cases = cases.filter(case_number__in=numbers) if len(numbers) <= FEW else cases.filter(case_number__isnull=False)
    return frozenset(numbers) & frozenset(cases.order_by().values_list("case_number", flat=True))
