"""Write a message, and note that it was read. No event: a message changes nothing in the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from grants.applications.lifecycle.door import ActError
from grants.applications.messages.models import CaseMessage, MessageMark
from grants.applications.models import Application
from grants.kernel import clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.roles import CASE_READERS, OUTSIDE, Role

LONGEST = 5000
"""Characters of one message."""
SECOND_CLICK = timedelta(minutes=2)
TOPIC = "applications.message"
WRITERS = CASE_READERS - {Role.AUDITOR, Role.CONTROLLER}
"""Who handles a case in any way answers the applicant; who only looks on does not."""


class MessageRefused(ActError):
    """A message that cannot be sent; `str()` says why and what to do."""


def write(*, application_id: UUID, text: str, actor: Actor) -> CaseMessage:
    """Send a message to the other side, which gets a mail without its content. The same text at once again is a second click.

    Raises MessageRefused for a text that is empty or too long, and for a case that was never sent in.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        raise MessageRefused("Uw bericht is leeg. Schrijf op wat u wilt vragen of vertellen.")
    if len(text) > LONGEST:
        raise MessageRefused(f"Uw bericht heeft {len(text)} tekens. Er passen er {LONGEST} in. Maak het korter, of stuur twee berichten.")
    side = CaseMessage.Side.APPLICANT if actor.role in OUTSIDE else CaseMessage.Side.OFFICIAL
    now = clock.now()
    with transaction.atomic():
        application = Application.objects.select_for_update(no_key=True).get(id=application_id)
        if not _may_write(application, side, actor):
            raise MessageRefused("U mag in deze zaak geen berichten schrijven.")
        if application.case_number is None:
            raise MessageRefused("Deze aanvraag is nog niet ingestuurd. Stuur haar eerst in, of bel ons.")
        last = CaseMessage.objects.filter(application=application).order_by("-id").first()
        if last is not None and (last.author_id, last.side, last.text) == (actor.person.pk, side, text) and now - last.written_at < SECOND_CLICK:
            return last
        made = CaseMessage.objects.create(application=application, side=side, author=actor.person, text=text, written_at=now)
        if side == CaseMessage.Side.OFFICIAL:
            outbox.enqueue(TOPIC, key=str(made.pk), payload={"message": made.pk})
    return made


def _may_write(application: Application, side: str, actor: Actor) -> bool:
    """One's own case as an applicant; a case of one's schemes, and never one's own, as an official (Awb 2:4)."""
    own = application.is_represented_by(actor.person)
    return own if side == CaseMessage.Side.APPLICANT else not own and actor.person.has_role(*WRITERS, scheme_code=application.scheme_id)


def mark_read(messages: Iterable[CaseMessage], *, side: str, user: User) -> None:
    """Note that somebody of `side` opened these: one row for each message of the other side, at the first time."""
    now = clock.now()
    rows = [MessageMark(message=m, kind=MessageMark.Kind.READ, by=user, at=now) for m in messages if m.side != side]
    MessageMark.objects.bulk_create(rows, ignore_conflicts=True)


def settle(*, message: CaseMessage, user: User) -> None:
    """This message needs no answer, an official says."""
    MessageMark.objects.get_or_create(message=message, kind=MessageMark.Kind.SETTLED, by=user, defaults={"at": clock.now()})
