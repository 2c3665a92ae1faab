"""What a grant and a settlement come to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.law.amounts import GrantCalculation, cents, grant_amount, settlement_amount

D = Decimal
MONEY = st.decimals(min_value=0, max_value=10_000_000, places=2)


def grant(**changed: Decimal | None) -> GrantCalculation:
    values: dict[str, Decimal | None] = {
        "requested": D(10000),
        "eligible_costs": D(20000),
        "percentage": D(75),
        "cap": D(12500),
        "minimum": D(1000),
    }
    values.update(changed)
    return grant_amount(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("exact", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("1", "1.00")])
def test_half_a_cent_goes_up(exact: str, rounded: str) -> None:
    assert str(cents(D(exact))) == rounded


@pytest.mark.parametrize(
    ("changed", "amount"),
    [
        ({}, "10000.00"),
        ({"requested": D(99999)}, "12500.00"),
        ({"requested": D(99999), "cap": None}, "15000.00"),
        ({"requested": D(99999), "cap": None, "percentage": None}, "20000.00"),
        ({"requested": D("12500.01")}, "12500.00"),
        ({"room": D("9999.99")}, "9999.99"),
        ({"room": D(10000)}, "10000.00"),
        ({"requested": D("0.01"), "minimum": None, "eligible_costs": D("0.01"), "percentage": D(50)}, "0.01"),
    ],
)
def test_the_lowest_bound_is_the_grant(changed: dict[str, Decimal | None], amount: str) -> None:
    calculation = grant(**changed)

    assert str(calculation.amount) == amount
    assert calculation.refusal is None
    assert calculation.rows[-1].label == "Subsidie"
    assert calculation.rows[-1].amount == calculation.amount


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"requested": D("999.99")}, "laagste bedrag dat de regeling geeft"),
        ({"requested": D(0)}, "geen bedrag gevraagd"),
        ({"eligible_costs": D(0)}, "geen kosten"),
        ({"cap": D(0)}, "komt uit op niets"),
        ({"room": D(0)}, "plafond is bereikt"),
        ({"room": D("999.99")}, "4:25"),
    ],
)
def test_a_refusal_says_why_and_grants_nothing(changed: dict[str, Decimal | None], says: str) -> None:
    calculation = grant(**changed)

    assert calculation.amount == 0
    assert calculation.refusal is not None
    assert says in calculation.refusal


def test_exactly_the_minimum_is_enough() -> None:
    assert grant(requested=D(1000)).amount == 1000


@pytest.mark.parametrize(
    "changed",
    [
        {"requested": D(-1)},
        {"requested": D("0.001")},
        {"room": D("NaN")},
        {"requested": D("1e30")},
        {"percentage": D("100.01")},
        {"cap": D(-1)},
    ],
)
def test_an_impossible_amount_is_refused_loudly(changed: dict[str, Decimal | None]) -> None:
    with pytest.raises(ValueError):
        grant(**changed)


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        ({"method": "fixed"}, "5000.00"),
        ({"method": "actual_costs", "actual_costs": D(4000)}, "4000.00"),
        ({"method": "actual_costs", "actual_costs": D(6000)}, "5000.00"),
        ({"method": "actual_costs", "actual_costs": D(6000), "percentage": D(50)}, "3000.00"),
        ({"method": "actual_costs", "actual_costs": D(6000), "income": D("1000.01")}, "4999.99"),
        ({"method": "actual_costs", "actual_costs": D(1000), "income": D(2000)}, "0.00"),
        ({"method": "per_unit", "units": D(3), "unit_amount": D("33.33")}, "99.99"),
        ({"method": "per_unit", "units": D(1000), "unit_amount": D("33.33")}, "5000.00"),
        ({"method": "pro_rata_of_costs", "budgeted_costs": D(9000), "actual_costs": D(6000)}, "3333.33"),
        ({"method": "pro_rata_of_costs", "budgeted_costs": D(9000), "actual_costs": D(9001)}, "5000.00"),
    ],
)
def test_each_method_settles_at_most_what_was_granted(values: dict[str, object], amount: str) -> None:
    calculation = settlement_amount(granted=D(5000), **values)  # type: ignore[arg-type]

    assert str(calculation.amount) == amount
    assert calculation.rows[-1].label == "Vaststelling"
    assert calculation.rows[-1].amount == calculation.amount


@pytest.mark.parametrize(
    "values",
    [
        {"method": "actual_costs"},
        {"method": "per_unit", "units": D(1)},
        {"method": "per_unit", "units": D(-1), "unit_amount": D(1)},
        {"method": "pro_rata_of_costs", "actual_costs": D(1)},
        {"method": "pro_rata_of_costs", "actual_costs": D(1), "budgeted_costs": D(0)},
        {"method": "guess"},
    ],
)
def test_a_method_without_its_values_is_not_guessed(values: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        settlement_amount(granted=D(5000), **values)  # type: ignore[arg-type]


@given(granted=MONEY, actual=MONEY, income=MONEY, budgeted=MONEY.filter(bool))
def test_no_costs_or_income_lift_a_settlement_above_the_grant(granted: Decimal, actual: Decimal, income: Decimal, budgeted: Decimal) -> None:
    settled = settlement_amount(
        method="pro_rata_of_costs",
        granted=granted,
        actual_costs=actual,
        income=income,
        budgeted_costs=budgeted,
    )

    assert 0 <= settled.amount <= granted
    assert settled.amount <= max(D(0), actual - income)
