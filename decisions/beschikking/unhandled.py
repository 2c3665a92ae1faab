"""L04: the application is not handled (Awb 4:5): what was asked, until when, and what is still missing."""

from __future__ import annotations

from decisions.beschikking.case import Case
from decisions.beschikking.parts import Body, _application, basis, motivation
from decisions.grounds import WRONG_CHANNEL
from grants.applications.asked import items_asked
from grants.law.formats import long_date
from letters.content import Block, Heading, Items, Paragraph


def not_handled(case: Case) -> Body:
    """L04, after a request to complete, or without one where the law asks none (Awb 4:5(5))."""
    return (
        Paragraph("Wij behandelen uw aanvraag niet. Dat heet: buiten behandeling stellen.", element="decision"),
        Heading("Waarom?"),
        _application(case),
        *(_wrong_channel() if case.decision.ground == WRONG_CHANNEL else _request(case)),
        motivation(case, ""),
        basis(case),
        Paragraph("U mag een nieuwe aanvraag doen zolang de regeling open is."),
    )


def _wrong_channel() -> Body:
    """The one case without a request: the sender was shown the right way and did not take it."""
    return (
        Paragraph(
            "U stuurde uw aanvraag langs een digitale weg die daarvoor niet is bedoeld. Wij wezen u op de goede weg. Langs die weg kregen wij uw aanvraag niet. Daarom "
            "hoefden wij u niet om een aanvulling te vragen (artikel 4:5, vijfde lid, Awb).", element="missing_items",
        ),
    )


def _request(case: Case) -> Body:
    """Nothing when nobody asked: the letter then lacks a must-element, and does not go out."""
    missing = tuple(case.decision.still_missing)
    if case.recovery_asked_on is None or not missing:
        return ()
    until = f" U had tot en met {long_date(case.recovery_last_day)} de tijd." if case.recovery_last_day else ""
    asked = items_asked(case.application)
    told = f"Wij vroegen u op {long_date(case.recovery_asked_on)} om uw aanvraag aan te vullen.{until}"
    blocks: list[Block] = [Paragraph(f"{told} Dit vroegen wij:", element="missing_items"), Items(asked, ordered=True, element="missing_items")]
    if missing == asked:
        blocks.append(Paragraph("Dit alles missen wij nog steeds.", element="missing_items"))
    else:
        blocks += [Paragraph("Dit missen wij nog steeds:", element="missing_items"), Items(missing, element="missing_items")]
    return tuple(blocks)
