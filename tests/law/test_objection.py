"""Objections in time and late."""

from datetime import date

import pytest

from grants.law.objection import objection_timeliness

MADE_KNOWN = date(2025, 3, 7)
LAST = date(2025, 4, 22)


@pytest.mark.parametrize(
    ("posted_on", "received_on", "kind", "article"),
    [
        (LAST, date(2025, 4, 29), "in_time", "6:9, tweede lid"),
        (LAST, date(2025, 4, 30), "late", "6:11"),
        (date(2025, 4, 23), date(2025, 4, 24), "late", "6:11"),
        (None, date(2025, 4, 21), "in_time", "6:9, eerste lid"),
        (None, LAST, "in_time", "6:9, eerste lid"),
        (None, date(2025, 4, 23), "late", "6:11"),
        (None, MADE_KNOWN, "in_time", "6:9, eerste lid"),
        (None, date(2025, 3, 6), "early", "6:10"),
    ],
    ids=["V45", "V46", "posted late", "day before", "last day", "day after", "same day", "too early"],
)
def test_the_dates_of_posting_and_receipt_decide(posted_on: date | None, received_on: date, kind: str, article: str) -> None:
    found = objection_timeliness(made_known_on=MADE_KNOWN, posted_on=posted_on, received_on=received_on)

    assert (found.kind, found.last_day) == (kind, LAST)
    assert article in found.article
    assert found.in_time is (kind == "in_time")


def test_a_late_objection_is_not_lost_before_the_reason_is_asked() -> None:
    found = objection_timeliness(made_known_on=MADE_KNOWN, received_on=date(2025, 4, 23))

    assert "Vraag eerst waarom" in found.reason


def test_the_week_for_the_post_ends_on_a_working_day() -> None:
    found = objection_timeliness(made_known_on=date(2025, 11, 6), posted_on=date(2025, 12, 18), received_on=date(2025, 12, 29))

    assert found.in_time


def test_post_does_not_arrive_before_it_is_sent() -> None:
    with pytest.raises(ValueError):
        objection_timeliness(made_known_on=MADE_KNOWN, posted_on=LAST, received_on=date(2025, 4, 21))
