"""What may move the end of a decision term, and what may not (Awb 4:14, 4:15). Pure, like the other guards."""

from __future__ import annotations

from datetime import date

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date


def delay_is_dated(facts: Facts, day: date) -> Refusal | None:
    """A delay notice names the shortest term in which the decision comes (Awb 4:14(1))."""
    until, due = facts.term_until, facts.term_due_on
    if facts.term_kind != "extension" and (until is None or until <= day or (due is not None and until <= due)):
        return Refusal(
            "Noem de dag waarop het besluit er uiterlijk is. Die ligt na vandaag en na de termijn die nu geldt.", "artikel 4:14, eerste lid, Awb"
        )
    return None


def extension_is_allowed(facts: Facts, day: date) -> Refusal | None:
    """A term is only lengthened where the ordinance says so: once, for so many weeks, and while it runs."""
    if facts.term_kind != "extension":
        return None
    if not facts.extension_weeks:
        return Refusal(
            "Deze regeling geeft geen recht om de termijn te verlengen. U kunt alleen berichten dat het besluit later komt.", "artikel 4:14 Awb"
        )
    if facts.already_extended:
        return Refusal("De termijn is al een keer verlengd.", "artikel 4:14 Awb")
    if not 1 <= facts.term_weeks <= facts.extension_weeks:
        return Refusal(f"Verlengen kan met ten hoogste {facts.extension_weeks} weken.", "de regeling")
    return _still_runs(facts, day)


def not_put_off_already(facts: Facts, day: date) -> Refusal | None:
    """Payment is put off for thirteen weeks at most: a second letter does not begin them anew (Awb 4:56)."""
    if facts.put_off_until is None or day > facts.put_off_until:
        return None
    return Refusal(
        f"De betaling is al opgeschort, tot en met {long_date(facts.put_off_until)}. Langer dan dertien weken kan niet. Beslis voor die dag over de subsidie.",
        "artikel 4:56 Awb",
    )


def term_runs(facts: Facts, day: date) -> Refusal | None:
    if facts.term_running is False:
        return Refusal("In deze zaak loopt nu geen termijn voor een besluit van ons.", "artikel 4:13 Awb")
    return _still_runs(facts, day)


def _still_runs(facts: Facts, day: date) -> Refusal | None:
    if facts.term_due_on is not None and day > facts.term_due_on:
        return Refusal(
            f"De termijn liep tot en met {long_date(facts.term_due_on)}. Een termijn die voorbij is, schuift niet meer op.", "artikel 4:15 Awb"
        )
    return None


def suspension_is_lawful(facts: Facts, day: date) -> Refusal | None:
    """A suspension has a known kind, days in order, and does not lie before the case or run twice."""
    first, last = facts.term_first_day, facts.term_until
    if facts.already_suspended:
        return Refusal("De termijn staat om deze reden al stil. Beëindig die opschorting eerst.", "artikel 4:15 Awb")
    if first is None or (facts.received_on is not None and first <= facts.received_on):
        return Refusal("Vul de eerste dag in die niet meetelt. Die ligt na de dag van ontvangst.", "artikel 4:15 Awb")
    if last is not None and last < first:
        return Refusal("De opschorting eindigt voordat zij begint. Kijk de dagen na.", "artikel 4:15 Awb")
    if facts.term_kind == "agreed" and last is None:
        return Refusal("Noem de laatste dag van het uitstel waarmee de aanvrager instemt.", "artikel 4:15, tweede lid, onder a, Awb")
    if facts.term_kind != "agreed" and first > day:
        return Refusal("Een opschorting om deze reden begint niet in de toekomst.", "artikel 4:15 Awb")
    if facts.term_kind != "agreed" and last is not None and last > day:
        return Refusal("Laat de laatste dag leeg zolang de reden duurt, en beëindig de opschorting als zij voorbij is.", "artikel 4:15 Awb")
    return None


def suspension_ends_after_it_began(facts: Facts, day: date) -> Refusal | None:
    if facts.term_first_day is None:
        return Refusal("Er loopt geen opschorting die u kunt beëindigen.", "artikel 4:15 Awb")
    if facts.term_until is None or facts.term_until < facts.term_first_day or facts.term_until > day:
        return Refusal("Vul de laatste dag van de opschorting in: niet voor het begin en niet na vandaag.", "artikel 4:15 Awb")
    return None
