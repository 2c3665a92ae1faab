"""What a decision says of an advice that a statutory rule asks: followed, or not and why (Awb 3:49, 3:50)."""

from __future__ import annotations

from decisions.beschikking.case import Case
from grants.law.formats import long_date
from letters.content import Block, Heading, Paragraph


def paragraphs(case: Case) -> tuple[Block, ...]:
    """A heading and a paragraph for each advice; the organisation is named, not the person."""
    found = []
    for advice in case.advices:
        said = case.decision.advice.get(str(advice.pk), {})
        given = long_date(advice.answered_on) if advice.answered_on else ""
        text = f"Wij hebben op {given} advies gekregen van {advice.organisation}. Dat advies is gevraagd op grond van {advice.basis}."
        if said.get("followed") is True:
            text += " Wij volgen dit advies."
        elif said.get("followed") is False:
            text += f" Wij volgen dit advies niet. Dat doen wij om deze reden: {str(said.get('reason', '')).strip()}"
        found.append(Paragraph(text))
    return (Heading("Wat was het advies?"), *found) if found else ()
