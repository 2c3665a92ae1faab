"""How each constraint of what an applicant writes and asks is tried to be broken."""

from __future__ import annotations

import uuid

from decisions.models import ApplicantRequest, View
from grants.applications.drafts import AnswerDraft
from grants.applications.messages.models import CaseMessage, MessageMark
from grants.applications.models import Submission
from grants.kernel import clock


def message_of(life, **values):
    given = {"side": "applicant", "text": "Wanneer hoor ik iets?", "author": life.asker.user, "written_at": clock.now(), **values}
    return CaseMessage.objects.create(application=life.case, **given)


def mark_of(life, **values):
    given = {"message": message_of(life), "kind": "read", "by": life.handler.user, "at": clock.now(), **values}
    return MessageMark.objects.create(**given)


def draft_of(life, **values):
    return AnswerDraft.objects.create(application=life.case, **{"form": "report", "saved_at": clock.now(), **values})


def view_of(life):
    return View.objects.create(application=life.case, about="settle_lower", asked_on="2026-01-01", last_day="2026-02-01")


def request_of(life, **values):
    """An open request for an advance, with something changed."""
    given = {
        "id": uuid.uuid4(), "state": "asked", "kind": "advance", "text": "Voor de aannemer", "amount": 100, "asked_on": "2026-01-01", "asked_by": life.asker.user,
        **values,
    }
    return ApplicantRequest.objects.create(application=life.case, event=life.case.chain.events.get(position=1), **given)


def completion_of(life):
    """A completion with a word beside an item, past the services."""
    answers = {"toelichting_aanvulling": [{"item": "Een begroting", "text": "Die zit erbij"}]}
    event = life.case.chain.events.get(position=1)
    return Submission.objects.create(
        application=life.case, event=event, kind="completion", answers=answers, digest="x", received_at=life.case.received_at
    )


def again(make, life, **values):
    return [make(life, **values) for _ in "ab"]


def marked_again(life):
    mark = mark_of(life)
    MessageMark.objects.create(message=mark.message, kind="read", by=mark.by, at=mark.at)


MINE_BREAKS = {
    "message_known_side": lambda life: message_of(life, side="pers"),
    "message_says_something": lambda life: message_of(life, text=""),
    "message_mark_known_kind": lambda life: mark_of(life, kind="gewist"),
    "message_marked_once_by_each": marked_again,
    "answer_draft_known_form": lambda life: draft_of(life, form="gedicht"),
    "answer_draft_once_per_form": lambda life: again(draft_of, life),
    "request_known_state": lambda life: request_of(life, state="verloren"),
    "request_says_why": lambda life: request_of(life, text=""),
    "request_of_a_known_kind_is_whole": lambda life: request_of(life, kind="view_time"),
    "request_refused_with_a_reason": lambda life: request_of(life, state="refused", answered_on="2026-01-02"),
    "request_answered_afterwards": lambda life: request_of(life, state="granted", answered_on="2025-12-31"),
    "request_for_time_granted_with_a_day": lambda life: request_of(
        life, state="granted", kind="view_time", amount=None, view=view_of(life), answered_on="2026-01-02"
    ),
    "one_open_request_of_a_kind": lambda life: again(request_of, life),
}
