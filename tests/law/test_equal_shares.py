"""The same amount for everybody under a ceiling, and never more than was asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.equal_shares import equal_shares
from grants.law.errors import LawError, MoneyError

D = Decimal
AMOUNTS = st.decimals(min_value="0.01", max_value=100_000, places=2)


def shares(remaining: str, *requests: str, minimum: str = "0", again: bool = False) -> list[str]:
    cases = {f"Z{n}": D(amount) for n, amount in enumerate(requests)}
    return [str(share.amount) for share in equal_shares(D(remaining), cases, D(minimum), redistribute=again)]


@pytest.mark.parametrize(
    ("remaining", "requests", "expected"),
    [
        ("9000", ["5000", "4000", "3500"], ["3000.00", "3000.00", "3000.00"]),
        ("9000", ["5000", "4000", "1000"], ["4000.00", "4000.00", "1000.00"]),
        ("100", ["100", "100", "100"], ["33.34", "33.33", "33.33"]),
        ("200", ["500", "10", "500", "500"], ["63.34", "10.00", "63.33", "63.33"]),
        ("12500", ["5000", "4000", "3500"], ["5000.00", "4000.00", "3500.00"]),
        ("12499.99", ["5000", "4000", "3500"], ["4999.99", "4000.00", "3500.00"]),
        ("0.01", ["5", "7"], ["0.01", "0.00"]),
        ("0", ["5", "7"], ["0.00", "0.00"]),
    ],
)
def test_everybody_gets_as_much_and_what_one_does_not_need_goes_to_the_others(remaining: str, requests: list[str], expected: list[str]) -> None:
    assert shares(remaining, *requests) == expected


def test_a_share_under_the_minimum_is_refused_and_exactly_the_minimum_is_enough() -> None:
    assert shares("9000", "5000", "5000", "800", minimum="800.01") == ["4100.00", "4100.00", "0.00"]
    assert shares("9000", "5000", "5000", "800", minimum="800") == ["4100.00", "4100.00", "800.00"]


def test_money_of_refused_shares_is_divided_again_only_when_the_scheme_says_so() -> None:
    assert shares("9000", "5000", "5000", "800", minimum="1000", again=True) == ["4500.00", "4500.00", "0.00"]


@given(remaining=AMOUNTS, asked=st.lists(AMOUNTS, min_size=1, max_size=8))
def test_nobody_gets_more_than_asked_all_is_used_and_the_parts_differ_a_cent_at_most(remaining: Decimal, asked: list[Decimal]) -> None:
    requests = {f"Z{n}": amount for n, amount in enumerate(asked)}
    found = equal_shares(remaining, requests)
    assert all(share.amount <= share.requested for share in found)
    assert sum(share.amount for share in found) == min(remaining, sum(asked))
    cut = [share.amount for share in found if share.amount < share.requested]
    assert not cut or max(cut) - min(cut) <= D("0.01")
    assert not cut or max(share.amount for share in found) - min(cut) <= D("0.01")


def test_a_request_of_zero_or_a_part_of_a_cent_is_no_case() -> None:
    with pytest.raises(LawError):
        equal_shares(D(10), {"Z": D(0)})
    with pytest.raises(MoneyError):
        equal_shares(D("0.001"), {"Z": D(1)})
