"""May a decision be taken, or must someone be heard first (Awb 4:7 to 4:12)?"""

from __future__ import annotations

from datetime import date
from typing import Final

from grants.law.formats import long_date

FINANCIAL_EXCEPTION: Final = "4:12(1)"
# When hearing is not required: the conditions of 4:7 or 4:8 are not met (their first paragraphs), one of
# their own exceptions holds (second paragraphs), 4:11 (urgency, heard before, purpose), or the financial
# exception.
NOT_REQUIRED_REASONS: Final = frozenset({"4:7(1)", "4:7(2)", "4:8(1)", "4:8(2)", "4:11", FINANCIAL_EXCEPTION})

# Awb 4:12(2): decisions for which the financial exception does not hold, whatever the ground. Callers use
# these acts only for what is lower or to the detriment of the recipient; a favourable change needs no
# hearing.
ALWAYS_HEARD_ACTS: Final = frozenset(
    {
        "settle_lower",
        "settle_nil",
        "settle_ex_officio",
        "settle_ex_officio_after_reminder",
        "amend",
        "withdraw_grant",
        "amend_settlement",
        "withdraw_settlement",
    }
)
# Decisions that nobody applied for: 4:7 is about refusing an application, so that only 4:8 (and 4:11, 4:12) can
# spare their hearing.
UNASKED_ACTS: Final = ALWAYS_HEARD_ACTS - {"settle_lower", "settle_nil"}
BIBOB: Final = "BIBOB"
# The ground of Wet Bibob 3: the person may always respond first (Wet Bibob 33), whatever the Awb excepts.
ALWAYS_HEARD_REFUSAL_ARTICLES: Final = ("4:35", "4:51")


def _rests_on(ground: str, article: str) -> bool:
    """Is the ground this article or a part of it: 4:35, 4:35(1), 4:35(1)(a), but not 4:350?"""
    return ground == article or ground.startswith(f"{article}(")


def financial_exception_excluded(act_kind: str, ground: str = "") -> bool:
    """Does 4:12(2) apply: refusal on 4:35 or 4:51, lower settlement on 4:46(2), or a withdrawal or adverse
    change?
    """
    rests_on_refusal_article = any(_rests_on(ground, article) for article in ALWAYS_HEARD_REFUSAL_ARTICLES)
    return act_kind in ALWAYS_HEARD_ACTS or rests_on_refusal_article or _rests_on(ground, "4:46(2)")


def reasons_for(act_kind: str) -> frozenset[str]:
    """The reasons not to hear anybody that the law knows for this decision, whatever its ground: see `view_ok`."""
    found = NOT_REQUIRED_REASONS
    if act_kind in UNASKED_ACTS:
        found -= {"4:7(1)", "4:7(2)"}
    return found - {FINANCIAL_EXCEPTION} if act_kind in ALWAYS_HEARD_ACTS else found


def view_ok(
    *,
    act_kind: str,
    ground: str = "",
    not_required_reason: str | None = None,
    asked_on: date | None = None,
    received_on: date | None = None,
    term_last_day: date | None = None,
    today: date,
) -> str | None:
    """Why the decision cannot be taken yet, in Dutch; None when it can.

    It can when hearing is not required for one of the reasons above, or when a view was asked and either
    received or not given within its term. On the last day of the term itself one waits; the day after one may
    decide. The financial exception 4:12(1) is refused where 4:12(2) excludes it, and 4:7 for a decision that nobody
    applied for. `act_kind` is a transition
    id and `ground` an article as "4:35(1)(a)". Dates are legal days; one that has yet to come did not happen.
    """
    if asked_on is not None and asked_on <= today:
        if received_on is not None and asked_on <= received_on <= today:
            return None
        if term_last_day is None:
            return "De zienswijze is gevraagd zonder termijn. Leg vast tot en met welke dag die kan komen."
        if today > term_last_day:
            return None
        if not not_required_reason:
            return (
                f"De aanvrager kan tot en met {long_date(term_last_day)} een zienswijze geven. "
                "Wacht tot die er is of tot die dag voorbij is (artikel 4:7 en 4:8 Awb)."
            )
    if ground == BIBOB:
        return "Bij een besluit op grond van de Wet Bibob mag de aanvrager altijd eerst reageren (artikel 33 Wet Bibob). Vraag eerst een zienswijze."
    if not not_required_reason:
        return "Vraag eerst een zienswijze, of leg vast waarom dat niet hoeft (artikel 4:7 en 4:8 Awb)."
    if not_required_reason not in NOT_REQUIRED_REASONS:
        return "Deze reden om geen zienswijze te vragen kent de wet niet. Kies een van de redenen uit de Awb."
    if act_kind in UNASKED_ACTS and _rests_on(not_required_reason, "4:7"):
        return (
            "Artikel 4:7 gaat over het afwijzen van een aanvraag. Dit besluit is niet aangevraagd: dan geldt artikel 4:8 Awb. Kies een reden uit artikel 4:8 of 4:11, "
            "of vraag eerst een zienswijze."
        )
    if not_required_reason == FINANCIAL_EXCEPTION and financial_exception_excluded(act_kind, ground):
        return (
            "Bij dit besluit mag de zienswijze niet achterwege blijven omdat het om geld gaat "
            "(artikel 4:12, tweede lid, Awb). Vraag eerst een zienswijze."
        )
    return None
