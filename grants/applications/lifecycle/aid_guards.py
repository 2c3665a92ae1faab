"""May the subsidy be granted under the rules for state aid? Pure, like the other guards; the rules are in `grants.law`."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.law import de_minimis, state_aid

ARTICLE = "artikel 4:35, derde lid, Awb"


def aid_is_tested(facts: Facts, day: date) -> Refusal | None:
    """The test tree was walked to its end: an assessment and a test of state aid are not whole without a verdict."""
    return None if facts.state_aid else Refusal(str(state_aid.refusal("")), ARTICLE)


def aid_is_lawful(facts: Facts, day: date) -> Refusal | None:
    """Must refuse what is incompatible with the internal market (Awb 4:35(3))."""
    reason = state_aid.refusal(facts.state_aid)
    return Refusal(reason, ARTICLE) if reason else None


def de_minimis_has_room(facts: Facts, day: date) -> Refusal | None:
    """De-minimis aid to one undertaking stays within the ceiling, to the cent."""
    room = facts.de_minimis
    if room is None or facts.more_aid <= 0:
        return None
    reason = de_minimis.refusal(facts.more_aid, room)
    return Refusal(reason, room.regulation) if reason else None


AID = (aid_is_lawful, de_minimis_has_room)
"""Every decision that gives aid."""
