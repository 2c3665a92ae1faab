"""What the pages of a draft show: the task list, one section, and the check before sending in. Reads, never writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from grants.applications.answering import TABLES, Asked, Lists, asked, lists_of, narrowed
from grants.applications.files import FileQuestion, Problem, file_questions
from grants.applications.form.earlier import earlier_cases
from grants.applications.form.words import in_words
from grants.applications.merging import token
from grants.applications.models import Application
from grants.applications.services import applying
from grants.applications.services.saving import Conflict
from grants.kernel import clock
from grants.kernel.models import User
from grants.schemes.definition_form import Condition, Question
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
class Place:
    """A place for files on a section page. Hidden: an answer on this page can bring it up."""

    file_question: FileQuestion
    condition: Condition | None
    hidden: bool

    @property
    def when(self) -> Condition | None:
        """What a script may show and hide it by; never while it holds a file, that would be sent in unseen."""
        return None if self.file_question.files else self.condition


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
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something to look at, with where to answer it: the section (None when it is about no question) and the question."""

    text: str
    section: str | None
    key: str
    is_file: bool = False

    @property
    def anchor(self) -> str:
        return f"id_file-{self.key}" if self.is_file else f"id_{self.key}"


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
    missing: bool = False, places: Mapping[str, Place] | None = None,
) -> list[Line]:
    """The questions of a section as its page shows them. `missing`: say also what was not answered, not only what cannot be read."""
    places = places or {}
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
        found.append(Line(one, _clash(one, conflicts.get(key), lists, application), places.get(key)))
    return found


def file_keys(application: Application, part: Part) -> set[str]:
    """The places for files on the page of a section: its own questions, and on the last page what goes with the application as a whole."""
    own = {question.key for question in part.offered if question.kind == "file"}
    last = parts(application.definition, application.draft_answers)[-1:]
    is_last = bool(last) and last[0].section.key == part.section.key
    return own | {document.key for document in application.definition.documents} if is_last else own


def places_of(application: Application, part: Part, *, remarks: Iterable[Remark] = (), problems: Iterable[Problem] = ()) -> dict[str, Place]:
    """The places for files of a section page, by key: one query, none where no file is asked. `remarks`: what to say of one that holds no file yet."""
    keys = file_keys(application, part)
    if not keys:
        return {}
    definition, answers = application.definition, application.draft_answers
    wanted = {q.key for q in visible_questions(definition.questions, answers)} | {d.key for d in wanted_documents(definition, answers)}
    conditions = {one.key: one.condition for one in (*definition.questions, *definition.documents)}
    here = {question.key for question in part.offered}
    missing = [Problem(remark.key, "", remark.text) for remark in remarks if remark.key in keys]
    found = {}
    for place in file_questions(application, definition, keys=keys, problems=[*problems, *missing], everything=True):
        condition, hidden = conditions[place.key], place.key not in wanted and not place.files
        if hidden and (condition is None or condition.question not in here):
            continue  # nothing on this page can bring it up
        found[place.key] = Place(place, condition if condition is not None and condition.question in here else None, hidden)
    return found


def balance_of(application: Application, part: Part) -> Balance | None:
    """The balance, on the page where the costs are asked."""
    targets = {question.maps_to for question in part.offered}
    return balance(application.definition, application.draft_answers) if "costs" in targets and targets & (MONEY - {"costs"}) else None


def noticed(application: Application, remarks: Iterable[Remark]) -> list[Noticed]:
    """What is missing or not right, with where to answer it. The declarations of the signature are asked on the page itself."""
    signed = {question.key for question in declarations(application.definition)}
    definition = application.definition
    section = {q.key: q.section for q in definition.questions}
    last = parts(definition, application.draft_answers)[-1:]
    section |= {document.key: last[0].section.key for document in definition.documents if last}
    files = {q.key for q in definition.questions if q.kind == "file"} | {document.key for document in definition.documents}
    return [Noticed(r.text, section.get(r.key), r.key, r.key in files) for r in remarks if r.key not in signed]


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
