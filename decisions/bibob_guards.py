"""May this act in the Bibob compartment happen? Pure: facts and a day in, a refusal or None out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.applications.lifecycle.guards import Refusal


@dataclass(frozen=True, slots=True)
class BibobFacts:
    is_member: bool = False
    actor_id: int | None = None
    opened_by_id: int | None = None
    result: str = ""
    consequence: str = ""


FITTING = {"none": {"go_on"}, "lesser": {"go_on", "conditions"}, "serious": {"go_on", "conditions", "refuse"}}
"""Which consequence an outcome can have: refusing only on serious danger (Wet Bibob 3(1)), conditions on lesser (3(7))."""


def in_compartment(facts: BibobFacts, day: date) -> Refusal | None:
    if facts.is_member:
        return None
    return Refusal("U hoort niet bij de Bibob-kring. Alleen wie daarin met naam is benoemd, werkt aan de toets.", "artikel 28 Wet Bibob: geheimhouding")


def finished_by_another(facts: BibobFacts, day: date) -> Refusal | None:
    if facts.actor_id is None or facts.actor_id == facts.opened_by_id:
        return Refusal("Wie de toets begon, rondt haar niet af. Laat een ander lid van de Bibob-kring dat doen.", "vierogenprincipe")
    return None


def outcome_fits(facts: BibobFacts, day: date) -> Refusal | None:
    if facts.consequence in FITTING.get(facts.result, set()):
        return None
    return Refusal("Dit gevolg past niet bij deze uitkomst. Weigeren of intrekken kan alleen bij ernstig gevaar.", "artikel 3 Wet Bibob")
