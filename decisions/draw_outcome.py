"""What comes out of a division, from its own record alone: so it can be run again, by us and by anybody (docs/decisions/0005)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from decisions.models import Draw, DrawEntry
from grants.kernel.audit import Finding
from grants.kernel.money import ZERO
from grants.law.equal_shares import equal_shares
from grants.law.errors import LawError
from grants.law.formats import euro
from grants.law.lottery import DrawError, commitment, draw, seed_of
from grants.law.ranking import pro_rata
from grants.law.tender import Weighed, ranking

SHARES = {Draw.Method.PRO_RATA: pro_rata, Draw.Method.EQUAL: equal_shares}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case gets: a share, or a rank; `refusal` says in Dutch why neither."""

    rank: int | None = None
    share: Decimal | None = None
    total: Decimal | None = None
    digest: str = ""
    refusal: str = ""


def outcome_of(found: Draw, entries: Mapping[str, DrawEntry]) -> dict[str, Outcome]:
    """By case number. Raises DrawError or TieError when a lot is needed and its word or witness is missing."""
    if found.method in SHARES:
        return _shared(found, entries)
    if found.word and not found.witnesses:
        raise DrawError("Noem ten minste een getuige van de loting.")
    if found.method == Draw.Method.LOTTERY:
        return {one.case_number: Outcome(rank=one.rank, digest=one.digest) for one in draw(seed_of(found.secret, found.word), entries)}
    return _ranked(found, entries, seed_of(found.secret, found.word) if found.word else "")


def _shared(found: Draw, entries: Mapping[str, DrawEntry]) -> dict[str, Outcome]:
    asked = {number: entry.asked for number, entry in entries.items()}
    shares = SHARES[Draw.Method(found.method)](found.remaining, asked, found.minimum, redistribute=found.rules.get("again", False))
    return {share.case_number: Outcome(share=share.amount, refusal=_too_small(found) if share.refused else "") for share in shares}


def _too_small(found: Draw) -> str:
    if found.minimum > 0:
        return f"Het deel in de verdeling is minder dan {euro(found.minimum)}, het kleinste deel volgens de regeling. Weiger de aanvraag (artikel 4:25, tweede lid, Awb)."
    return "In de verdeling bleef er niets over voor deze aanvraag. Weiger de aanvraag (artikel 4:25, tweede lid, Awb)."


def _ranked(found: Draw, entries: Mapping[str, DrawEntry], seed: str) -> dict[str, Outcome]:
    rules = found.rules
    points = {number: [{key: Decimal(value) for key, value in sheet.items()} for sheet in entry.scores] for number, entry in entries.items()}
    places = ranking(
        tuple(Weighed(**criterion) for criterion in rules["criteria"]), points, least_total=Decimal(rules["least_total"]),
        assessors=rules["assessors"], tie=rules["tie"], seed=seed,
    )
    return {
        place.case_number: Outcome(
            rank=place.rank, total=place.total, share=None if place.rank else ZERO, refusal=place.refusal
        )
        for place in places
    }


def differs(found: Draw) -> str:
    """What is not as the record says when the division is run again, in Dutch; '' when all is."""
    if found.secret and commitment(found.secret) != found.commitment:
        return "het geheime begingetal hoort niet bij het getal dat vooraf is vastgelegd"
    entries = {str(entry.application.case_number): entry for entry in found.entries.select_related("application")}
    try:
        again = outcome_of(found, entries)
    except LawError as error:
        return str(error)
    stored = {n: (e.rank, e.share, e.total, e.digest) for n, e in entries.items()}
    wrong = sorted(n for n, o in again.items() if stored[n] != (o.rank, o.share, o.total, o.digest))
    return f"de uitslag van {', '.join(wrong)} is anders" if wrong else ""


def divisions_can_be_run_again() -> Iterator[Finding]:
    """Every division that was made comes out the same again."""
    for found in Draw.objects.filter(state=Draw.State.MADE):
        problem = differs(found)
        if problem:
            yield Finding(f"verdeling {found.ceiling_id} {found.day}", problem)
