"""What the parts of a decision letter may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from decisions.beschikking.recipients import Recipient
from decisions.models import AdviceRequest, AidTest, Beschikking, View
from grants.applications.models import Application
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_fields import Arrangement


@dataclass(frozen=True, slots=True)
class Case:
    application: Application
    decision: Beschikking
    definition: SchemeDefinition
    arrangement: Arrangement | None
    aid: AidTest | None
    view: View | None
    recovery_asked_on: date | None
    recovery_last_day: date | None
    day: date
    requested: str
    advices: tuple[AdviceRequest, ...] = ()
    recipient: Recipient | None = None
    """Who reads this letter, when that is not the applicant."""
