"""L32: the recipient falls in the sample, and shows what the activity became (Awb 4:37)."""

from __future__ import annotations

from datetime import date

from decisions.models import SampleCheck
from grants.applications.correspondence import send_written
from grants.applications.letter_topics import day_or_none
from grants.applications.statuses import RUNNING
from grants.kernel.models import Event
from grants.law.formats import long_date
from letters.content import Items
from letters.texts.shipped import shipped
from letters.texts.values import Gathering, Values


def evidence(check: SampleCheck, event: Event, day: date) -> None:
    """Order the letter: what to show, until when, and what may follow. It is no decision (Awb 6:3)."""
    send_written(check.application, event, "L32", day, values_of(check))


def values_of(check: SampleCheck) -> Values:
    """What the letter speaks of. What can follow depends on whether the subsidy is settled (Awb 4:46, 4:48, 4:49)."""
    application, to = check.application, Gathering()
    assert check.last_day is not None
    asked = tuple(q.label for q in application.definition.report.questions) or ("Iets waarmee u laat zien dat de activiteit is gedaan, zoals foto's of een verslag.",)
    to.when(has_settled_moment=application.settled_on, is_settled=application.status not in RUNNING)
    to.fact(
        case_number=application.case_number or str(application.id), settled_moment=day_or_none(application.settled_on), answer_by=long_date(check.last_day),
    )
    to.block(evidence=(Items(asked, element="report_due"),))
    return to.values(shipped("L32").vocabulary)
