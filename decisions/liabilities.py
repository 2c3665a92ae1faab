"""Who owes how much of a claim on an initiative."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from decisions.models.liability import LiabilityAgreement
from grants.applications.models import Application
from grants.law.liability import Liability, amounts_owed


@dataclass(frozen=True, slots=True)
class Owed:
    name: str
    address: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Shares:
    """`kind` is 'equal' or 'joint'; `words` says in Dutch what that means for this amount."""

    kind: str
    words: str
    people: tuple[Owed, ...]


def shares_of(application: Application, amount: Decimal) -> Shares | None:
    """Each liable person and amount; None when nobody accepted anything: then the applicant owes it alone."""
    agreement = LiabilityAgreement.objects.filter(application=application).prefetch_related("people").first()
    if agreement is None or amount <= 0:
        return None
    people = list(agreement.people.all())
    parts = amounts_owed(amount, len(people), Liability(agreement.kind))
    words = (
        "Ieder van u moet het hele bedrag terugbetalen. Betaalt een van u, dan hoeven de anderen dat deel niet meer te betalen (artikel 6:7 Burgerlijk Wetboek)."
        if agreement.kind == LiabilityAgreement.Kind.JOINT
        else "Ieder van u moet een gelijk deel terugbetalen (artikel 6:6 Burgerlijk Wetboek). Wat niet gelijk te verdelen is, komt bij de eerste."
    )
    owed = tuple(Owed(person.name, person.address, part) for person, part in zip(people, parts, strict=True))
    return Shares(agreement.kind, words, owed)
