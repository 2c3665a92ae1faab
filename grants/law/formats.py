"""How amounts, dates, percentages and account numbers are written in Dutch letters and pages."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from grants.law.amounts import cents
from grants.law.errors import LawError

NO_BREAK_SPACE: Final = "\u00a0"
MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORTEST_IBAN: Final = 15
LONGEST_IBAN: Final = 34


def _dutch_number(value: Decimal, decimals: int) -> str:
    """Dots between thousands and a comma before the decimals; the caller has rounded."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def euro(amount: Decimal) -> str:
    """€ 12.500,00: no-break space after the sign, a minus before it; rounded half up to cents.

    An amount that rounds to nothing has no minus. Raises LawError for NaN and infinity.
    """
    rounded = cents(amount)
    sign = "-" if rounded < 0 else ""
    return f"{sign}€{NO_BREAK_SPACE}{_dutch_number(abs(rounded), 2)}"


def long_date(day: date) -> str:
    """3 maart 2025, for running text."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """03-03-2025, for tables."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def percent(percentage: Decimal) -> str:
    """50,9%: `percentage` counts in hundredths (50.9, not 0.509) and is shown half up to one decimal."""
    if not percentage.is_finite():
        raise LawError(f"no percentage: {percentage}")
    rounded = percentage.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{_dutch_number(abs(rounded), 1)}%"


def masked_iban(iban: str) -> str:
    """NL00 **** **** **12 34: country, check digits and the last four stay readable, in groups of four.

    Spaces in the input do not count. Raises LawError for a text too short or too long to be an IBAN:
    a mask over a short text would hide nothing. The check digits are not judged here.
    """
    compact = "".join(iban.split()).upper()
    if not SHORTEST_IBAN <= len(compact) <= LONGEST_IBAN:
        raise LawError("an IBAN has 15 to 34 characters")
    masked = compact[:4] + "*" * (len(compact) - 8) + compact[-4:]
    return " ".join(masked[start : start + 4] for start in range(0, len(masked), 4))
