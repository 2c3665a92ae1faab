"""What the controllers' wing tells the floors below it."""

from __future__ import annotations

from datetime import datetime

from grants.kernel import triggers


def register() -> None:
    from grants.applications.register.importing import after_import

    triggers.register(*triggers.append_only("control_fixedfigure"))
    after_import(figures_that_changed)


def figures_that_changed(earliest: datetime, cases: frozenset[str]) -> list[str]:
    """A sentence for each fixed figure that new events of these cases, known from `earliest` on, have changed."""
    from grants.control.fixing.services import changed_by_events_known_from

    return [
        f"Het vastgelegde cijfer {fixed.number} ({fixed.words}) is niet meer hetzelfde. Het was {fixed.numerator} van {fixed.denominator}; nu zou het zijn: {found.counts}."
        for fixed, found in changed_by_events_known_from(earliest)
        if not cases.isdisjoint(difference.case_number for difference in found.differences)
    ]
