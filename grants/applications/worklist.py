"""What the work list sorts by, kept with the case: the nearest term of ours, and the moment of the last event.

One place keeps it up: after the events of a transaction are written, and before it commits. So a case, its terms and its
events never tell different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery

from applicants.models import Applicant
from grants.applications.deadlines import OURS
from grants.applications.finding import index_cases
from grants.applications.models import Application, Deadline
from grants.applications.statuses import Status
from grants.kernel.audit import Finding
from grants.kernel.models import Event

NAMED_FROM = ("", Status.DRAFT, Status.AWAITING_COMPLETION)
"""Only when a case comes in or is completed, or is read from a register, can its number, title or applicant change."""


def keep_up(events: list[Event]) -> None:
    """Called with the events that a transaction wrote: they all bear one moment."""
    chains = {event.chain_id for event in events}
    Application.objects.filter(chain__in=chains).update(last_event_at=events[-1].recorded_at, next_due_on=Subquery(_nearest()))
    named = {event.chain_id for event in events if event.from_status in NAMED_FROM or event.act == "import_event"}
    if named:
        index_cases(Application.objects.filter(chain__in=named, case_number__isnull=False).select_related("applicant"))


def terms_moved(case_ids: Iterable[UUID]) -> None:
    """The terms of these cases got other last days without an event: the table of free days changed."""
    Application.objects.filter(id__in=list(case_ids)).update(next_due_on=Subquery(_nearest()))


def applicant_renamed(sender: type[Applicant], instance: Applicant, created: bool, **kwargs: object) -> None:
    """Signal handler: the cases of an applicant are found by the name that the applicant has now."""
    if not created:
        index_cases(Application.objects.filter(applicant=instance, case_number__isnull=False).select_related("applicant"))


def _nearest() -> QuerySet:
    """The last day of the nearest running term of ours, per case."""
    running = Deadline.objects.filter(application=OuterRef("pk"), ended_by__isnull=True, rule__in=OURS)
    return running.order_by("last_day").values("last_day")[:1]


def columns_are_what_rows_say() -> Iterator[Finding]:
    """The columns that the work list sorts by equal what the terms and events of each case say."""
    ours = Q(deadlines__ended_by__isnull=True, deadlines__rule__in=OURS)
    dues = Application.objects.annotate(due=Min("deadlines__last_day", filter=ours))
    one_is_empty = Q(due__isnull=True, next_due_on__isnull=False) | Q(due__isnull=False, next_due_on__isnull=True)
    wrong = dues.filter(one_is_empty | Q(due__lt=F("next_due_on")) | Q(due__gt=F("next_due_on")))
    for case in wrong.only("case_number", "next_due_on").iterator():
        yield Finding(str(case.case_number or case.id), f"eerstvolgende termijn staat op {case.next_due_on}, maar de termijnen zeggen {case.due}")
    lasts = Application.objects.annotate(last=Max("chain__events__recorded_at")).exclude(last=F("last_event_at"))
    for case in lasts.only("case_number", "last_event_at").iterator():
        yield Finding(str(case.case_number or case.id), f"laatst bijgewerkt staat op {case.last_event_at}, maar de laatste gebeurtenis is van {case.last}")


def handlers_were_assigned() -> Iterator[Finding]:
    """The handler of a case is whom the last assignment (T61) named. Cases of before there were assignments have none."""
    rows = Event.objects.filter(act="assign").order_by("sequence").values_list("chain_id", "data")
    named = {chain: data.get("handler") for chain, data in rows.iterator()}
    for number, chain, handler in Application.objects.values_list("case_number", "chain_id", "handler_id").iterator():
        if chain in named and named[chain] != handler:
            yield Finding(str(number or chain), f"heeft behandelaar {handler}, maar is het laatst toegewezen aan {named[chain]}")
