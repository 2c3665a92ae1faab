"""What the decision to consent to a transfer says beside the general letter: from whom, to whom, and what follows."""

from __future__ import annotations

from decisions import transfers
from decisions.beschikking.case import Case
from letters.content import Block, Heading, Items, Paragraph


def with_successor(case: Case, body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body with the parties after the first paragraph, and the consequences at the end."""
    found = transfers.proposed(case.application) or getattr(case.decision, "transfer", None)
    if found is None:
        return body
    reader = () if case.recipient is None else (
        Paragraph(f"U neemt de zaak over. Daarom krijgt u dit besluit ook. 'Uw aanvraag' is hier de aanvraag van {found.from_applicant}."),
    )
    return (
        body[0],
        *reader,
        Paragraph(f"De zaak gaat over van {found.from_applicant} naar {found.to_applicant}."),
        *body[1:],
        Heading("Wat betekent dit?"),
        Items(
            (
                f"{found.to_applicant} krijgt alle rechten en plichten van deze subsidie, ook de plicht om verantwoording af te leggen.",
                f"Betalingen gaan naar {found.to_applicant}. Moet er geld terug? Dan vragen wij dat aan {found.to_applicant}.",
                f"Nieuwe brieven gaan naar {found.to_applicant}. {found.from_applicant} kan de eerdere brieven blijven lezen.",
            )
        ),
    )
