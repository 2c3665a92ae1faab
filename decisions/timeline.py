"""The terms of a case as a page can show them to a court: each date with its reason and article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from grants.applications.deadlines import OURS
from grants.applications.models import Application, Deadline
from grants.applications.term_changes import TermChange


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the count. `day` is where it leads; None for a step without a day."""

    day: date | None
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term: whether it is ours to keep, its lines, how it stands, and what stops it now."""

    rule: str
    is_ours: bool
    starts_on: date
    last_day: date
    ended_on: date | None
    started_by: str
    lines: tuple[Line, ...]
    open_suspensions: tuple[str, ...]


def terms_of(application: Application) -> tuple[TermPage, ...]:
    """All terms of the case, oldest first; three queries, whatever their number."""
    rows = application.deadlines.select_related("event", "ended_by").prefetch_related("changes").order_by("starts_on", "id")
    return tuple(_page(row) for row in rows)


def _page(row: Deadline) -> TermPage:
    lines = [Line(_day(step["date"]), str(step["step"]), str(step["article"])) for step in row.explanation]
    lines += [_letter(change) for change in row.changes.all() if change.kind == TermChange.Kind.NOTICE]
    if row.ended_on is not None and row.ended_by is not None:
        lines.append(Line(row.ended_on, _("De termijn is geëindigd."), row.ended_by.article))
    pending = tuple(
        _("%(reason)s, vanaf %(day)s") % {"reason": change.get_kind_display(), "day": f"{change.first_day:%d-%m-%Y}"}
        for change in row.changes.all()
        if change.is_open and row.ended_by_id is None
    )
    return TermPage(row.rule, row.rule in OURS, row.starts_on, row.last_day, row.ended_on, row.event.act, tuple(lines), pending)


def _letter(change: TermChange) -> Line:
    """A notice of delay moves nothing, and so is no part of the count."""
    return Line(change.first_day, _("Bericht aan de aanvrager dat het besluit later komt. De termijn verandert daar niet door."), "artikel 4:14, eerste lid, Awb")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
