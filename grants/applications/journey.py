"""The steps of a case as its applicant sees them: what is done, what goes on now, what comes next, with days. Pure.

An expected day comes from a running term; a day on which a term stood still is told, with how many there were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.applications.models import Application, Deadline
from grants.applications.statuses import FINAL, RUNNING, UNDECIDED, Status
from grants.law.formats import long_date
from grants.schemes.reading import arrangement_for

DONE, NOW, NEXT = "done", "now", "next"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `day_words` says when it was done, or when it is expected; `notes` are sentences about its days."""

    title: str
    state: str
    day_words: str = ""
    notes: tuple[str, ...] = ()

    @property
    def state_words(self) -> str:
        return {DONE: _("klaar"), NOW: _("nu bezig"), NEXT: _("hierna")}[self.state]


def steps_of(application: Application, terms: Sequence[Deadline], days: dict[str, date], today: date) -> list[Step]:
    """`terms` are all terms of the case, each with `stands_still`; `days` the last day of each act that happened."""
    if application.status == Status.DRAFT:
        titles = (_("Insturen"), _("Beoordelen"), _("Besluit"))
        return [Step(_("Invullen"), NOW), *(Step(title, NEXT) for title in titles)]
    found = [Step(_("U stuurde uw aanvraag in"), DONE, _on(application.received_on))]
    found += _until_decision(application, terms, days)
    if application.status in UNDECIDED:
        return [*found, *_expected(application)]
    return [*found, *_after_decision(application, terms, days, today), *_end(application)]


def _until_decision(application: Application, terms: Sequence[Deadline], days: dict[str, date]) -> list[Step]:
    status, found = application.status, []
    if status == Status.AWAITING_COMPLETION:
        found.append(Step(_("U vult uw aanvraag aan"), NOW, _by(_last(terms, "RECOVERY_TERM")), (_("Onze beslistermijn staat zolang stil."),)))
    elif "complete" in days:
        found.append(Step(_("U vulde uw aanvraag aan"), DONE, _on(days["complete"])))
    if status in (Status.WITHDRAWN, Status.FORWARDED):
        words = {Status.WITHDRAWN: _("U trok uw aanvraag in"), Status.FORWARDED: _("Wij stuurden uw aanvraag door")}
        act = "withdraw_application" if status == Status.WITHDRAWN else "forward"
        return [*found, Step(words[Status(status)], DONE, _on(days.get(act)))]
    if status in (Status.RECEIVED, Status.AWAITING_COMPLETION):
        found.append(Step(_("Wij beoordelen uw plan"), NOW if status == Status.RECEIVED else NEXT))
    else:
        found.append(Step(_("Wij beoordeelden uw plan"), DONE, _on(days.get("assess"))))
    if status == Status.AWAITING_VIEW:
        found.append(Step(_("U mag reageren op ons voornemen"), NOW, _by(_last(terms, "VIEW_TERM"))))
    if application.decided_on is not None or application.settled_on is not None or status in FINAL:
        found.append(Step(_("Wij namen een besluit"), DONE, _on(application.decided_on or application.settled_on), _pauses(terms, "DECISION")))
    elif status in UNDECIDED:
        state = NOW if status == Status.ASSESSED else NEXT
        found.append(Step(_("Wij nemen een besluit"), state, _by(application.decision_due_on), _pauses(terms, "DECISION")))
    return found


def _after_decision(application: Application, terms: Sequence[Deadline], days: dict[str, date], today: date) -> list[Step]:
    """A grant is carried out, accounted for and settled; what was settled at once is still to be carried out, until its last day."""
    if application.granted_amount is None:
        return []
    runs = application.status in (Status.VERLEEND, Status.REPORT_OVERDUE)
    last_day = application.activity_end
    ended = last_day is not None and last_day < today
    if application.settled_on is not None and application.settled_on == application.decided_on:
        plan = Step(_("U voert uw plan uit"), NOW if last_day is not None and not ended else DONE, _period(application))
        return [Step(_("Wij stelden uw subsidie vast"), DONE, _on(application.settled_on)), plan]
    found = [Step(_("U voert uw plan uit"), NOW if runs and not ended else DONE, _period(application))]
    reported = days.get("complete_report") or days.get("submit_report")
    if reported is not None and application.status != Status.REPORT_INCOMPLETE:
        found.append(Step(_("U verantwoordde uw plan"), DONE, _on(reported)))
    elif application.status == Status.REPORT_INCOMPLETE:
        found.append(Step(_("U vult uw verantwoording aan"), NOW, _by(_last(terms, "RECOVERY_TERM_REPORT"))))
    elif application.status in RUNNING:
        if _asks_report(application):
            now = application.status == Status.REPORT_OVERDUE or ended
            found.append(Step(_("U verantwoordt uw plan"), NOW if now else NEXT, _by(_last(terms, "REPORT_REMINDER") or application.report_due_on)))
    if application.settled_on is not None:
        found.append(Step(_("Wij stelden uw subsidie vast"), DONE, _on(application.settled_on), _pauses(terms, "SETTLEMENT")))
    elif application.status in RUNNING:
        state = NOW if application.status == Status.REPORT_RECEIVED else NEXT
        found.append(Step(_("Wij stellen uw subsidie vast"), state, _by(_last(terms, "SETTLEMENT")), _pauses(terms, "SETTLEMENT")))
    return found


def _end(application: Application) -> list[Step]:
    if application.closed_on is not None:
        return [Step(_("Uw zaak is afgesloten"), DONE, _on(application.closed_on))]
    if application.status in (Status.GRANT_WITHDRAWN, Status.SETTLEMENT_WITHDRAWN):
        return [Step(application.public_status, DONE)]
    return []


def _expected(application: Application) -> list[Step]:
    """What would follow on a decision that gives the subsidy."""
    if application.version is None or application.requested_amount is None:
        return []
    arrangement = arrangement_for(application.version.definition, application.requested_amount)
    if arrangement is None or arrangement.path == "direct":
        return []
    more = [_("Krijgt u subsidie? Dan voert u uw plan uit")]
    return [Step(title, NEXT) for title in (*more, *([_("U verantwoordt uw plan")] if arrangement.report_required else []), _("Wij stellen uw subsidie vast"))]


def _asks_report(application: Application) -> bool:
    if application.version is None or application.granted_amount is None:
        return True
    arrangement = arrangement_for(application.version.definition, application.granted_amount)
    return arrangement is None or bool(arrangement.report_required)


def _last(terms: Sequence[Deadline], rule: str) -> date | None:
    return max((term.last_day for term in terms if term.rule == rule and term.ended_on is None), default=None)


def _pauses(terms: Sequence[Deadline], rule: str) -> tuple[str, ...]:
    found = []
    for term in terms:
        if term.rule == rule and term.suspended_days:
            words = ngettext("De termijn stond %(n)s dag stil.", "De termijn stond %(n)s dagen stil.", term.suspended_days)
            found.append(words % {"n": term.suspended_days})
        if term.rule == rule and term.ended_on is None and getattr(term, "stands_still", False):
            found.append(_("De termijn staat nu stil. De laatste dag schuift daardoor nog op."))
    return tuple(dict.fromkeys(found))


def _period(application: Application) -> str:
    start, end = application.activity_start, application.activity_end
    if start and end:
        return _("van %(start)s tot en met %(end)s") % {"start": long_date(start), "end": long_date(end)}
    return _by(end)


def _on(day: date | None) -> str:
    return _("op %(day)s") % {"day": long_date(day)} if day else ""


def _by(day: date | None) -> str:
    return _("uiterlijk %(day)s") % {"day": long_date(day)} if day else ""
