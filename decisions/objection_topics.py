"""What the letters of an objection speak of: `letters/texts/vocabulary/objection.toml` explains each fact."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from decisions import objections
from decisions.models import Objection
from grants.applications.letter_topics import day_or_none
from grants.kernel.clock import AMSTERDAM
from grants.law.formats import long_date
from letters.content import Items
from letters.texts.values import Gathering

Topic = Callable[[Objection, Gathering], None]


def _case(objection: Objection, to: Gathering) -> None:
    to.fact(case_number=objection.application.case_number or str(objection.application.id))


def _objection(objection: Objection, to: Gathering) -> None:
    to.fact(objection_received_on=long_date(objection.received_on))


def _contested(objection: Objection, to: Gathering) -> None:
    to.fact(made_known_on=long_date(objections.made_known_on(objection.contested)), contested_label=objection.contested.label.lower())


def _timeliness(objection: Objection, to: Gathering) -> None:
    timely = objections.timeliness(objection)
    late = not timely.in_time and timely.kind == "late"
    said = (objection.late_reason.strip() or objection.repair_text.strip()) if late else ""
    to.when(in_time=timely.in_time, is_late=late, is_early=not timely.in_time and not late, has_late_reason=said)
    to.fact(objection_until=long_date(timely.last_day), late_reason=said or None)


def _grounds(objection: Objection, to: Gathering) -> None:
    text = objection.grounds.strip()
    to.when(has_grounds=text)
    to.fact(grounds=text or None)


def _requests(objection: Objection, to: Gathering) -> None:
    to.when(costs_asked=objection.costs_asked_on, direct_appeal_asked=objection.direct_appeal_asked)


def _decide_by(objection: Objection, to: Gathering) -> None:
    to.fact(decide_by=long_date(objection.decide_by))


def _committee(objection: Objection, to: Gathering) -> None:
    longer = objection.has_committee and objections.clock_of(objection).rule == "OBJ_DECISION_12W"
    to.when(has_committee=objection.has_committee, committee_lengthens=longer)


def _repair(objection: Objection, to: Gathering) -> None:
    assert objection.repair_last_day is not None
    to.fact(repair_last_day=long_date(objection.repair_last_day), our_postal_address=settings.LETTER_SENDER["postal_address"])
    to.block(repair_items=(Items(tuple(objection.repair_items), ordered=True, element="missing_items"),))


def _hearing(objection: Objection, to: Gathering) -> None:
    """The hearing, with the two days that are counted back from it (Awb 7:4)."""
    assert objection.hearing_at is not None and objection.hearing_on is not None and objection.hearing_officer is not None
    file_from, documents_until = objections.hearing_days(objection.hearing_on)
    to.fact(
        hearing_day=long_date(objection.hearing_on), hearing_time=f"{objection.hearing_at.astimezone(AMSTERDAM):%H.%M}",
        hearing_place=objection.hearing_place, file_from=long_date(file_from), documents_until=long_date(documents_until),
    )


def _withdrawn(objection: Objection, to: Gathering) -> None:
    to.fact(withdrawn_on=day_or_none(objection.withdrawn_on))


OBJECTION_TOPICS: dict[str, Topic] = {
    "case": _case,
    "objection": _objection,
    "contested": _contested,
    "timeliness": _timeliness,
    "grounds": _grounds,
    "requests": _requests,
    "decide_by": _decide_by,
    "committee": _committee,
    "repair": _repair,
    "hearing": _hearing,
    "objection_withdrawn": _withdrawn,
}
