"""What the pages of a draft show: the task list, one section, and the check before sending in. Reads, never writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from grants.applications.answering import TABLES, Asked, Lists, asked, lists_of, narrowed
from grants.applications.form.earlier import earlier_cases
from grants.applications.form.words import in_words
from grants.applications.merging import token
from grants.applications.models import Application
from grants.applications.services import applying
from grants.applications.services.saving import Conflict
from grants.kernel import clock
from grants.kernel.models import User
from grants.schemes.definition_form import Question
from grants.schemes.reading import (
    Balance,
    Part,
    Remark,
    State,
    balance,
    declarations,
    parts,
    state,
    table_total,
    visible_questions,
    wanted_documents,
)

MONEY = {"costs", "financing", "requested_amount", "own_share"}
"""What a balance is made of."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list."""

    part: Part
    state: State


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions of one answer, both in words."""

    conflict: Conflict
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a section page."""

    asked: Asked
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something to look at, with where to answer it: the section (None for the page of files) and the question."""

    text: str
    section: str | None
    key: str


def tasks(application: Application, remarks: Iterable[Remark]) -> list[Task]:
    """The task list of a draft, with how far each section is."""
    begun = set(application.answer_versions.values_list("key", flat=True))
    found = list(remarks)
    return [
        Task(part, state(part, application.draft_answers, found, begun))
        for part in parts(application.definition, application.draft_answers)
    ]


def has_earlier(application: Application, user: User) -> bool:
    """Is there an application of one's own to copy from?"""
    return earlier_cases(application, user).exists()


def files_wanted(application: Application) -> bool:
    """Is there anything to add as a file, given the answers?"""
    answers = application.draft_answers
    asked_for = any(q.kind == "file" for q in visible_questions(application.definition.questions, answers))
    return asked_for or bool(wanted_documents(application.definition, answers))


def part_of(application: Application, key: str) -> Part | None:
    """The section with this key, as this draft asks it; None when it asks nothing there."""
    return next((part for part in parts(application.definition, application.draft_answers) if part.section.key == key), None)


def neighbours(application: Application, key: str) -> tuple[str, str]:
    """The sections before and after this one; '' where there is none."""
    keys = [part.section.key for part in parts(application.definition, application.draft_answers)]
    place = keys.index(key) if key in keys else 0
    return (keys[place - 1] if place else ""), (keys[place + 1] if place + 1 < len(keys) else "")


def lines(
    application: Application, part: Part, remarks: Iterable[Remark], *, rows: Mapping[str, int], conflicts: Mapping[str, Conflict] | None = None,
    missing: bool = False,
) -> list[Line]:
    """The questions of a section as its page shows them. `missing`: say also what was not answered, not only what cannot be read."""
    conflicts = conflicts or {}
    definition, stored = application.definition, application.draft_answers
    lists = lists_of(definition)
    typed = {**stored, **{key: conflict.mine for key, conflict in conflicts.items()}}
    versions = dict(application.answer_versions.values_list("key", "version"))
    shown = {question.key for question in visible_questions(definition.questions, typed)}
    notes = _by_key(definition.questions, remarks, missing)
    found = []
    for one in asked(definition, part.offered, typed, notes, lists, rows):
        key = one.question.key
        one = replace(one, token=token(versions.get(key, 0), stored.get(key)), hidden=key not in shown)
        if one.question.kind == "area":
            one = narrowed(one, _municipality(application), lists)
        if one.question.kind in TABLES:
            one = replace(one, total=table_total(one.question.kind, one.value))
        found.append(Line(one, _clash(one, conflicts.get(key), lists, application)))
    return found


def balance_of(application: Application, part: Part) -> Balance | None:
    """The balance, on the page where the costs are asked."""
    targets = {question.maps_to for question in part.offered}
    return balance(application.definition, application.draft_answers) if "costs" in targets and targets & (MONEY - {"costs"}) else None


def noticed(application: Application, remarks: Iterable[Remark]) -> list[Noticed]:
    """What is missing or not right, with where to answer it. The declarations of the signature are asked on the page itself."""
    signed = {question.key for question in declarations(application.definition)}
    section = {q.key: q.section for q in application.definition.questions if q.kind != "file"}
    return [Noticed(r.text, section.get(r.key), r.key) for r in remarks if r.key not in signed]


def answered(application: Application, answers: Mapping[str, Any]) -> list[tuple[Part, list[Asked]]]:
    """Every section with its questions and answers, to be read."""
    lists = lists_of(application.definition)
    return [
        (part, asked(application.definition, [q for q in part.shown if q.kind != "file"], answers, lists=lists))
        for part in parts(application.definition, answers)
    ]


def answer_now(application: Application, conflict: Conflict) -> str:
    """What stands there now, in words."""
    question = application.definition.question(conflict.key)
    return in_words(asked(application.definition, [question], {conflict.key: conflict.theirs})[0])


def remarks_on(application: Application, day: date | None = None) -> tuple[Remark, ...]:
    return applying.remarks_for(application, day or clock.today())


def remark_texts(questions: Iterable[Question], remarks: Iterable[Remark], keys: Iterable[str]) -> dict[str, list[str]]:
    """What to say beside each of these questions now; an empty list where all is well. What is not answered yet is not told while typing."""
    notes = _by_key(questions, remarks, False)
    return {key: notes.get(key, []) for key in keys}


def _by_key(questions: Iterable[Question], remarks: Iterable[Remark], missing: bool) -> dict[str, list[str]]:
    """The remarks beside their question: without its label, that stands there already."""
    labels = {question.key: question.label for question in questions}
    notes: dict[str, list[str]] = {}
    for remark in remarks:
        if remark.key and (missing or remark.severity != "missing"):
            text = remark.text.removeprefix(labels.get(remark.key, "")).removesuffix(labels.get(remark.key, "")).strip()
            notes.setdefault(remark.key, []).append(text.removesuffix(":") + ("." if text.endswith(":") else ""))
    return notes


def _municipality(application: Application) -> str:
    return next((str(application.draft_answers.get(q.key, "")) for q in application.definition.questions if q.maps_to == "municipality"), "")


def _clash(one: Asked, conflict: Conflict | None, lists: Lists, application: Application) -> Clash | None:
    if conflict is None:
        return None
    theirs = asked(application.definition, [one.question], {conflict.key: conflict.theirs}, lists=lists)[0]
    return Clash(conflict, in_words(one), in_words(theirs))
