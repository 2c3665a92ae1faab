"""What is to be done now in a case, nearest day first: acts with the term that they answer, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from decisions.casefile import CaseFile
from decisions.models import Beschikking
from decisions.selectors import Choice
from grants.applications.deadlines import OURS
from grants.applications.models import Deadline
from grants.law.formats import long_date

ANSWERS = {
    "DECISION": {"mark_complete", "assess", "request_completion", "grant", "grant_partly", "settle_directly", "reject"},
    "SETTLEMENT": {"settle", "settle_lower", "settle_nil", "request_report_completion"},
    "RECOVERY_TERM": {"recovery_lapsed"},
    "RECOVERY_TERM_REPORT": {"report_lapsed"},
    "VIEW_TERM": {"view_lapsed"},
    "NOT_HANDLED_4W": {"decide_not_handle"},
    "REPORT_DUE": {"send_reminder", "settle_ex_officio"},
    "REPORT_REMINDER": {"settle_ex_officio_after_reminder"},
    "PENALTY_DECISION_2W": {"decide_penalty"},
}
"""Which acts answer which running term."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: with a link, or a button when it is done at once. `when` says its day in words."""

    label: str
    address: str
    by_button: bool = False
    last_day: date | None = None
    when: str = ""
    is_late: bool = False


def of(file: CaseFile, plain: list[Choice], decisions: list[Choice], day: date) -> list[Todo]:
    """The acts that this person may start now; those that answer a running term first, the nearest day first."""
    running = [d for d in file.deadlines if d.ended_on is None]
    found = [_todo(choice, choice.label, running, day) for choice in plain]
    found += [_todo(choice, _("Besluit opstellen: %(label)s") % {"label": choice.label}, running, day) for choice in decisions]
    return sorted(found, key=lambda todo: (todo.last_day is None, todo.last_day or date.max))


def _todo(choice: Choice, label: str, running: list[Deadline], day: date) -> Todo:
    by_button = choice.name == "mark_complete"
    term = min((d for d in running if choice.name in ANSWERS.get(d.rule, ())), key=lambda d: d.last_day, default=None)
    if term is None:
        return Todo(label, choice.address, by_button)
    if term.rule in OURS:
        return Todo(label, choice.address, by_button, term.last_day, in_time(term.last_day, day), term.last_day < day)
    words = _("kan na %(day)s, als er niets komt") if day <= term.last_day else _("de termijn liep tot en met %(day)s")
    return Todo(label, choice.address, by_button, term.last_day, words % {"day": long_date(term.last_day)})


def in_time(last_day: date, day: date) -> str:
    """The last day in words, with how many days are left, or by how many it is late."""
    days = (last_day - day).days
    if days < 0:
        return _("moest uiterlijk %(day)s: %(n)s dagen te laat") % {"day": long_date(last_day), "n": -days}
    if days == 0:
        return _("uiterlijk vandaag")
    return _("uiterlijk %(day)s, nog %(n)s dagen") % {"day": long_date(last_day), "n": days}


def open_decision(file: CaseFile) -> Beschikking | None:
    """The decision that is being prepared, or waits to be sent."""
    return next((decision for decision in file.decisions if decision.state in Beschikking.OPEN), None)
