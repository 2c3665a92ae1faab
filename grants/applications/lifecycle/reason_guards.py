"""Is an adverse decision carried by its ground, and is what it does weighed? Pure, like the other guards."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal, motivated, weighed


def ground_fits(facts: Facts, day: date) -> Refusal | None:
    """The ground is one that the law gives for this decision (`grants.law.grounds`)."""
    return Refusal(facts.ground_refusal, "artikel 3:46 Awb: een besluit rust op een deugdelijke motivering") if facts.ground_refusal else None


def motivated_if_adverse(facts: Facts, day: date) -> Refusal | None:
    return motivated(facts, day) if facts.adverse else None


def weighed_if_adverse(facts: Facts, day: date) -> Refusal | None:
    """What is to somebody's detriment is weighed, and the weighing stands in the letter (Awb 3:4(2))."""
    return weighed(facts, day) if facts.adverse else None


def forwarded_by_two(facts: Facts, day: date) -> Refusal | None:
    """Sending an application away is looked at by a second pair of eyes: it ends the case (T04)."""
    if facts.proposed_by_id is None:
        return Refusal("Stel het doorzenden eerst voor. Een collega kijkt mee en stuurt de aanvraag door.", "vierogenprincipe")
    if facts.actor_id is None or facts.actor_id == facts.proposed_by_id:
        return Refusal("U hebt zelf voorgesteld om door te zenden. Laat een collega meekijken en doorzenden.", "vierogenprincipe")
    return None
