"""Mandate, four eyes and the objection."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants.law.mandate import (
    MandateRefusal,
    MandateRuleValue,
    four_eyes,
    matching_rule,
    objection_decider_ok,
)

D = Decimal
SENIOR = MandateRuleValue(
    id=1,
    decision_kind="grant",
    amount_below=D(125000),
    role="senior",
    scheme_code="",
    basis_text="Ondermandaat",
    valid_from=date(2025, 1, 1),
    valid_to=date(2025, 12, 31),
)
DIRECTOR = replace(SENIOR, id=2, amount_below=None, role="director", valid_to=None)
OWN_SCHEME = replace(SENIOR, id=3, scheme_code="DORP")


def found(
    amount: str | None = "1000",
    *,
    role: str = "senior",
    day: date = date(2025, 6, 1),
    kind: str = "grant",
    scheme: str = "KERN",
) -> int | str:
    answer = matching_rule(
        [DIRECTOR, SENIOR, OWN_SCHEME],
        decision_kind=kind,
        amount=None if amount is None else D(amount),
        roles={role},
        scheme_code=scheme,
        day=day,
    )
    return answer.reason if isinstance(answer, MandateRefusal) else answer.id


@pytest.mark.parametrize(("amount", "rule"), [("0", 1), ("124999.99", 1)])
def test_a_mandate_reaches_up_to_its_bound(amount: str, rule: int) -> None:
    assert found(amount) == rule


def test_at_the_bound_the_mandate_ends_and_another_role_signs() -> None:
    assert "onder €\u00a0125.000,00" in str(found("125000"))
    assert found("125000", role="director") == 2


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_mandate_holds_from_its_first_to_its_last_day(day: date, allowed: bool) -> None:
    assert (found(day=day) == 1) is allowed


def test_the_rule_of_the_scheme_itself_comes_first() -> None:
    assert found(scheme="DORP") == 3


def test_a_refusal_says_what_is_missing() -> None:
    assert "geen regel voor dit soort besluit" in str(found(kind="withdraw_grant"))
    assert "Uw rol heeft geen mandaat" in str(found(role="policy_officer"))
    assert "31 december 2024" in str(found(day=date(2024, 12, 31)))
    assert "niet bekend" in str(found(None))


@pytest.mark.parametrize(
    ("changed", "kind", "limit"),
    [
        ({"decision_kind": "withdraw_grant"}, "nobody", None),
        ({"day": date(2024, 12, 31)}, "not_in_force", None),
        ({"roles": {"policy_officer"}}, "other_role", None),
        ({"amount": D("125000")}, "amount_too_high", D(125000)),
        ({"amount": None}, "amount_unknown", D(125000)),
    ],
)
def test_a_refusal_has_a_name_and_the_bound_that_was_met(changed: dict[str, object], kind: str, limit: Decimal | None) -> None:
    asked: dict[str, object] = {
        "decision_kind": "grant", "amount": D(1000), "roles": {"senior"}, "scheme_code": "KERN", "day": date(2025, 6, 1),
    }  # fmt: skip

    refusal = matching_rule([DIRECTOR, SENIOR, OWN_SCHEME], **{**asked, **changed})  # type: ignore[arg-type]

    assert isinstance(refusal, MandateRefusal)
    assert (refusal.kind, refusal.limit) == (kind, limit)


def test_a_negative_amount_has_no_mandate() -> None:
    with pytest.raises(ValueError):
        found("-0.01")


@pytest.mark.parametrize(
    ("prepared", "reviewed", "signed", "may_sign", "says"),
    [
        (1, 2, 3, False, None),
        (1, 2, 3, True, None),
        (1, 2, 2, True, None),
        (1, 2, 2, False, "getoetst"),
        (1, 2, 1, True, "zelf voorbereid"),
        (1, 1, 2, True, "andere collega"),
        (1, None, 2, True, "Nog niemand"),
    ],
)
def test_four_eyes_are_those_of_different_people(prepared: int, reviewed: int | None, signed: int, may_sign: bool, says: str | None) -> None:
    reason = four_eyes(prepared_by=prepared, reviewed_by=reviewed, signed_by=signed, reviewer_may_sign=may_sign)

    assert (reason is None) if says is None else (reason is not None and says in reason)


def test_the_first_decider_does_not_decide_the_objection() -> None:
    assert objection_decider_ok({1, 2}, 3) is None
    assert "10:3, derde lid" in (objection_decider_ok({1, 2}, 2) or "")
