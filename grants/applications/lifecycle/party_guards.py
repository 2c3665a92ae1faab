"""Guards of the case that rest on what runs around it: a Bibob check, a transfer. Each is pure."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal


def bibob_is_finished(facts: Facts, day: date) -> Refusal | None:
    """No assessment and no grant while a check runs, or while one is missing (Wet Bibob 3, 6)."""
    return Refusal(facts.bibob_refusal, "artikel 6 Wet Bibob") if facts.bibob_refusal else None


def bibob_ground_holds(facts: Facts, day: date) -> Refusal | None:
    """A decision on Bibob rests on a finished check that found serious danger (Wet Bibob 3(1))."""
    return Refusal(facts.bibob_ground_refusal, "artikel 3 Wet Bibob") if facts.bibob_ground_refusal else None


def transfer_is_ready(facts: Facts, day: date) -> Refusal | None:
    """Consent is about one proposed transfer."""
    return Refusal(facts.transfer_refusal) if facts.transfer_refusal else None
