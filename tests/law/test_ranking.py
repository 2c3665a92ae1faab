"""Dividing what is left under a ceiling."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.ranking import Verdict, pro_rata, room_for

D = Decimal
AMOUNTS = st.decimals(min_value="0.01", max_value=100_000, places=2)


def amounts(remaining: str, *requests: str, minimum: str = "0") -> list[str]:
    cases = {f"SUB-{n:03d}": D(amount) for n, amount in enumerate(requests)}
    return [str(share.amount) for share in pro_rata(D(remaining), cases, D(minimum))]


def test_the_worked_example_of_ten_thousand_euros() -> None:
    assert amounts("10000", "5000", "4000", "3500") == ["4000.00", "3200.00", "2800.00"]


@pytest.mark.parametrize(
    ("remaining", "requests", "expected"),
    [
        ("100", ["100", "100", "100"], ["33.34", "33.33", "33.33"]),
        ("200", ["100", "100", "100"], ["66.67", "66.67", "66.66"]),
        ("0.01", ["5", "7"], ["0.00", "0.01"]),
        ("1", ["1", "2", "4"], ["0.14", "0.29", "0.57"]),
        ("7", ["1", "2", "4"], ["1.00", "2.00", "4.00"]),
        ("6.99", ["1", "2", "4"], ["1.00", "2.00", "3.99"]),
        ("0", ["1", "2"], ["0.00", "0.00"]),
    ],
)
def test_cents_left_over_go_to_the_largest_remainders(remaining: str, requests: list[str], expected: list[str]) -> None:
    assert amounts(remaining, *requests) == expected


def test_a_share_under_the_minimum_is_refused_and_not_divided_again() -> None:
    cases = {"A": D(5000), "B": D(4000), "C": D(3500)}

    shares = pro_rata(D(10000), cases, D("2800.01"))

    assert [(share.amount, share.refused) for share in shares] == [(4000, False), (3200, False), (0, True)]
    assert not pro_rata(D(10000), cases, D(2800))[2].refused


def test_a_request_of_nothing_or_less_is_refused() -> None:
    for amount in ("0", "-1", "0.001"):
        with pytest.raises(ValueError):
            pro_rata(D(10), {"A": D(amount)})


@given(AMOUNTS, st.dictionaries(st.text("ABC", min_size=1), AMOUNTS, min_size=1, max_size=8))
def test_shares_add_up_to_what_there_is(remaining: Decimal, cases: dict[str, Decimal]) -> None:
    shares = pro_rata(remaining, cases)

    assert sum(share.amount for share in shares) == min(remaining, sum(cases.values()))
    assert all(0 <= share.amount <= share.requested for share in shares)
    assert shares == pro_rata(remaining, dict(reversed(cases.items())))


def verdict(remaining: str, *, before: str = "0", beside: str = "0", today: date = date(2025, 3, 4)) -> Verdict:
    return room_for(
        remaining=D(remaining),
        amount=D(1000),
        complete_on=date(2025, 3, 3),
        better_ranked=[D(before)] if D(before) else [],
        same_day=[D(beside)] if D(beside) else [],
        today=today,
    )


@pytest.mark.parametrize(
    ("found", "kind", "amount"),
    [
        (verdict("1000"), "passes", "1000.00"),
        (verdict("999.99"), "partly", "999.99"),
        (verdict("0.01"), "partly", "0.01"),
        (verdict("0"), "exhausted", "0.00"),
        (verdict("3000", before="1500", beside="500"), "passes", "1000.00"),
        (verdict("2999.99", before="1500", beside="500"), "tie_must_wait", "0.00"),
        (verdict("2000", beside="1000"), "passes", "1000.00"),
        (verdict("1999.99", beside="1000"), "tie_pro_rata", "999.99"),
        (verdict("9999", today=date(2025, 3, 3)), "tie_must_wait", "0.00"),
    ],
)
def test_room_is_judged_to_the_cent(found: Verdict, kind: str, amount: str) -> None:
    assert (found.kind, str(found.amount)) == (kind, amount)
    assert found.reason.endswith(".")
    assert found.article.startswith("artikel 4:2")


def test_a_case_of_tomorrow_cannot_be_judged_today() -> None:
    with pytest.raises(ValueError):
        verdict("9999", today=date(2025, 3, 2))
