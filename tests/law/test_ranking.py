"""Dividing what is left under a ceiling."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.errors import LawError, MoneyError
from grants.law.ranking import Ranked, Verdict, order_of_completeness, pro_rata, room_for

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


def test_money_of_refused_shares_is_divided_again_only_when_the_scheme_says_so() -> None:
    cases = {"A": D(5000), "B": D(4000), "C": D(1000)}

    kept = pro_rata(D(5000), cases, D(1000))
    again = pro_rata(D(5000), cases, D(1000), redistribute=True)

    assert [(share.amount, share.refused) for share in kept] == [(2500, False), (2000, False), (0, True)]
    assert [str(share.amount) for share in again] == ["2777.78", "2222.22", "0.00"]
    assert [share.refused for share in again] == [False, False, True]


def test_equal_cases_under_the_minimum_drop_out_together() -> None:
    shares = pro_rata(D(100), {"A": D(80), "B": D(80)}, D(60), redistribute=True)

    assert [(share.amount, share.refused) for share in shares] == [(0, True), (0, True)]


def test_a_request_of_nothing_or_less_is_refused() -> None:
    with pytest.raises(LawError, match="zero"):
        pro_rata(D(10), {"A": D(0)})
    for amount in ("-1", "0.001"):
        with pytest.raises(MoneyError) as refused:
            pro_rata(D(10), {"A": D(amount)})
        assert refused.value.amount == D(amount)


@given(AMOUNTS, st.dictionaries(st.text("ABC", min_size=1), AMOUNTS, min_size=1, max_size=8), AMOUNTS)
def test_dividing_again_leaves_no_share_too_small_and_spends_no_more(remaining: Decimal, cases: dict[str, Decimal], minimum: Decimal) -> None:
    shares = pro_rata(remaining, cases, minimum, redistribute=True)

    assert all(share.refused or share.amount >= minimum for share in shares)
    granted = [share for share in shares if not share.refused]
    assert sum(share.amount for share in granted) == (min(remaining, sum(share.requested for share in granted)))


def test_the_queue_is_ordered_by_the_day_of_completeness() -> None:
    late_but_first_submitted = Ranked(date(2025, 3, 4), "SUB-001")
    early = Ranked(date(2025, 3, 3), "SUB-009")
    same_day = Ranked(date(2025, 3, 4), "SUB-000")

    assert order_of_completeness([late_but_first_submitted, early, same_day]) == (early, same_day, late_but_first_submitted)


@given(AMOUNTS, st.dictionaries(st.text("ABC", min_size=1), AMOUNTS, min_size=1, max_size=8))
def test_shares_add_up_to_what_there_is(remaining: Decimal, cases: dict[str, Decimal]) -> None:
    shares = pro_rata(remaining, cases)

    assert sum(share.amount for share in shares) == min(remaining, sum(cases.values()))
    assert all(0 <= share.amount <= share.requested for share in shares)
    assert shares == pro_rata(remaining, dict(reversed(cases.items())))


def verdict(remaining: str, *, before: str = "0", beside: str = "0", today: date = date(2025, 3, 4), minimum: str = "0", coming: str = "") -> Verdict:
    return room_for(
        remaining=D(remaining),
        amount=D(1000),
        complete_on=date(2025, 3, 3),
        better_ranked=[D(before)] if D(before) else [],
        same_day=[D(beside)] if D(beside) else [],
        today=today,
        minimum=D(minimum),
        may_still_come=D(coming) if coming else None,
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
        (verdict("9999", today=date(2025, 3, 3), coming="8999"), "passes", "1000.00"),
        (verdict("9999", today=date(2025, 3, 3), coming="8999.01"), "tie_must_wait", "0.00"),
        (verdict("9999", before="500", beside="500", today=date(2025, 3, 3), coming="7999"), "passes", "1000.00"),
        (verdict("9999", before="500", beside="500", today=date(2025, 3, 3), coming="7999.01"), "tie_must_wait", "0.00"),
        (verdict("600", minimum="600"), "partly", "600.00"),
        (verdict("599.99", minimum="600"), "exhausted", "0.00"),
        (verdict("1200", beside="1000", minimum="600"), "tie_pro_rata", "600.00"),
        (verdict("1199.97", beside="1000", minimum="600"), "exhausted", "0.00"),
    ],
)
def test_room_is_judged_to_the_cent(found: Verdict, kind: str, amount: str) -> None:
    assert (found.kind, str(found.amount)) == (kind, amount)
    assert found.reason.endswith(".")
    assert found.article.startswith("artikel 4:2")


@pytest.mark.parametrize(("remaining", "kind"), [("2000", "passes"), ("1999.99", "tie_lottery"), ("0.01", "tie_lottery"), ("0", "exhausted")])
def test_where_the_lot_decides_nobody_has_a_share_before_the_draw(remaining: str, kind: str) -> None:
    found = room_for(
        remaining=D(remaining), amount=D(1000), complete_on=date(2025, 3, 3), better_ranked=[], same_day=[D(1000)], today=date(2025, 3, 4),
        minimum=D(600), by_lot=True,
    )
    assert found.kind == kind and (found.amount == 0 or kind == "passes")


def test_a_case_of_tomorrow_cannot_be_judged_today() -> None:
    with pytest.raises(ValueError):
        verdict("9999", today=date(2025, 3, 2))
