"""Costs of an objection: when the authority pays them back (Awb 7:15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def costs_refusal(
    *, asked_on: date | None, decided_on: date, amount: Decimal | None, revoked: bool, attributable: bool | None, reason: str
) -> str | None:
    """Why the decision about the costs is not in order, in Dutch; None when it is.

    Costs are paid back only when they were asked for before the decision on the objection (7:15(3)), and only as far as
    the contested decision is revoked for an unlawfulness that is the authority's own doing (7:15(2)). An unanswered
    request is a gap; a refusal has a reason. `amount` in euros; zero refuses, None says nothing.
    """
    if asked_on is None:
        if amount:
            return "De bezwaarmaker vroeg niet om vergoeding van kosten. Zonder verzoek vergoeden wij niets (artikel 7:15, tweede lid, Awb)."
        return None
    if asked_on > decided_on:
        return "Het verzoek om vergoeding van kosten kwam na de beslissing. Dat is te laat (artikel 7:15, derde lid, Awb)."
    if amount is None:
        return (
            "De bezwaarmaker vroeg om vergoeding van de kosten van het bezwaar. Vul in hoeveel wij vergoeden, of nul met de reden "
            "(artikel 7:15, derde lid, Awb)."
        )
    if amount == 0:
        return None if reason.strip() else "Schrijf op waarom wij de kosten van het bezwaar niet vergoeden (artikel 7:15, tweede lid, Awb)."
    if not revoked:
        return "Kosten vergoeden wij alleen als het besluit wordt herroepen. Bij deze uitkomst blijft het zoals het was (artikel 7:15, tweede lid, Awb)."
    if not attributable:
        return (
            "Kosten vergoeden wij alleen als het besluit onrechtmatig was en dat aan ons ligt. Leg dat vast, of vergoed niets en schrijf op waarom "
            "(artikel 7:15, tweede lid, Awb)."
        )
    return None
