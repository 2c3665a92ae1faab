"""Order a letter, make it, send it. Each step is asked through the outbox, so that a stop loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from grants.kernel import clock, outbox
from grants.kernel.models import Chain
from grants.kernel.recording import note
from grants.law.formats import long_date
from letters import content, kinds
from letters.models import Dispatch, Letter
from letters.pdf import content_digest, render_pdf
from letters.post import notices
from letters.rendering.plain import render_text
from letters.seal import services as sealing
from letters.texts.values import Values
from letters.texts.writing import MadeWith, keep

TEMPLATE_VERSION = "0"
"""Of a letter that was not made with one of our texts: only tests and trials make such."""
_on_rendered: list[Callable[[Letter], None]] = []
_on_posted: list[Callable[[Letter, date], str]] = []
_on_cancelled: list[Callable[[Letter], None]] = []
_inbox_allowed: list[Callable[[Letter], bool]] = []


class IncompleteLetter(Exception):
    """A must-element of this kind of letter is missing (domain reference 4.2)."""

    def __init__(self, kind: str, missing: tuple[str, ...]) -> None:
        self.kind, self.missing = kind, missing
        super().__init__(f"In brief {kind} ontbreekt: {', '.join(missing)}.")


class NotSealedYet(outbox.WaitsForRepair):
    """There is a seal here, and this letter does not have it yet: it waits."""


def when_rendered(function: Callable[[Letter], None]) -> None:
    """Let others know that a letter is ready which waits for its dispatch, or for the post room."""
    if function not in _on_rendered:
        _on_rendered.append(function)


def inbox_allowed_by(function: Callable[[Letter], bool]) -> None:
    """Let a higher floor say whether a letter may still go to the inbox: the addressee may have chosen paper meanwhile (Awb 2:8)."""
    if function not in _inbox_allowed:
        _inbox_allowed.append(function)


def order_letter(
    *, chain: Chain, event_id: UUID, letter: content.Letter, portal_allowed: bool, waits_for_dispatch: bool = False,
    made_with: MadeWith | None = None,
) -> Letter:
    """Store the frozen content, with the text and values it was made with, and ask for the file.

    Raises IncompleteLetter: such a letter never goes out.
    """
    missing = kinds.missing_elements(letter)
    if missing:
        raise IncompleteLetter(letter.kind, missing)
    stored = Letter.objects.create(
        chain=chain,
        event_id=event_id,
        kind=letter.kind,
        template_version=made_with.version if made_with else TEMPLATE_VERSION,
        waits_for_dispatch=waits_for_dispatch,
        portal_allowed=portal_allowed,
        day=letter.date,
        content=letter.to_json(),
        text=render_text(letter),
        digest=letter.digest(),
    )
    if made_with is not None:
        keep(stored, made_with)
    note(event_id, "letters", str(stored.id), {"text": stored.digest})
    _ask_for_file(stored)
    return stored


def rewrite(stored: Letter, letter: content.Letter, made_with: MadeWith | None = None) -> None:
    """The day passed before dispatch: the same letter with a new date, made again with the same version of its text."""
    stored.day, stored.content, stored.text = letter.date, letter.to_json(), render_text(letter)
    stored.digest, stored.state, stored.posting_day = letter.digest(), Letter.State.ORDERED, None
    stored.save()
    if made_with is not None:
        keep(stored, made_with)
    _ask_for_file(stored)


def stamp(letter_id: UUID | str, day: date) -> None:
    """A letter that is no decision goes on paper on `day`: that day stands in it as the day of sending. Its own date and words stay.

    Of a letter that is not waiting for paper: nothing.
    """
    stored = Letter.objects.select_for_update().get(id=letter_id)
    if stored.state != Letter.State.RENDERED or stored.waits_for_dispatch or stored.portal_allowed or stored.sent_line == day:
        return
    letter = with_sent_line(stored.as_content(), day)
    last = stored.made_with.order_by("-id").first()
    made_with = MadeWith(last.template_version, Values.from_dict(last.values)) if last is not None else None
    rewrite(stored, letter, made_with)
    stored.posting_day = day
    stored.save(update_fields=["posting_day"])


def with_sent_line(letter: content.Letter, day: date) -> content.Letter:
    """The same letter with this day in the line that says when it was sent."""
    lines = tuple(replace(line, value=long_date(day)) if line.label == content.SENT else line for line in letter.reference)
    return replace(letter, reference=lines)


def render(letter_id: UUID | str) -> None:
    """Make the file of an ordered letter; then it is sealed, where there is a seal."""
    stored = Letter.objects.select_for_update().get(id=letter_id)
    if stored.state != Letter.State.ORDERED:
        return
    pdf = render_pdf(stored.as_content())
    stored.file_digest = content_digest(pdf)
    stored.file.save(f"{stored.id}-{stored.day}.pdf", ContentFile(pdf), save=False)
    stored.state = Letter.State.RENDERED
    stored.save()
    if sealing.is_on() and sealing.current_seal(stored) is None:
        outbox.enqueue("letters.seal", key=f"{stored.id}:{stored.file_digest[:16]}", payload={"letter": str(stored.id)}, event_id=stored.event_id)
    else:
        _ready(stored)


def seal(letter_id: UUID | str) -> None:
    """Put our seal on a letter that was made; then it can go. Raises SealNotReady: the letter waits and is tried again."""
    stored = sealing.seal_letter(letter_id)
    if stored is not None:
        _ready(stored)


def make(letter_id: UUID | str) -> None:
    """Make and seal a letter here and now, for who cannot wait for the outbox: the demonstration, and tests."""
    render(letter_id)
    if sealing.is_on():
        seal(letter_id)


def _ready(stored: Letter) -> None:
    """A plain letter is placed at once; a decision waits for its dispatch, a letter on paper for the post room.

    Who chose paper after the letter was asked for gets it on paper. A decision finds that out at its own dispatch.
    """
    if not stored.waits_for_dispatch and stored.portal_allowed and not all(function(stored) for function in _inbox_allowed):
        stored.portal_allowed = False
        stored.save(update_fields=["portal_allowed"])
    if stored.waits_for_dispatch or not stored.portal_allowed:
        for function in _on_rendered:
            function(stored)
    else:
        send(stored, event_id=stored.event_id, day=clock.today())


def send(stored: Letter, *, event_id: UUID, day: date) -> Dispatch:
    """Place the letter in the inbox, or note that the post room sent it."""
    channel = Dispatch.Channel.PORTAL if stored.portal_allowed else Dispatch.Channel.POST
    if channel == Dispatch.Channel.PORTAL and sealing.is_on() and sealing.current_seal(stored) is None:
        raise NotSealedYet(f"Brief {stored.kind} heeft nog geen zegel en gaat dus nog niet in het berichtenvak.")
    stored.state = Letter.State.SENT
    stored.save(update_fields=["state"])
    dispatch = Dispatch.objects.create(
        letter=stored, event_id=event_id, channel=channel, sent_on=day, sent_at=clock.now()
    )
    note(event_id, "letters", str(stored.id), {"text": stored.digest, "file": stored.file_digest})
    if channel == Dispatch.Channel.PORTAL:
        notices.ask(dispatch)
    return dispatch


def send_again(stored: Letter, *, event_id: UUID, day: date, on_paper: bool = False) -> Dispatch:
    """Send a letter that went out before once more, as it is: it did not arrive (Awb 2:11). The letter itself never changes."""
    channel = Dispatch.Channel.PORTAL if stored.portal_allowed and not on_paper else Dispatch.Channel.POST
    dispatch = Dispatch.objects.create(letter=stored, event_id=event_id, channel=channel, sent_on=day, sent_at=clock.now())
    if channel == Dispatch.Channel.PORTAL:
        notices.ask(dispatch)
    return dispatch


def cancel(stored: Letter) -> None:
    """A decision came back before it was sent."""
    if stored.state != Letter.State.SENT:
        stored.state = Letter.State.CANCELLED
        stored.save(update_fields=["state"])
        for function in _on_cancelled:
            function(stored)


def when_cancelled(function: Callable[[Letter], None]) -> None:
    """Let the post room know that a letter does not go."""
    if function not in _on_cancelled:
        _on_cancelled.append(function)


def when_posted(function: Callable[[Letter, date], str]) -> None:
    """Let a higher floor carry out the dispatch of a decision that went by post; it gives '' or why that cannot be."""
    if function not in _on_posted:
        _on_posted.append(function)


def post_confirmed(stored: Letter, *, day: date) -> str:
    """The post room put the letter in the post: that day counts. A decision takes effect by its own floor. Gives '' or why it cannot be."""
    if stored.waits_for_dispatch:
        return next((problem for function in _on_posted if (problem := function(stored, day))), "")
    letter = Letter.objects.select_for_update().get(id=stored.id)
    if letter.state != Letter.State.RENDERED or letter.portal_allowed:
        return f"Deze brief is nu '{letter.get_state_display()}' en wacht niet op papier."
    send(letter, event_id=letter.event_id, day=day)
    return ""


def mark_read(stored: Letter, *, user_id: int) -> None:
    """The first time that someone outside opens a letter; kept for ever."""
    stored.dispatches.filter(read_at__isnull=True).update(read_at=clock.now(), read_by=user_id)


def _ask_for_file(stored: Letter) -> None:
    # a number for each asking: a letter whose pile was withdrawn may get a day back that it bore before
    outbox.enqueue("letters.render", key=f"{stored.id}:{uuid4().hex[:16]}", payload={"letter": str(stored.id)}, event_id=stored.event_id)
