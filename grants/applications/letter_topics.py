"""What the plain letters of a case speak of: one function a topic, under the names of `letters/texts/vocabulary/application.toml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.applications.models import Application
from grants.kernel.clock import AMSTERDAM
from grants.law.formats import euro, long_date
from letters.content import Facts, Items
from letters.texts.shipped import shipped
from letters.texts.values import Gathering, Values


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain letter: its case, its day, and what the act that sends it gives along."""

    application: Application
    day: date
    given: dict[str, Any]


def values_of(kind: str, letter: Plain) -> Values:
    """All values of this kind, topic by topic."""
    text = shipped(kind)
    gathering = Gathering()
    for topic in text.topics:
        TOPICS[topic](letter, gathering)
    return gathering.values(text.vocabulary)


def day_or_none(day: date | None) -> str | None:
    """The day as a letter writes it, or None when there is none."""
    return long_date(day) if day is not None else None


def _case(letter: Plain, to: Gathering) -> None:
    to.fact(case_number=letter.application.case_number or str(letter.application.id))


def _receipt(letter: Plain, to: Gathering) -> None:
    application = letter.application
    assert application.received_at is not None
    local = application.received_at.astimezone(AMSTERDAM)
    rows = [
        ("Ontvangen op", f"{long_date(local.date())} om {local:%H.%M} uur"),
        ("Manier", str(application.get_origin_display())),
        ("Zaaknummer", application.case_number or ""),
        ("Regeling", application.scheme.title),
        ("Titel", application.title or "niet ingevuld"),
    ]
    if application.requested_amount is not None:
        rows.append(("Gevraagd bedrag", euro(application.requested_amount)))
    to.block(receipt=(Facts(tuple(rows), element="received"),))


def _documents(letter: Plain, to: Gathering) -> None:
    names = tuple(letter.application.documents.usable().values_list("filename", flat=True))
    to.when(has_documents=names)
    to.block(documents=(Items(names, element="documents"),) if names else ())


def _decision_term(letter: Plain, to: Gathering) -> None:
    due = letter.application.decision_due_on
    to.when(has_decision_day=due)
    to.fact(decision_due_on=day_or_none(due))


def _warnings(letter: Plain, to: Gathering) -> None:
    warnings = tuple(letter.given.get("warnings") or ())
    to.when(has_warnings=warnings)
    to.block(warnings=(Items(warnings),) if warnings else ())


def _today(letter: Plain, to: Gathering) -> None:
    to.fact(day=long_date(letter.day))


def _settlement_term(letter: Plain, to: Gathering) -> None:
    term = letter.application.deadlines.filter(rule="SETTLEMENT").order_by("-id").first()
    to.when(has_settlement_day=term)
    to.fact(settlement_due_on=day_or_none(term.last_day) if term else None)


def _reason(letter: Plain, to: Gathering) -> None:
    to.fact(reason=letter.given["reason"])


def _missing_items(letter: Plain, to: Gathering) -> None:
    to.block(missing_items=(Items(tuple(letter.given["items"]), ordered=True, element="missing_items"),))


def _answer_term(letter: Plain, to: Gathering) -> None:
    to.fact(last_day=long_date(letter.given["last_day"]))


def _later(letter: Plain, to: Gathering) -> None:
    before, until, since = letter.given["before"], letter.given["until"], letter.given.get("since")
    to.when(has_present_end=before, has_new_end=until, is_suspended=since, is_formal=letter.given["formal"] and since is None)
    to.fact(present_end=day_or_none(before), new_end=day_or_none(until), suspended_since=day_or_none(since))


def _intended(letter: Plain, to: Gathering) -> None:
    to.fact(intended=letter.given["intended"])


def _report_due(letter: Plain, to: Gathering) -> None:
    due = letter.application.report_due_on
    to.when(has_report_day=due)
    to.fact(report_due_on=day_or_none(due))


def _default_notice(letter: Plain, to: Gathering) -> None:
    problem, first_day = letter.given["problem"], letter.given["first_day"]
    to.when(is_premature=problem)
    to.fact(
        notice_received_on=long_date(letter.given["received_on"]), notice_concerns=letter.given["concerns"], notice_problem=problem or None,
        penalty_from=None if problem else day_or_none(first_day),
    )


TOPICS: dict[str, Callable[[Plain, Gathering], None]] = {
    "case": _case,
    "receipt": _receipt,
    "documents": _documents,
    "decision_term": _decision_term,
    "warnings": _warnings,
    "today": _today,
    "settlement_term": _settlement_term,
    "reason": _reason,
    "missing_items": _missing_items,
    "answer_term": _answer_term,
    "later": _later,
    "intended": _intended,
    "report_due": _report_due,
    "default_notice": _default_notice,
}
