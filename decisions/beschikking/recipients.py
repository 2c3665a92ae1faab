"""Who gets a decision beside the applicant: each member who must pay back, and who takes a case over (Awb 3:41)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from applicants.models import Applicant
from decisions import transfers
from decisions.liabilities import Owed, shares_of
from decisions.models import Beschikking, DecisionCopy
from grants.kernel import clock
from grants.kernel.money import ZERO
from letters.content import Letter
from letters.models import Letter as StoredLetter


@dataclass(frozen=True, slots=True)
class Recipient:
    """One more addressee. `owes` is what this member pays back, when the decision is about that."""

    address: tuple[str, ...]
    salutation: str
    to_portal: bool = False
    owes: Owed | None = None

    def addressed(self, letter: Letter) -> Letter:
        return dataclasses.replace(letter, addressee=self.address, salutation=self.salutation)


def others(decision: Beschikking) -> tuple[Recipient, ...]:
    """In a fixed order, so that the place of each stays the same."""
    if decision.act == "reclaim":
        shares = shares_of(decision.application, decision.amount or ZERO)
        return tuple(_member(owed) for owed in shares.people) if shares is not None else ()
    if decision.act == transfers.CONSENT:
        found = transfers.proposed(decision.application) or getattr(decision, "transfer", None)
        return (_successor(found.to_applicant),) if found is not None else ()
    return ()


def recipient_of(letter: StoredLetter) -> Recipient | None:
    """For whom of the others this letter is, as we know them now; None for a letter to the applicant."""
    copy = DecisionCopy.objects.select_related("decision__application").filter(letter=letter).first()
    return others(copy.decision)[copy.position - 1] if copy is not None else None


def address_of_copy(letter: StoredLetter) -> tuple[str, ...]:
    """Where the letter of one of the others goes; () for a letter to the applicant."""
    found = recipient_of(letter)
    return found.address if found is not None else ()


def still_reads_the_inbox(letter: StoredLetter) -> bool:
    """May the letter of one of the others still go to the inbox? Of a letter to the applicant this floor does not judge."""
    found = recipient_of(letter)
    return found is None or found.to_portal


def _member(owed: Owed) -> Recipient:
    """On paper: a member never said to be reachable otherwise (Awb 2:8)."""
    lines = tuple(part.strip() for part in owed.address.split(",") if part.strip())
    return Recipient((owed.name, *lines), f"Geachte {owed.name},", owes=owed)


def _successor(applicant: Applicant) -> Recipient:
    day = clock.today()
    instead = applicant.correspondent_on(day)
    if instead is not None:
        return Recipient(tuple(instead.address_lines(applicant.name)), instead.salutation)
    return Recipient(tuple(applicant.address_lines), f"Geachte {applicant.name},", to_portal=applicant.channel_consent)
