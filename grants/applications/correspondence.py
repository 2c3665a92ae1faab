"""The plain letters of a case: receipts, requests and reminders. None of them is a decision (Awb 6:3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from grants.applications.letter_topics import Plain, values_of
from grants.applications.letterhead import letter_for, to_portal
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.kernel.models import Event
from letters.content import ContentError
from letters.services import order_letter
from letters.texts.values import Values
from letters.texts.writing import write


class LetterNotMade(ActError):
    """The letter that goes with an act cannot be made: something in it is too long, or its text does not fit the case."""


def receipt(application: Application, event: Event, day: date, warnings: tuple[str, ...]) -> None:
    """L01: at once after receipt, with the number, the time and the day on which we decide at the latest."""
    send_plain(application, event, "L01", day, warnings=warnings)


def send_plain(application: Application, event: Event, kind: str, day: date, **facts: Any) -> None:
    """Order the plain letter of this kind. It is sent on paper unless the applicant chose digital post (Awb 2:8)."""
    send_written(application, event, kind, day, values_of(kind, Plain(application, day, facts)))


def send_written(application: Application, event: Event, kind: str, day: date, values: Values) -> None:
    """Order a letter that is no decision, in the words that are in force for the scheme of this case.

    Raises `LetterNotMade`: then the act does not happen either, and nothing is kept or sent by halves.
    """
    try:
        written = write(kind, values, scheme=application.scheme_id)
        letter = letter_for(application, kind, written.subject, day, written.body)
    except ContentError as error:
        raise LetterNotMade(error.sentence) from error
    order_letter(
        chain=application.chain, event_id=event.id, letter=letter, portal_allowed=to_portal(application), made_with=written.made_with,
    )
