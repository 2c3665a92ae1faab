"""Which arrangement, ceiling, obligations and grounds a scheme has for an amount or a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.schemes.reading import advances_of, arrangement_for, ceiling_for, is_open, obligations_for, refusal_grounds_for
from tests.schemes.helpers import FILES, changed, definition

D = Decimal


@pytest.mark.parametrize(
    ("name", "amount", "code"),
    [
        ("lbk-inwoners.toml", "2500", "1a"),
        ("lbk-inwoners.toml", "5000", "1a"),
        ("lbk-verenigingen.toml", "5000", "1b"),
        ("lbk-verenigingen.toml", "24999.99", "1b"),
        ("lbk-verenigingen.toml", "25000", "2"),
        ("lbk-verenigingen.toml", "120000", "2"),
        ("lbk-gebieden.toml", "124999.99", "2"),
        ("lbk-gebieden.toml", "125000", "3"),
        ("lbk-gebieden.toml", "1000000", "3"),
    ],
)
def test_the_granted_amount_chooses_the_arrangement(name: str, amount: str, code: str) -> None:
    arrangement = arrangement_for(definition(name), D(amount))

    assert arrangement is not None
    assert arrangement.code == code


def test_an_amount_that_the_scheme_cannot_grant_has_no_arrangement() -> None:
    assert arrangement_for(definition("lbk-verenigingen.toml"), D(125000)) is None


@given(name=st.sampled_from(FILES), part=st.decimals(min_value=0, max_value=1, places=4))
def test_every_amount_between_minimum_and_maximum_has_one_arrangement(name: str, part: Decimal) -> None:
    rule = definition(name).amount
    amount = (rule.minimum + part * (rule.maximum - rule.minimum)).quantize(D("0.01"))

    bands = [a for a in definition(name).arrangements if a.amount_from <= amount and (a.amount_below is None or amount < a.amount_below)]

    assert bands == [arrangement_for(definition(name), amount)]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 10, 27), None),
        (date(2024, 10, 28), "LB-INW-2024"),
        (date(2024, 12, 31), "LB-INW-2024"),
        (date(2025, 1, 1), "LB-INW-2025"),
        (date(2026, 12, 31), "LB-INW-2026"),
        (date(2027, 1, 1), None),
    ],
)
def test_the_day_chooses_the_ceiling(day: date, code: str | None) -> None:
    ceiling = ceiling_for(definition(), day)

    assert (ceiling.code if ceiling else None) == code
    assert is_open(definition(), day) is (code is not None)


def test_obligations_come_with_their_arrangement() -> None:
    scheme = definition("lbk-verenigingen.toml")
    small, large = scheme.arrangements

    assert "laten_zien" in {o.key for o in obligations_for(scheme, small)}
    assert "verslag" not in {o.key for o in obligations_for(scheme, small)}
    assert "verslag" in {o.key for o in obligations_for(scheme, large)}


def test_no_ground_of_article_4_35_1_on_the_direct_path() -> None:
    scheme = definition("lbk-verenigingen.toml")

    assert {g.code for g in refusal_grounds_for(scheme, "grant")} - {g.code for g in refusal_grounds_for(scheme, "direct")} == {
        "R35_1a",
        "R35_1b",
        "R35_1c",
    }


@given(granted=st.decimals(min_value=0, max_value=1_000_000, places=2))
def test_advances_together_are_exactly_their_percentage(granted: Decimal) -> None:
    def thirds(plain: dict) -> None:
        plain["arrangements"][1]["advances"] = [{"percentage": "33.33"}, {"percentage": "33.33", "after_weeks": 8}, {"percentage": "33.34"}]

    arrangement = changed(thirds, "lbk-gebieden.toml").arrangements[1]

    assert sum(amount for _, amount in advances_of(arrangement, granted)) == granted
    assert arrangement.advance_percentage == 100


def test_a_direct_settlement_has_no_advance_and_pays_everything() -> None:
    (arrangement,) = definition().arrangements

    assert advances_of(arrangement, D(3000)) == ()
    assert arrangement.advance_percentage == 100
