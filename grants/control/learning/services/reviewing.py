"""A policy officer makes lessons of what people offered, or writes one, and puts it before the public."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from grants.control.learning import anonymising
from grants.control.learning.codes import goal_labels, joined, municipality_of, theme_labels
from grants.control.learning.errors import NotNow, Recognisable
from grants.control.learning.models import Lesson, LessonProposal, ProposalStep
from grants.control.learning.recognising import names_behind
from grants.control.learning.services.versions import keep_version, note_step
from grants.kernel import clock
from grants.kernel.models import User

State, Act = Lesson.State, ProposalStep.Act


@dataclass(frozen=True, slots=True)
class Written:
    """What a policy officer fills in. The area decides the municipality."""

    kind: str
    title: str
    text: str
    themes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    municipality: str = ""
    area: str = ""
    bottleneck_state: str = ""
    answers: UUID | None = None


@transaction.atomic
def save_lesson(
    *, written: Written, by: User, lesson_id: UUID | None = None, proposal_id: int | None = None, seen: int | None = None, publish: bool = False,
    checked: bool = False, is_demo: bool = False,
) -> Lesson:
    """Save a lesson, and with `publish` put it on the site; a lesson that is on the site stays there.

    `seen` is the number of the last version that the writer saw. `checked`: the writer looked at every hint and leaves them.
    Raises NotNow, and Recognisable when something may point to a person and nobody checked it; nothing is saved then.
    """
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id) if lesson_id else Lesson(proposal_id=proposal_id, is_demo=is_demo)
    proposal = LessonProposal.objects.select_for_update(of=("self",)).filter(pk=lesson.proposal_id).first() if lesson.proposal_id else None
    if proposal is not None and proposal.state == LessonProposal.State.WITHDRAWN:
        raise NotNow(_("De gever heeft de toestemming ingetrokken. Van dit verhaal mag geen les meer worden gemaakt."))
    if lesson_id and seen is not None and lesson.revisions.filter(number__gt=seen).exists():
        raise NotNow(_("Iemand anders heeft deze les net gewijzigd. Uw tekst staat hieronder. Open de les opnieuw en neem uw wijziging over."))
    publish = publish or lesson.state == State.PUBLISHED
    if publish and not checked:
        _refuse_what_points_to_people(written, proposal)
    _fill(lesson, written)
    if publish:
        lesson.state, lesson.published_by = State.PUBLISHED, by
        lesson.published_at = lesson.published_at or clock.now()
    keep_version(lesson, "published" if publish else "saved", by)
    if publish and proposal is not None and proposal.state != LessonProposal.State.DONE:
        _decide(proposal, LessonProposal.State.DONE, by)
        note_step(proposal, Act.DONE, by)
    return lesson


def hits_in(written: Written, proposal: LessonProposal | None) -> tuple[str, list[anonymising.Hit]]:
    """The words that would be public, and what in them may point to a person."""
    text = f"{written.title}\n{written.text}"
    return text, anonymising.hits(text, names_behind(proposal))


def _refuse_what_points_to_people(written: Written, proposal: LessonProposal | None) -> None:
    text, found = hits_in(written, proposal)
    if found:
        raise Recognisable(text, found)


def _fill(lesson: Lesson, written: Written) -> None:
    unknown = [code for code in written.themes if code not in theme_labels()] + [code for code in written.goals if code not in goal_labels()]
    if unknown or (written.area and not municipality_of(written.area)):
        raise NotNow(_("Een thema, doel of gebied bestaat niet. Kies het opnieuw uit de lijst."))
    is_bottleneck = written.kind == Lesson.Kind.BOTTLENECK
    lesson.kind, lesson.title, lesson.text = written.kind, _readable(written.title), _readable(written.text)
    lesson.themes, lesson.goals = joined(written.themes), joined(written.goals)
    lesson.area_id = written.area or None
    lesson.municipality_id = municipality_of(written.area) or written.municipality or None
    lesson.bottleneck_state = (written.bottleneck_state or Lesson.BottleneckState.OPEN) if is_bottleneck else ""
    lesson.answers_id = written.answers


def _readable(text: str) -> str:
    """Without signs that no page or feed can show; the ends of lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(character for character in lines if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs"))


@transaction.atomic
def take_back(*, lesson_id: UUID, by: User, reason: str) -> Lesson:
    """Take a lesson off the site. It can be published again. Raises NotNow."""
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    if lesson.state != State.PUBLISHED:
        raise NotNow(_("Deze les staat niet op de site."))
    lesson.state = State.TAKEN_BACK
    keep_version(lesson, "taken_back", by, reason)
    return lesson


@transaction.atomic
def empty_versions(*, lesson_id: UUID, by: User, reason: str) -> int:
    """Empty every earlier version, because a personal detail slipped through. The last one stays: put that right first. Returns how many."""
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    count = lesson.revisions.exclude(content={}).update(content={})
    keep_version(lesson, "emptied", by, reason)
    return count


@transaction.atomic
def reject(*, proposal_id: int, by: User, reason: str) -> LessonProposal:
    """Do not use a proposal; the giver reads the reason. Raises NotNow."""
    proposal = LessonProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.state != LessonProposal.State.WAITING:
        raise NotNow(_("Over dit voorstel is al beslist, of het is ingetrokken."))
    proposal.reason = reason
    _decide(proposal, LessonProposal.State.REJECTED, by)
    note_step(proposal, Act.REJECTED, by, reason)
    return proposal


@transaction.atomic
def reopen(*, proposal_id: int, by: User) -> LessonProposal:
    """Look again at a proposal that was not used or already used. Raises NotNow."""
    proposal = LessonProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.state not in (LessonProposal.State.REJECTED, LessonProposal.State.DONE) or proposal.emptied_on is not None:
        raise NotNow(_("Dit voorstel kan niet opnieuw. De toestemming is ingetrokken, of de tekst is na de bewaartermijn verwijderd."))
    proposal.state, proposal.reason, proposal.decided_by, proposal.decided_at = LessonProposal.State.WAITING, "", None, None
    proposal.save()
    note_step(proposal, Act.REOPENED, by)
    return proposal


def _decide(proposal: LessonProposal, state: str, by: User) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, clock.now()
    proposal.save()
