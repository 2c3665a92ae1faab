"""What a caller did wrong, by name and with the values. All are ValueErrors.

Those about terms speak Dutch, because the person who types a term reads them; the others are for developers.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal


class LawError(ValueError):
    """These values make no case that a rule of law speaks about."""


class UnknownRuleError(LawError):
    """There is no term with this id, or none in force on the day it starts."""

    def __init__(self, rule_id: str, day: date | None = None) -> None:
        self.rule_id, self.day = rule_id, day
        on = f" op {day:%d-%m-%Y}" if day else ""
        super().__init__(f"Er is geen termijn met de naam {rule_id}{on}.")


class FixedLengthError(LawError):
    """The law fixes the length of this term, or does not let it be set in this unit."""

    def __init__(self, rule_id: str, *, weeks: int | None, months: int | None) -> None:
        self.rule_id, self.weeks, self.months = rule_id, weeks, months
        what = "in maanden niet te kiezen" if months is not None else "niet te kiezen"
        super().__init__(f"De lengte van {rule_id} staat vast en is {what}.")


class LengthError(LawError):
    """A length of less than one week or month, or weeks and months at once."""

    def __init__(self, rule_id: str, *, weeks: int | None, months: int | None) -> None:
        self.rule_id, self.weeks, self.months = rule_id, weeks, months
        both = weeks is not None and months is not None
        super().__init__("Kies weken of maanden, niet allebei." if both else "Een termijn is ten minste één week of één maand.")


class NotSuspendableError(LawError):
    """No article lets this kind of suspension stop this term."""

    def __init__(self, rule_id: str, title: str, kind: str) -> None:
        self.rule_id, self.kind = rule_id, kind
        super().__init__(f"De {title} kan niet worden opgeschort om deze reden ({kind}).")


class NotDelayableError(LawError):
    """This kind of letter about delay does not exist for this term (Awb 4:14, or the ordinance)."""

    def __init__(self, rule_id: str, title: str, kind: str) -> None:
        self.rule_id, self.kind = rule_id, kind
        super().__init__(f"Bij de {title} past dit bericht over vertraging niet ({kind}).")


class PeriodError(LawError):
    """A period that ends before it begins."""

    def __init__(self, sentence: str, first: date, last: date) -> None:
        self.first, self.last = first, last
        super().__init__(sentence)


class MoneyError(LawError):
    """Not an amount in whole cents of zero or more, or no number at all."""

    def __init__(self, name: str, amount: Decimal) -> None:
        self.name, self.amount = name, amount
        super().__init__(f"{name} must be zero or more euros in whole cents, not {amount}")


class PercentageError(LawError):
    """Not a percentage from 0 to 100."""

    def __init__(self, percentage: Decimal) -> None:
        self.percentage = percentage
        super().__init__(f"a percentage lies between 0 and 100, not {percentage}")


class PenaltyRateError(LawError):
    """No amounts of penalty are known for a notice received on this day."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"no penalty rate for a notice of {day}")
