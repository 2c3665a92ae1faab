"""Every save of a lesson leaves a version, and every act on a proposal a step."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from grants.control.learning.finding import search_words
from grants.control.learning.models import Lesson, LessonProposal, LessonRevision, ProposalStep
from grants.kernel import clock
from grants.kernel.models import User


def keep_version(lesson: Lesson, act: str, by: User | None, reason: str = "") -> LessonRevision:
    """Save the lesson, and keep what it says now. Runs in the transaction of the act, with the lesson locked."""
    lesson.changed_at = clock.now()
    lesson.words = search_words(lesson)
    lesson.save()
    last = lesson.revisions.aggregate(last=Max("number"))["last"] or 0
    return LessonRevision.objects.create(
        lesson=lesson, number=last + 1, act=act, content=lesson.as_content(), reason=reason, by=by, at=lesson.changed_at
    )


def note_step(proposal: LessonProposal, act: str, by: User | None, reason: str = "") -> None:
    """Write down what happened to a proposal; `by` is None for the system."""
    ProposalStep.objects.create(proposal=proposal, act=act, by=by, reason=reason, at=clock.now())


def forget_concepts(proposal_ids: Iterable[int]) -> None:
    """Empty what was never public of the lessons made of these proposals: a concept may still hold the words of the story itself."""
    lessons = Lesson.objects.filter(proposal__in=list(proposal_ids))
    never = lessons.filter(published_at__isnull=True)
    LessonRevision.objects.filter(lesson__in=lessons, act=LessonRevision.Act.SAVED).exclude(content={}).update(content={})
    LessonRevision.objects.filter(lesson__in=never).exclude(content={}).update(content={})
    never.update(title="", text="", words="")
