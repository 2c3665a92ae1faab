"""Is the amount of a decision what the rules come to? Pure, like the other guards."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import euro


def not_above_the_calculation(facts: Facts, day: date) -> Refusal | None:
    """A grant or settlement above what the scheme's rule comes to needs a reason of its own (Awb 4:84, or a hardship clause).

    A scheme can say that its rule is indicative. A deviation is prepared, reviewed and signed with the decision, and the
    letter prints it.
    """
    if facts.calculated is None or facts.amount is None or facts.amount <= facts.calculated or facts.rule_is_indicative or facts.deviation.strip():
        return None
    sum_ = f" Dit is de berekening: {facts.calculation_words}." if facts.calculation_words else ""
    return Refusal(
        f"Volgens de regeling komt het bedrag uit op {euro(facts.calculated)}. {euro(facts.amount)} is meer.{sum_} Vul een lager bedrag in. Wijkt u met reden "
        "af? Kies dan de grond om af te wijken en schrijf op waarom.",
        "artikel 4:84 Awb: afwijken van de regels kan alleen als zij in dit geval onevenredig uitpakken",
    )


def deviation_has_a_ground(facts: Facts, day: date) -> Refusal | None:
    """A deviation names what it rests on, and says why: one without the other is none."""
    if bool(facts.deviation_ground.strip()) == bool(facts.deviation.strip()):
        return None
    return Refusal("Wijkt u af van de berekening? Kies dan de grond en schrijf op waarom. Anders laat u beide leeg.", "artikel 4:84 en 3:46 Awb")


def nil_is_nothing(facts: Facts, day: date) -> Refusal | None:
    """Settling at nil has no amount; an amount belongs to settling lower (Awb 4:46(2))."""
    if facts.amount:
        return Refusal(
            f"Op nihil vaststellen is nul euro, en u vulde {euro(facts.amount)} in. Laat het bedrag leeg, of kies voor lager vaststellen.",
            "artikel 4:46, tweede lid, Awb",
        )
    return None


def advance_within_the_grant(facts: Facts, day: date) -> Refusal | None:
    """Advances together are never more than what was granted (Awb 4:95(1))."""
    if facts.amount is not None and facts.advance_room is not None and facts.amount > facts.advance_room:
        return Refusal(
            f"Van de verleende subsidie is {euro(facts.advance_room)} nog niet betaald of gepland. Een voorschot van {euro(facts.amount)} is te veel. Kies een "
            "lager bedrag.",
            "artikel 4:95, eerste lid, Awb",
        )
    return None
