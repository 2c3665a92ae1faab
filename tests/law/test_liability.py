"""Who owes what: equal shares to the cent, or each for the whole."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.liability import Liability, amounts_owed


@pytest.mark.parametrize(
    ("amount", "people", "expected"),
    [
        ("3000.00", 3, ("1000.00", "1000.00", "1000.00")),
        ("100.00", 3, ("33.34", "33.33", "33.33")),
        ("100.01", 3, ("33.35", "33.33", "33.33")),
        ("0.01", 2, ("0.01", "0.00")),
        ("0.02", 3, ("0.02", "0.00", "0.00")),
        ("10.00", 1, ("10.00",)),
    ],
)
def test_equal_shares_with_the_rest_to_the_first(amount, people, expected):
    assert amounts_owed(D(amount), people, Liability.EQUAL) == tuple(D(part) for part in expected)


def test_joint_is_the_whole_for_each():
    assert amounts_owed(D("100.00"), 3, Liability.JOINT) == (D("100.00"),) * 3


@given(st.integers(1, 10**9), st.integers(1, 40))
def test_equal_shares_add_up_to_exactly_the_amount_and_differ_little(cents, people):
    parts = amounts_owed(D(cents) / 100, people, Liability.EQUAL)
    assert sum(parts) == D(cents) / 100 and len(set(parts[1:])) <= 1 and 0 <= parts[0] - parts[-1] < D(people) / 100


@pytest.mark.parametrize(("amount", "people"), [("0", 2), ("-1", 2), ("1.005", 2), ("1", 0)])
def test_what_cannot_be_shared_is_not_guessed(amount, people):
    with pytest.raises(ValueError):
        amounts_owed(D(amount), people, Liability.EQUAL)
