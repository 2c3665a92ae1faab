"""What a grant and a settlement come to, as rows a reader can follow from the first to the last."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, Literal

from grants.law.errors import LawError, MoneyError, PercentageError

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")
HUNDRED: Final = Decimal(100)

SettlementMethod = Literal["fixed", "actual_costs", "per_unit", "pro_rata_of_costs"]


@dataclass(frozen=True, slots=True)
class CalculationRow:
    """One line of a calculation: what it is, and how much in euros."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class GrantCalculation:
    """`amount` is what can be granted: zero when `refusal` (a Dutch sentence) says why nothing can be."""

    rows: tuple[CalculationRow, ...]
    amount: Decimal
    refusal: str | None


@dataclass(frozen=True, slots=True)
class SettlementCalculation:
    """`amount` is the settlement in euros, never above what was granted."""

    rows: tuple[CalculationRow, ...]
    amount: Decimal


def cents(amount: Decimal) -> Decimal:
    """Round to whole cents, half away from zero. Raises MoneyError for NaN, infinity and what has too many
    digits; minus zero becomes zero.
    """
    if not amount.is_finite():
        raise MoneyError("amount", amount)
    try:
        return amount.quantize(CENT, rounding=ROUND_HALF_UP) + ZERO
    except InvalidOperation:
        raise MoneyError("amount", amount) from None


def require_money(name: str, amount: Decimal) -> Decimal:
    """The amount with two decimals. Raises MoneyError when it is negative, holds a part of a cent, or is no
    number.
    """
    if not amount.is_finite() or cents(amount) != amount or amount < 0:
        raise MoneyError(name, amount)
    return cents(amount)


def percentage_of(percentage: Decimal, amount: Decimal) -> Decimal:
    """So many hundredths of the amount, half up to cents. Raises PercentageError outside 0 to 100."""
    if not percentage.is_finite() or not 0 <= percentage <= HUNDRED:
        raise PercentageError(percentage)
    return cents(amount * percentage / HUNDRED)


def _written(percentage: Decimal) -> str:
    """75 or 33,33: as the scheme says it, not rounded, without needless zeros."""
    return f"{percentage.normalize():f}".replace(".", ",")


def grant_amount(
    *,
    requested: Decimal,
    eligible_costs: Decimal,
    percentage: Decimal | None,
    cap: Decimal | None,
    minimum: Decimal | None,
    room: Decimal | None = None,
) -> GrantCalculation:
    """The lowest of: what is asked, the percentage of the eligible costs, the cap, and the room under the
    ceiling.

    Euros; the percentage in hundredths of the eligible costs, half up to cents. None means: the scheme sets
    no such bound. Exactly the minimum is enough. The minimum is tested before the room and again after it: a
    part of the sum that is under the minimum is refused on the ceiling (Awb 4:25(2): refuse as far as
    granting would exceed the ceiling). Raises LawError for a negative amount, a part of a cent, or a
    percentage outside 0 to 100.
    """
    asked = require_money("requested", requested)
    costs = require_money("eligible_costs", eligible_costs)
    floor = require_money("minimum", minimum) if minimum is not None else ZERO
    rows = [CalculationRow("Gevraagd bedrag", asked), CalculationRow("Subsidiabele kosten", costs)]
    share = costs
    if percentage is not None:
        share = percentage_of(percentage, costs)
        rows.append(CalculationRow(f"{_written(percentage)}% van de subsidiabele kosten", share))
    amount = min(asked, share)
    if cap is not None:
        highest = require_money("cap", cap)
        rows.append(CalculationRow("Hoogste bedrag volgens de regeling", highest))
        amount = min(amount, highest)
    refusal = _refusal_on_merits(asked, costs, amount, floor)
    if minimum is not None:
        rows.append(CalculationRow("Laagste bedrag volgens de regeling", floor))
    if refusal is None and room is not None:
        left = require_money("room", room)
        rows.append(CalculationRow("Bedrag dat er nog is onder het subsidieplafond", left))
        amount = min(amount, left)
        refusal = _refusal_on_ceiling(amount, floor)
    if refusal is not None:
        amount = ZERO
    rows.append(CalculationRow("Subsidie", amount))
    return GrantCalculation(tuple(rows), amount, refusal)


def _refusal_on_merits(asked: Decimal, costs: Decimal, amount: Decimal, floor: Decimal) -> str | None:
    if asked == 0:
        return "Er is geen bedrag gevraagd. Daarom kan er geen subsidie zijn."
    if costs == 0:
        return "Er zijn geen kosten waarvoor de regeling subsidie geeft."
    if amount == 0:
        return "De berekening volgens de regeling komt uit op niets."
    if amount < floor:
        return "Het bedrag is lager dan het laagste bedrag dat de regeling geeft."
    return None


def _refusal_on_ceiling(amount: Decimal, floor: Decimal) -> str | None:
    if amount == 0:
        return (
            "Het subsidieplafond is bereikt: er is geen geld meer voor deze regeling. "
            "Boven het plafond moet de provincie weigeren (artikel 4:25, tweede lid, Awb)."
        )
    if amount < floor:
        return (
            "Onder het subsidieplafond is minder over dan het laagste bedrag dat de regeling geeft. "
            "Boven het plafond moet de provincie weigeren (artikel 4:25, tweede lid, Awb)."
        )
    return None


def settlement_amount(
    *,
    method: SettlementMethod,
    granted: Decimal,
    budgeted_costs: Decimal | None = None,
    actual_costs: Decimal | None = None,
    income: Decimal | None = None,
    percentage: Decimal | None = None,
    units: Decimal | None = None,
    unit_amount: Decimal | None = None,
) -> SettlementCalculation:
    """What is settled by the method that the grant decision names (Awb 4:46): never above what was granted.

    fixed: what was granted. actual_costs: `percentage` of the reasonable actual costs (4:46(3); all of them
    when None). per_unit: units times the amount per unit. pro_rata_of_costs: granted x actual / budgeted
    costs. `income` is what others paid; where the scheme counts it (not None), the settlement is at most
    actual costs - income, for the two methods that look at costs. Euros, half up to cents. Without a basis in
    the grant decision the pro rata method may not be used; that is the caller's guard. Raises LawError when
    a value that the method needs is missing.
    """
    ceiling = require_money("granted", granted)
    rows = [CalculationRow("Verleende subsidie", ceiling)]
    amount = ceiling
    if method == "per_unit":
        done, each = (
            _needed("units", units),
            require_money("unit_amount", _needed("unit_amount", unit_amount)),
        )
        if done < 0:
            raise LawError(f"units cannot be negative: {done}")
        amount = cents(done * each)
        rows += [
            CalculationRow("Bedrag per eenheid", each),
            CalculationRow(f"{_written(done)} eenheden maal het bedrag per eenheid", amount),
        ]
    elif method in ("actual_costs", "pro_rata_of_costs"):
        actual = require_money("actual_costs", _needed("actual_costs", actual_costs))
        if method == "actual_costs":
            rows.append(CalculationRow("Werkelijke subsidiabele kosten", actual))
            amount = actual
            if percentage is not None:
                amount = percentage_of(percentage, actual)
                rows.append(CalculationRow(f"{_written(percentage)}% van de werkelijke kosten", amount))
        else:
            budgeted = require_money("budgeted_costs", _needed("budgeted_costs", budgeted_costs))
            if budgeted == 0:
                raise LawError("budgeted_costs must be above zero: the share of the costs cannot be told")
            amount = cents(ceiling * actual / budgeted)
            rows += [
                CalculationRow("Begrote subsidiabele kosten", budgeted),
                CalculationRow("Werkelijke subsidiabele kosten", actual),
                CalculationRow("Verleende subsidie naar verhouding van de kosten", amount),
            ]
        if income is not None:
            received = require_money("income", income)
            open_costs = max(ZERO, actual - received)
            rows += [
                CalculationRow("Inkomsten van anderen", received),
                CalculationRow("Werkelijke kosten min inkomsten van anderen", open_costs),
            ]
            amount = min(amount, open_costs)
    elif method != "fixed":
        raise LawError(f"unknown settlement method: {method}")
    amount = min(amount, ceiling)
    rows.append(CalculationRow("Vaststelling", amount))
    return SettlementCalculation(tuple(rows), amount)


def _needed(name: str, value: Decimal | None) -> Decimal:
    if value is None:
        raise LawError(f"this settlement method needs {name}")
    return value
