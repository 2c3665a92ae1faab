"""Pages by key: every row once, in order, whatever comes and goes meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Max
from hypothesis import given
from hypothesis import settings as tuning
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from decisions.work_query import SORTS
from grants.applications.models import Application
from grants.kernel import keyset
from grants.kernel.keyset import BadCursor
from grants.kernel.models import Chain, Event
from grants.schemes.models import Scheme

FIRST = date(2026, 1, 1)


def make(number: int, due: int | None = None, amount: int | None = None, received: int | None = None) -> Application:
    scheme, _ = Scheme.objects.get_or_create(code="S", defaults={"title": "S", "bundle": "b", "is_historical": True})
    return Application(
        chain=Chain.objects.create(), scheme=scheme, case_number=f"Z-{number:04d}", origin="import", status="received",
        applicant_type="vereniging", subsidy_form="project",
        next_due_on=None if due is None else FIRST + timedelta(days=due),
        received_on=None if received is None else FIRST + timedelta(days=received),
        requested_amount=None if amount is None else Decimal(amount) / 100,
    )


def store(*cases: Application) -> None:
    """Past the door: these tests are about order, not about acts."""
    first = (Event.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1
    Event.objects.bulk_create(
        Event(
            chain=case.chain, position=1, sequence=number, act="import_event", to_status=case.status, role="system", valid_on=FIRST,
            known_at=case.last_event_at, recorded_at=case.last_event_at,
        )
        for number, case in enumerate(cases, start=first)
    )
    Application.objects.bulk_create(cases)


def walk(sort, size, between=lambda step: None):
    """All rows from the first page to the last, and then back to the first."""
    rows = Application.objects.all()
    page = keyset.page(rows, sort, size)
    forward = [row.case_number for row in page.rows]
    step = 0
    while page.next:
        between(step)
        step += 1
        page = keyset.page(rows, sort, size, after=page.next)
        forward += [row.case_number for row in page.rows]
    backward = [row.case_number for row in reversed(page.rows)]
    while page.previous:
        page = keyset.page(rows, sort, size, before=page.previous)
        backward += [row.case_number for row in reversed(page.rows)]
    return forward, backward


small = st.one_of(st.none(), st.integers(0, 3))


class Order(TestCase):
    @given(st.lists(st.tuples(small, small, small), min_size=1, max_size=25), st.sampled_from(sorted(SORTS)), st.integers(1, 7))
    @tuning(max_examples=40)
    def test_every_sort_walks_every_row_once_in_its_order_and_back(self, rows, name, size):
        store(*(make(number, *values) for number, values in enumerate(rows)))
        sort = SORTS[name]
        key = {
            "termijn": lambda c: c.next_due_on or date.max, "ontvangen": lambda c: c.received_on or date.min,
            "bedrag": lambda c: c.requested_amount or Decimal(0), "bijgewerkt": lambda c: c.last_event_at, "zaaknummer": lambda c: 0,
        }[name]
        expected = [c.case_number for c in sorted(Application.objects.all(), key=lambda c: (key(c), c.case_number), reverse=sort.descending)]
        forward, backward = walk(sort, size)
        assert forward == expected and backward == expected[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(SORTS))
def test_rows_that_come_in_meanwhile_make_none_appear_twice_or_vanish(name):
    store(*(make(number, number % 4 or None, number % 3, number % 5) for number in range(0, 60, 2)))
    there = set(Application.objects.values_list("case_number", flat=True))
    forward, _backward = walk(SORTS[name], 7, lambda step: store(make(step * 2 + 1, step % 4, step % 3, step % 5)))
    assert len(forward) == len(set(forward)) and there <= set(forward)


BAD = ["x", "%00", "bnVsbA", "W10", "WyJ0ZXJtaWpuIl0", "e30", "é", "A" * 5000]


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", BAD)
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    with pytest.raises(BadCursor):
        keyset.page(Application.objects.all(), SORTS["termijn"], 5, after=cursor)


def forged(*parts):
    import base64
    import json

    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


WRONG = [
    ("bedrag", "NaN", "Z"), ("bedrag", "Infinity", "Z"), ("bedrag", "1e", "Z"), ("termijn", "2026-13-01", "Z"), ("termijn", "2026-01-01", "Z\0"),
    ("bijgewerkt", "2026-01-01", "Z"), ("bijgewerkt", "2026-01-01T00:00:00", "Z"), ("termijn", "2026-01-01"), ("termijn", "2026-01-01", 5),
]


@pytest.mark.django_db
@pytest.mark.parametrize("parts", WRONG)
def test_a_forged_cursor_is_refused_and_never_reaches_the_database(parts):
    with pytest.raises(BadCursor):
        keyset.page(Application.objects.all(), SORTS[parts[0]], 5, after=forged(*parts))


@pytest.mark.django_db
def test_a_cursor_of_another_sort_is_refused():
    store(*(make(number, number) for number in range(4)))
    page = keyset.page(Application.objects.all(), SORTS["termijn"], 2)
    with pytest.raises(BadCursor):
        keyset.page(Application.objects.all(), SORTS["bedrag"], 2, after=page.next)


@pytest.mark.django_db
def test_the_place_of_a_row_that_is_gone_is_still_a_place():
    store(*(make(number, number) for number in range(6)))
    page = keyset.page(Application.objects.all(), SORTS["termijn"], 3)
    Application.objects.filter(case_number="Z-0002").delete()
    assert [row.case_number for row in keyset.page(Application.objects.all(), SORTS["termijn"], 3, after=page.next).rows] == ["Z-0003", "Z-0004", "Z-0005"]
