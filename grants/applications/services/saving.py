"""Keep what is typed in a draft, question by question, so that nobody overwrites what they did not see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from grants.applications.answer_versions import AnswerVersion
from grants.applications.merging import Outcome, Posted, outcome, token
from grants.applications.models import Application
from grants.applications.services.taking_over import take_over
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.recording import recording


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed this answer after the page was opened. Nothing was overwritten: both texts are here."""

    key: str
    mine: Any
    theirs: Any
    token: str
    """Of their answer: who saves with this token has seen it."""
    by: User | None
    at: datetime | None


@dataclass(slots=True)
class Saved:
    """What became of the posted answers: each in one of `tokens` (it stands as posted, or as it was) and `conflicts`."""

    application: Application
    moment: datetime
    tokens: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)


def save_answers(*, application_id: UUID, posted: Iterable[Posted], user: User) -> Saved:
    """Save the answers that were touched, each unless somebody else changed it since. Raises Application.DoesNotExist once it is no draft."""
    with recording():
        application = Application.objects.select_for_update().get(id=application_id, status="draft")
        found = Saved(application, clock.now())
        versions = {row.key: row for row in application.answer_versions.select_related("saved_by")}
        changed: dict[str, Any] = {}
        for one in posted:
            stored, row = application.draft_answers.get(one.key), versions.get(one.key)
            version = row.version if row else 0
            match outcome(one, version, stored):
                case Outcome.SAVE:
                    changed[one.key] = one.answer
                    found.tokens[one.key] = token(version + 1, one.answer)
                case Outcome.CONFLICT:
                    found.conflicts[one.key] = Conflict(
                        one.key, one.answer, stored, token(version, stored), row.saved_by if row else None, row.saved_at if row else None
                    )
                case _:
                    found.tokens[one.key] = token(version, stored)
        write_answers(application, changed, versions, user, found.moment)
    return found


def save_draft(*, application_id: UUID, answers: dict[str, Any], user: User | None = None) -> Application:
    """Put these answers in a draft whatever stood there: for whoever has seen all of it. Only a draft changes; a submitted version never does."""
    with recording():
        application = Application.objects.select_for_update().get(id=application_id, status="draft")
        versions = {row.key: row for row in application.answer_versions.all()}
        write_answers(application, answers, versions, user, clock.now())
    return application


def write_answers(
    application: Application, answers: dict[str, Any], versions: dict[str, AnswerVersion], user: User | None, moment: datetime
) -> None:
    """Store answers of a locked draft, each with its next version."""
    if not answers:
        return
    application.draft_answers = {**application.draft_answers, **answers}
    application.draft_saved_at = moment
    take_over(application)
    application.save()
    AnswerVersion.objects.bulk_create(
        [
            AnswerVersion(
                application=application, key=key, version=versions[key].version + 1 if key in versions else 1, saved_by=user, saved_at=moment
            )
            for key in answers
        ],
        update_conflicts=True, update_fields=["version", "saved_by", "saved_at"], unique_fields=["application", "key"],
    )
