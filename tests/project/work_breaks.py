"""How each constraint of the work list is tried to be broken."""

from __future__ import annotations

import uuid

from decisions.models import BulkOutcome, BulkRun, SavedView
from grants.applications.answer_versions import AnswerVersion
from grants.applications.finding import CaseWord
from grants.kernel import clock


def view(life, name):
    SavedView.objects.create(owner=life.handler.user, name=name)


def view_twice(life):
    view(life, "Spoed")
    view(life, "Spoed")


def outcome(life, times=1, **values):
    run = BulkRun.objects.create(id=uuid.uuid4(), user=life.handler.user, act="claim", asked=1)
    for _ in range(times):
        BulkOutcome.objects.create(run=run, application_id=life.id, **{"done": True, **values})


def answer(life, times=1, **values):
    for _ in range(times):
        AnswerVersion.objects.create(application_id=life.id, key="bijzonder", **{"version": 1, "saved_at": clock.now(), **values})


WORK_BREAKS = {
    "answer_version_once_per_question": lambda life: answer(life, times=2),
    "answer_version_from_one": lambda life: answer(life, version=0),
    "case_word_once": lambda life: CaseWord.objects.create(application_id=life.id, word="bankjes"),
    "saved_view_name_once_per_person": view_twice,
    "saved_view_has_a_name": lambda life: view(life, ""),
    "bulk_outcome_once_per_case": lambda life: outcome(life, times=2),
    "bulk_refusal_has_a_reason": lambda life: outcome(life, done=False),
}
