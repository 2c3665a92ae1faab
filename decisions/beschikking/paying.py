"""L11 and L14: an advance by a decision of its own, and a payment that is put off (Awb 4:95, 4:56)."""

from __future__ import annotations

from decisions.beschikking.case import Case
from decisions.beschikking.parts import Body, _account, _application, _view, basis, motivation
from decisions.paid import paid_out
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date
from grants.schemes.freedays import count
from letters.content import Heading, Paragraph


def advance(case: Case) -> Body:
    """L11: an advance besides those that stand in the grant (Awb 4:95)."""
    amount, granted = case.decision.amount or ZERO, case.application.granted_amount or ZERO
    before = paid_out(case.application)
    paid = f" Wij betaalden eerder {euro(before)}." if before else ""
    return (
        Paragraph(f"Wij geven u een voorschot van {euro(amount)} op uw subsidie van ten hoogste {euro(granted)}.", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        motivation(case, "U hebt dit geld nodig om de activiteit uit te voeren."),
        basis(case),
        Heading("Wanneer krijgt u het geld?"),
        Paragraph(f"Wij betalen {euro(amount)}{_account(case)}, binnen zes weken na deze brief.{paid}", element="advances"),
        Paragraph(
            "Een voorschot gaat af van het bedrag waarop wij uw subsidie later vaststellen. Hebt u dan te veel gekregen? Dan betaalt u dat terug (artikel 4:95, "
            "vierde lid, Awb).", element="advances",
        ),
    )


def suspended(case: Case) -> Body:
    """L14: payment is put off on a serious suspicion, at most thirteen weeks (Awb 4:56, 4:96)."""
    last = long_date(count("PAY_SUSPENSION_13W", case.day).last_day)
    view = _view(case) or (
        Paragraph(
            "Wij vroegen u vooraf niet om een reactie, omdat er nog niets verandert aan uw recht op subsidie. Wij stellen alleen de betaling uit. Reageren kan wel: "
            "schrijf ons voordat wij over uw subsidie beslissen.", element="view",
        ),
    )
    return (
        Paragraph("Wij betalen voorlopig niets op uw subsidie. Dat heet: de betaling opschorten.", element="decision"),
        Heading("Waarom?"),
        _application(case),
        Paragraph("Wij hebben een ernstig vermoeden dat er een reden is om de subsidie in te trekken of te wijzigen.", element="motivation"),
        motivation(case, ""),
        basis(case),
        *view,
        Heading("Hoelang duurt dit?"),
        Paragraph(
            f"De betaling staat stil vanaf de dag van deze brief. Dat duurt tot u ons besluit over de subsidie krijgt, en nooit langer dan tot en met {last}. Dat is "
            "dertien weken na deze brief (artikel 4:56 Awb).", element="suspension_end",
        ),
        Heading("Wat moet u doen?"),
        Paragraph("U hoeft niets terug te betalen. Wat in de verlening staat, blijft gelden. Ga dus door met de activiteit, of meld ons als dat niet gaat."),
    )
