"""The plain letters of an objection: L23 to L27. None of them is a decision (Awb 6:3); the decision itself is L28."""

from __future__ import annotations

from datetime import date

from decisions.models import Objection
from decisions.objection_topics import OBJECTION_TOPICS
from grants.applications.correspondence import send_written
from grants.kernel.models import Event
from grants.law.formats import long_date
from letters.texts.shipped import shipped
from letters.texts.values import Gathering, Values


def send(objection: Objection, event: Event, kind: str, day: date) -> None:
    """Order L23 (receipt), L24 (repair, Awb 6:6), L25 (hearing, 7:2 to 7:4) or L27 (withdrawn, 6:21) of this objection."""
    _send(objection, event, kind, day, values_of(kind, objection, Gathering()))


def send_later(objection: Objection, event: Event, day: date, *, present_end: date, reason: str, agreed: bool) -> None:
    """Order L26: the decision comes later, by adjournment (Awb 7:10(3)) or because the objector agreed (7:10(4))."""
    gathering = Gathering()
    gathering.when(is_agreed=agreed)
    gathering.fact(objection_present_end=long_date(present_end), later_reason=reason)
    _send(objection, event, "L26", day, values_of("L26", objection, gathering))


def values_of(kind: str, objection: Objection, gathering: Gathering) -> Values:
    """All values of this kind; what only the act knows is in `gathering` already."""
    text = shipped(kind)
    for topic in text.topics:
        if topic in OBJECTION_TOPICS:
            OBJECTION_TOPICS[topic](objection, gathering)
    return gathering.values(text.vocabulary)


def _send(objection: Objection, event: Event, kind: str, day: date, values: Values) -> None:
    send_written(objection.application, event, kind, day, values)
