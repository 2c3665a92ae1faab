"""How each constraint of the lerend netwerk is tried to be broken, and rows whose pages have an address."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from grants.control.learning.models import Expert, Lesson, LessonProposal, LessonRevision, ProposalStep, Registration
from grants.kernel import clock
from grants.kernel.models import User
from tests.control import stories


def proposal_of(life, **changed):
    values = {"source": "report", "application": life.case, "scheme": life.case.scheme, "what_worked": "x", "received_at": clock.now(), **changed}
    return LessonProposal.objects.create(**values)


def offered(life, **changed):
    """A proposal that is not of the case itself."""
    return proposal_of(life, application=None, **changed)


def expert_of(**changed):
    values = {"name": "x", "email": "x@example.org", "text": "x", "consent_on": "2026-01-01", "consent_until": "2099-01-01", "entered_by": stories.officer(), **changed}
    return Expert.objects.create(**values)


def registration_of(meeting, email="x@example.org"):
    return Registration.objects.create(meeting=meeting, name="x", email=email, created_at=clock.now())


def alter(**values):
    Lesson.objects.filter(pk=stories.lesson().pk).update(**values)


def revision(**values):
    given = {"lesson": stories.lesson(), "number": 9, "act": "saved", "content": {}, "at": clock.now(), **values}
    return LessonRevision.objects.create(**given)


def twice_registered(life):
    meeting = stories.meeting()
    for _ in "ab":
        registration_of(meeting)


LESSON_BREAKS = {
    "lesson_known_kind": lambda life: alter(kind="gerucht"),
    "lesson_known_state": lambda life: alter(state="kwijt"),
    "lesson_published_by_somebody": lambda life: alter(published_by=None),
    "lesson_bottleneck_has_a_state": lambda life: alter(bottleneck_state="open"),
    "lesson_answers_another": lambda life: alter(answers=F("id")),
    "lesson_revision_number_once": lambda life: revision(number=1),
    "lesson_revision_from_one": lambda life: revision(number=0),
    "lesson_revision_known_act": lambda life: revision(act="gewist"),
    "lesson_proposal_known_source": lambda life: offered(life, source="roddel", contributed_by=User.objects.first()),
    "lesson_proposal_known_state": lambda life: offered(life, state="kwijt"),
    "lesson_proposal_once_per_case": lambda life: [proposal_of(life) for _ in "ab"],
    "lesson_proposal_from_somebody": lambda life: offered(life, source="contribution"),
    "lesson_proposal_rejected_says_why": lambda life: offered(life, state="rejected", decided_by=User.objects.first()),
    "lesson_proposal_withdrawn_is_empty": lambda life: offered(life, state="withdrawn", withdrawn_at=clock.now()),
    "proposal_step_known_act": lambda life: ProposalStep.objects.create(proposal=offered(life), act="gewist", at=clock.now()),
    "expert_consent_in_order": lambda life: expert_of(consent_until="2025-12-31"),
    "meeting_ends_after_start": lambda life: stories.meeting(ends_at=clock.now() - timedelta(days=1)),
    "meeting_has_room": lambda life: stories.meeting(capacity=0),
    "meeting_is_somewhere": lambda life: stories.meeting(place=""),
    "registration_once_per_address": twice_registered,
}
