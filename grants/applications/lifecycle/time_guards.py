"""Is there still time, or enough of it: five years back (Awb 4:49, 4:57), a reasonable term ahead (Awb 4:50). Pure, like the other guards."""

from __future__ import annotations

from datetime import date, timedelta

from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.law.formats import long_date
from grants.law.grounds import AFTER_SETTLEMENT, FOR_THE_FUTURE, rests_on
from grants.law.terms import compute


def within_five_years(facts: Facts, day: date) -> Refusal | None:
    """Five years since the settlement was made known, or since the breach when that is the ground (Awb 4:49(1)(c), (3))."""
    if not facts.adverse:
        return None
    known = facts.settlement_known_on
    if known is None:
        return Refusal(
            "In de zaak staat niet op welke dag de vaststelling bekend werd gemaakt. Zonder die dag kan niemand zien of het nog op tijd is. Zoek de dag op en "
            "laat de vaststelling met die dag inschrijven.", "artikel 4:49, derde lid, Awb",
        )
    since = known
    if rests_on(facts.ground, AFTER_SETTLEMENT):
        if facts.breach_on is None:
            return Refusal(
                "Vul in op welke dag de verplichting niet is nagekomen, of nagekomen had moeten zijn. Vanaf die dag lopen de vijf jaar.", "artikel 4:49, derde lid, Awb"
            )
        if not known <= facts.breach_on <= day:
            return Refusal(
                f"Deze grond gaat over een verplichting na de vaststelling van {long_date(known)}. Vul een dag in vanaf toen, die niet in de toekomst ligt, of kies "
                "een andere grond.", "artikel 4:49, eerste lid, onder c, Awb",
            )
        since = facts.breach_on
    last = compute("SETTLEMENT_AMEND_5Y", since).last_day
    if day > last:
        return Refusal(f"Intrekken of wijzigen in het nadeel kon tot en met {long_date(last)}. Dat is voorbij.", "artikel 4:49, derde lid, Awb")
    return None


def claim_within_five_years(facts: Facts, day: date) -> Refusal | None:
    """Reclaiming stops five years after the settlement, or after the breach of an obligation (Awb 4:57(4))."""
    if facts.claim_amount is None:
        return None  # nothing to reclaim: `claim_as_counted` says so
    if facts.claim_since is None:
        return Refusal(
            "Van deze terugvordering is niet bekend vanaf welke dag de vijf jaar lopen. Zoek de dag van de vaststelling op.", "artikel 4:57, vierde lid, Awb"
        )
    last = compute("RECOVERY_5Y", facts.claim_since).last_day
    if day > last:
        return Refusal(f"Terugvorderen kon tot en met {long_date(last)}. Dat is voorbij.", "artikel 4:57, vierde lid, Awb")
    return None


def reasonable_term(facts: Facts, day: date) -> Refusal | None:
    """A grant that is withdrawn or changed for what lies ahead holds on for a reasonable term after the sending (Awb 4:50(1))."""
    if not rests_on(facts.ground, FOR_THE_FUTURE):
        return None
    earliest = day + timedelta(weeks=facts.notice_weeks)
    if facts.takes_effect_on is None or facts.takes_effect_on < earliest:
        said = f"{long_date(facts.takes_effect_on)} is te vroeg. " if facts.takes_effect_on else ""
        return Refusal(
            f"{said}Op deze grond geldt het besluit pas na een redelijke termijn. Vul in vanaf welke dag het geldt: {long_date(earliest)} of later.",
            "artikel 4:50, eerste lid, Awb",
        )
    return None
