"""What a decision letter says about state aid: which kind it is, by which regulation, and how much is in the register."""

from __future__ import annotations

from decisions.beschikking.case import Case
from decisions.models.aid import KIND_OF
from decisions.money import CHANGED_GRANT, CHANGED_SETTLEMENT, ENDS_GRANT, ENDS_SETTLEMENT, NEW_MONEY
from grants.kernel.money import ZERO
from grants.law.de_minimis import NoCeilingError, ceiling_on
from grants.law.formats import euro
from letters.content import Block, Paragraph

LOWERS = ENDS_GRANT | ENDS_SETTLEMENT | CHANGED_GRANT | CHANGED_SETTLEMENT


def paragraphs(case: Case) -> tuple[Block, ...]:
    """Nothing when there is no aid, or when the decision neither gives nor changes an amount."""
    if case.aid is None or case.decision.act not in NEW_MONEY | LOWERS:
        return ()
    kind = KIND_OF.get(case.aid.verdict)
    if kind is not None:
        return _de_minimis(case, kind)
    texts = {
        "block_exempted": f"Deze subsidie is staatssteun die is vrijgesteld van aanmelding bij de Europese Commissie ({case.aid.reference}).",
        "notified": f"Deze subsidie is staatssteun die de Europese Commissie heeft goedgekeurd ({case.aid.reference}).",
    }
    text = texts.get(case.aid.verdict)
    return (Paragraph(text, element="state_aid"),) if text else ()


def _de_minimis(case: Case, kind: str) -> tuple[Block, ...]:
    try:
        ceiling = ceiling_on(kind, case.day)  # type: ignore[arg-type]
    except NoCeilingError:
        return ()  # then the decision cannot be signed: the guard says why
    amount = ZERO if case.decision.act in ENDS_GRANT | ENDS_SETTLEMENT | {"settle_nil"} else case.decision.amount or ZERO
    if case.decision.act in NEW_MONEY:
        text = (
            f"Van deze subsidie is {euro(amount)} de-minimissteun. Dat is kleine steun die niet bij de Europese Commissie hoeft te worden aangemeld "
            f"({ceiling.regulation}). Een onderneming mag in drie jaar samen ten hoogste {euro(ceiling.amount)} van deze steun krijgen. "
            "Wij zetten het bedrag binnen 20 werkdagen in het register van deze steun."
        )
    else:
        text = (
            f"Deze subsidie is de-minimissteun: kleine steun die niet bij de Europese Commissie hoeft te worden aangemeld ({ceiling.regulation}). "
            f"Het bedrag wordt {euro(amount)}. Wij passen het register van deze steun daarop aan."
        )
    return (Paragraph(text, element="state_aid"),)
