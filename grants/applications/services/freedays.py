"""Keep the days that a decree puts on a par with a holiday (Atw 3(3)), and count the running terms that such a day moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from grants.applications import deadlines
from grants.applications.models import Application, Deadline
from grants.applications.services.locking import locked_case
from grants.applications.worklist import terms_moved
from grants.kernel import clock
from grants.law.errors import LawError
from grants.schemes.freedays import count
from grants.schemes.models import FreeDay

LONGEST_SHIFT = timedelta(days=14)
"""A free day moves an end by a week at most, two with a term of a few days (Atw 2); terms further off need no look."""

Recount = Callable[[Deadline], None]
_recounts: dict[str, Recount] = {}


class FreeDayError(Exception):
    """The table cannot be changed like that; the message is a sentence for people."""


def recount_with(rule: str, recount: Recount) -> None:
    """A higher floor counts its own terms of this rule again; the case is locked when `recount` is called."""
    _recounts[rule] = recount


def add(*, day: date, decree: str) -> int:
    """Put a day in the table. Gives how many running terms got another last day. Raises FreeDayError."""
    with _changed(day) as moved:
        try:
            with transaction.atomic():
                FreeDay.objects.create(day=day, decree=decree)
        except IntegrityError as error:
            raise FreeDayError(f"{day:%d-%m-%Y} staat al in de tabel.") from error
    return moved[0]


def remove(*, day: date) -> int:
    """Take a day out that was entered by mistake, as long as it lies ahead. Gives how many terms moved. Raises FreeDayError."""
    if day <= clock.today():
        raise FreeDayError("Een dag die voorbij is, blijft staan. Er zijn termijnen mee geteld.")
    with _changed(day) as moved:
        if not FreeDay.objects.filter(day=day).delete()[0]:
            raise FreeDayError(f"{day:%d-%m-%Y} staat niet in de tabel.")
    return moved[0]


@contextmanager
def _changed(day: date) -> Iterator[list[int]]:
    """Change the table and count again, in one transaction: the cases first, in order, as every act locks them."""
    moved = [0]
    near = Deadline.objects.filter(ended_by__isnull=True, raw_end__gte=day - LONGEST_SHIFT, raw_end__lte=day + LONGEST_SHIFT)
    with transaction.atomic():
        cases = [locked_case(found) for found in near.order_by("application_id").values_list("application_id", flat=True).distinct()]
        yield moved
        for case in cases:
            moved[0] += _recount(case, near)
        terms_moved(case.id for case in cases)


def _recount(case: Application, near: QuerySet[Deadline]) -> int:
    before = dict(near.filter(application=case).values_list("id", "last_day"))
    for term in near.filter(application=case).select_related("application"):
        if term.rule in (deadlines.DECISION, deadlines.SETTLEMENT):
            deadlines.recount(case, term.rule)
            case.save(update_fields=["decision_due_on"])
        elif term.rule in _recounts:
            _recounts[term.rule](term)
        else:
            _count_by_catalogue(term)
    after = dict(Deadline.objects.filter(id__in=before).values_list("id", "last_day"))
    return sum(before[key] != after[key] for key in before)


def _count_by_catalogue(term: Deadline) -> None:
    """A term of the catalogue that nothing else moved. A term with a day that we set ourselves stays as it is."""
    try:
        counted = count(term.rule, term.starts_on)
    except LawError:
        return
    if counted.raw_end == term.raw_end and counted.last_day != term.last_day:
        term.last_day, term.explanation = counted.last_day, deadlines.explained(counted)
        term.save(update_fields=["last_day", "explanation"])
