"""What the topics of a decision letter may look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from decisions.beschikking.recipients import Recipient
from decisions.models import AdviceRequest, AidTest, Beschikking, Objection, View
from grants.applications.models import Application
from grants.kernel.money import ZERO
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_fields import Arrangement
from letters.texts.values import Gathering

TAKES_ALL = frozenset({"settle_nil", "withdraw_grant", "withdraw_settlement"})
"""Acts after which nothing is left, whatever amount the decision names."""


@dataclass(frozen=True, slots=True)
class Case:
    application: Application
    decision: Beschikking
    kind: str
    definition: SchemeDefinition
    arrangement: Arrangement | None
    aid: AidTest | None
    view: View | None
    recovery_asked_on: date | None
    recovery_last_day: date | None
    day: date
    advices: tuple[AdviceRequest, ...] = ()
    recipient: Recipient | None = None
    """Who reads this letter, when that is not the applicant."""
    about: Objection | None = None

    @property
    def amount(self) -> Decimal:
        """What the recipient is left with after this decision, in euros; zero where it names no amount."""
        return ZERO if self.decision.act in TAKES_ALL else self.decision.amount or ZERO

    @property
    def objection(self) -> Objection:
        """The objection that a decision on an objection is about."""
        assert self.about is not None, "compose asks for it before a topic does"
        return self.about


Topic = Callable[[Case, Gathering], None]
