"""Guards of the acts around a ceiling that is divided (Awb 4:25, 4:26): pure, like `guards`."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal


def stands_in_a_division(facts: Facts, day: date) -> Refusal | None:
    """A rank or a share is given by a division that is on record, never by hand."""
    if facts.division:
        return None
    return Refusal("Deze zaak staat niet in een verdeling. Maak de verdeling onder Behandelen, Verdeling.", "artikel 4:26 Awb")


def scores_are_whole(facts: Facts, day: date) -> Refusal | None:
    """Every criterion has points and a reason, and the ranking was not made yet."""
    if facts.scores_refusal == "":
        return None
    return Refusal(facts.scores_refusal or "Er zijn geen punten ingevuld.", "artikel 4:26 Awb")
