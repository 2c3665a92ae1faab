"""Who may decide: mandate rules, four eyes, and a fresh decider for the objection (Awb title 10.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from grants.law.amounts import require_money
from grants.law.formats import euro, long_date

MandateRefusalKind = Literal["nobody", "not_in_force", "other_role", "amount_too_high", "amount_unknown"]
MANDATE = "artikel 10:1 en 10:3 Awb"


@dataclass(frozen=True, slots=True)
class MandateRuleValue:
    """One line of the mandate table: this role may take this kind of decision.

    `amount_below` in euros is a bound that is not reached: a rule under € 125.000 ends at € 124.999,99; None
    is no bound. `scheme_code` "" holds for every scheme. Both validity days are included; `valid_to` None is
    open.
    """

    id: int
    decision_kind: str
    amount_below: Decimal | None
    role: str
    scheme_code: str
    basis_text: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Is the rule in force on this day?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def covers(self, amount: Decimal | None) -> bool:
        """Is the amount under the bound? An unknown amount is covered only by a rule without one."""
        return self.amount_below is None or (amount is not None and amount < self.amount_below)


@dataclass(frozen=True, slots=True)
class MandateRefusal:
    """No rule gives this person the power: why, and what can be done, in Dutch.

    nobody: no rule for this kind of decision. not_in_force: none on this day. other_role: only for roles this
    person lacks. amount_too_high, amount_unknown: `limit` is the highest bound in euros that the person has.
    """

    kind: MandateRefusalKind
    reason: str
    article: str
    limit: Decimal | None = None


def matching_rule(
    rules: Iterable[MandateRuleValue],
    *,
    decision_kind: str,
    amount: Decimal | None,
    roles: Collection[str],
    scheme_code: str,
    day: date,
) -> MandateRuleValue | MandateRefusal:
    """The rule under which someone with these roles may sign this decision on this day, or why there is none.

    `amount` in euros; None for a decision without one. Of several rules the one for the scheme itself comes
    first, then the lowest bound, then the lowest id. Raises MoneyError for a negative amount or a part of a
    cent.
    """
    if amount is not None:
        require_money("amount", amount)
    for_kind = [rule for rule in rules if rule.decision_kind == decision_kind and rule.scheme_code in ("", scheme_code)]
    if not for_kind:
        return MandateRefusal(
            "nobody",
            "In het mandaatregister staat geen regel voor dit soort besluit. Gedeputeerde Staten beslissen zelf.",
            MANDATE,
        )
    in_force = [rule for rule in for_kind if rule.holds_on(day)]
    if not in_force:
        return MandateRefusal(
            "not_in_force",
            f"Er is geen mandaat voor dit besluit dat geldt op {long_date(day)}. Vraag na of er een nieuw mandaat is.",
            MANDATE,
        )
    for_role = [rule for rule in in_force if rule.role in roles]
    if not for_role:
        return MandateRefusal(
            "other_role",
            "Uw rol heeft geen mandaat voor dit besluit. Leg het voor aan iemand die dat mandaat wel heeft.",
            MANDATE,
        )
    matching = [rule for rule in for_role if rule.covers(amount)]
    if not matching:
        bound = max(rule.amount_below for rule in for_role if rule.amount_below is not None)
        what = "het bedrag is niet bekend" if amount is None else f"dit besluit gaat over {euro(amount)}"
        return MandateRefusal(
            "amount_unknown" if amount is None else "amount_too_high",
            f"Uw mandaat geldt voor bedragen onder {euro(bound)}; {what}. Leg het voor aan iemand met een hoger mandaat.",
            MANDATE,
            bound,
        )
    return min(
        matching,
        key=lambda rule: (rule.scheme_code == "", rule.amount_below is None, rule.amount_below or 0, rule.id),
    )


def four_eyes(*, prepared_by: int, reviewed_by: int | None, signed_by: int, reviewer_may_sign: bool) -> str | None:
    """Why these persons may not be the preparer, reviewer and signer of one decision, in Dutch; None when
    they may.

    Ids of persons, not of roles. A decision without a review is never signed. The reviewer may sign only
    where the scheme allows it; the preparer never reviews or signs. An organisational rule that guards Awb
    2:4 (no bias).
    """
    if signed_by == prepared_by:
        return "U hebt dit besluit zelf voorbereid. Daarom moet iemand anders het ondertekenen."
    if reviewed_by is None:
        return "Nog niemand heeft dit besluit getoetst. Vraag een collega om het te toetsen."
    if reviewed_by == prepared_by:
        return "Wie het besluit voorbereidde, heeft het ook getoetst. Laat een andere collega het toetsen."
    if signed_by == reviewed_by and not reviewer_may_sign:
        return "U hebt dit besluit getoetst. Bij deze regeling moet iemand anders het ondertekenen."
    return None


def objection_decider_ok(first_deciders: Collection[int], decider: int) -> str | None:
    """Why this person may not decide the objection, in Dutch; None when the person may.

    Who took the first decision under mandate gets no mandate for the objection (Awb 10:3(3)).
    `first_deciders` are the ids of all who took the decision or a decision that replaced it.
    """
    if decider in first_deciders:
        return (
            "U hebt het eerste besluit genomen. Daarom mag u niet beslissen op het bezwaar "
            "(artikel 10:3, derde lid, Awb). Iemand anders moet dat doen."
        )
    return None
