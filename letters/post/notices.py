"""Tell by e-mail that a message stands in the inbox, within 48 hours (Awb 2:10), and keep the proof of it (Awb 2:25).

The mail server is spoken to without a transaction; every attempt carries the same Message-ID, so that a second copy,
after a process died between the server's answer and our note of it, can be known as one. What it answers is kept. A
notice that fails is for a person: repeated, or replaced. None of it touches the sending of the letter (Awb 2:11(2)).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from grants.kernel import clock, outbox
from grants.kernel.models import Chain, User
from grants.kernel.outbox import Later
from letters.models import Dispatch, Letter, Notice, NoticeStep
from letters.post import mailing
from letters.post.composing import Words, always_sent, compose, message_id_of
from letters.post.mailing import Delivery, Outcome

TOPIC = "letters.notice"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
State, Kind = Notice.State, NoticeStep.Kind
OTHER_WAYS = (Kind.PHONE, Kind.PAPER, Kind.DESK)

_address_of: list[Callable[[Letter], str]] = []


class NoticeRefused(Exception):
    """What a person wants with a notice cannot be; `str()` says why and what to do."""


def address_from(function: Callable[[Letter], str]) -> None:
    """A higher floor says which e-mail address belongs to a letter ('' for none)."""
    if function not in _address_of:
        _address_of.append(function)


def known_address(letter: Letter) -> str:
    """The e-mail address of whoever gets this letter; '' when there is none."""
    return next((found for function in _address_of if (found := function(letter))), "")


def ask(dispatch: Dispatch) -> Notice:
    """A message was placed in the inbox: its notice is due within 48 hours."""
    moment = dispatch.sent_at
    notice = Notice.objects.create(dispatch=dispatch, placed_at=moment, due_at=moment + Notice.TERM, try_until=moment + Notice.TERM)
    _enqueue(notice)
    return notice


def _enqueue(notice: Notice) -> None:
    dispatch = notice.dispatch
    outbox.enqueue(
        TOPIC, key=f"{notice.pk}:{notice.round}", event_id=dispatch.event_id,
        payload={"letter": str(dispatch.letter_id), "notice": str(notice.pk), "round": notice.round},
    )


def attempt(payload: dict[str, Any]) -> outbox.Finish:
    """Try once to send the notice, without a transaction; what comes back notes how it went."""
    notice = Notice.objects.select_related("dispatch__letter__chain").filter(pk=payload["notice"]).first()
    if notice is None or notice.state != State.WAITING or notice.round != payload["round"]:
        return lambda: None
    address = notice.address or known_address(notice.dispatch.letter)
    if not address:
        return lambda: _no_address(notice.pk)
    message_id = message_id_of("melding", f"{notice.pk}-{notice.round}")
    delivery = mailing.deliver(_message(notice.dispatch.letter.chain, address, message_id))
    return lambda: _note(notice.pk, notice.round, address, message_id, delivery)


def _message(chain: Chain, address: str, message_id: str) -> EmailMessage:
    """No personal details, and not what the message is about: anyone may read an e-mail on its way."""
    words = Words(
        subject=f"Nieuw bericht over uw subsidie ({chain.label})", lines=("Er staat een nieuw bericht voor u klaar.", "Log in om het te lezen."),
        link=f"{settings.PUBLIC_URL}/mijn/", act="Naar uw berichten", why=always_sent(),
    )
    return compose(words, address, message_id)


def _locked(notice_id: UUID) -> Notice:
    found: Notice = Notice.objects.select_for_update(of=("self",)).select_related("dispatch").get(pk=notice_id)
    return found


def _step(notice: Notice, kind: str, *, address: str = "", **values: Any) -> NoticeStep:
    shown = {"address_masked": mailing.masked(address), "address_mark": mailing.mark_of(address)} if address else {}
    return NoticeStep.objects.create(
        notice=notice, number=notice.steps.count() + 1, round=notice.round, kind=kind, at=clock.now(), **shown, **values
    )


def _no_address(notice_id: UUID) -> None:
    notice = _locked(notice_id)
    if notice.state == State.WAITING:
        _step(notice, Kind.NO_ADDRESS)
        _becomes(notice, State.FAILED)


def _note(notice_id: UUID, round_: int, address: str, message_id: str, delivery: Delivery) -> Later | None:
    """Keep what the server answered. A person may have told the addressee in the meantime; the answer is kept all the same."""
    notice = _locked(notice_id)
    answer = re.sub(re.escape(address), lambda _found: mailing.masked(address), delivery.answer, flags=re.IGNORECASE)[:300]
    _step(notice, delivery.outcome, address=address, server=delivery.server, code=delivery.code, answer=answer, message_id=message_id)
    if notice.state != State.WAITING or notice.round != round_:
        return None
    if delivery.outcome == Outcome.ACCEPTED:
        _becomes(notice, State.SENT, sent_at=clock.now(), address="")
        return None
    if delivery.outcome == Outcome.REFUSED:
        _becomes(notice, State.FAILED)
        return None
    if clock.now() >= notice.try_until:
        _step(notice, Kind.EXPIRED)
        _becomes(notice, State.FAILED)
        return None
    return Later(_why(delivery), _pause(notice), waits=True)


def _pause(notice: Notice) -> timedelta:
    """Twice as long each time, an hour at most, and never past the end of the time there is."""
    tries = notice.steps.filter(round=notice.round).count()
    left = max(notice.try_until - clock.now(), FIRST_PAUSE)
    doubled: timedelta = FIRST_PAUSE * 2 ** min(tries - 1, 10)
    return min(doubled, LONGEST_PAUSE, left)


def _why(delivery: Delivery) -> str:
    if delivery.outcome == Outcome.LATER:
        return f"De mailserver {delivery.server} neemt de melding nu niet aan (code {delivery.code}). Wij proberen het opnieuw."
    said = f"antwoordt met code {delivery.code}" if delivery.code else "is niet te bereiken, of verbreekt de verbinding"
    return f"De mailserver {delivery.server} {said}. Controleer EMAIL_URL en de server. De meldingen wachten en gaan daarna vanzelf."


def _becomes(notice: Notice, state: str, **values: Any) -> None:
    notice.state = state
    for name, value in values.items():
        setattr(notice, name, value)
    notice.save(update_fields=["state", *values])


def repeat(*, notice_id: UUID, address: str, note: str, user: User) -> Notice:
    """Begin again, to this address: the known one, or a better one. Raises NoticeRefused."""
    if not note.strip():
        raise NoticeRefused("Schrijf op waarom de melding opnieuw gaat.")
    with transaction.atomic():
        notice = _locked(notice_id)
        if notice.state not in (State.FAILED, State.WAITING):
            raise NoticeRefused(f"Deze melding is al {notice.get_state_display()}. Er is niets meer te doen.")
        notice.round += 1
        _step(notice, Kind.REPEATED, address=address, by=user, note=note.strip()[:500])
        _becomes(notice, State.WAITING, round=notice.round, address=address, try_until=max(notice.due_at, clock.now() + Notice.TERM))
        _enqueue(notice)
    return notice


def inform(*, notice_id: UUID, how: str, note: str, user: User) -> Notice:
    """The addressee was told in another way (Awb 2:11(2)): by phone, on paper, at the desk. Raises NoticeRefused."""
    if how not in OTHER_WAYS:
        raise NoticeRefused("Kies hoe u het hebt verteld.")
    if not note.strip():
        raise NoticeRefused("Schrijf op wie u wanneer hebt gesproken of geschreven.")
    with transaction.atomic():
        notice = _locked(notice_id)
        if notice.state not in (State.FAILED, State.WAITING):
            raise NoticeRefused(f"Deze melding is al {notice.get_state_display()}. Er is niets meer te doen.")
        _step(notice, how, by=user, note=note.strip()[:500])
        _becomes(notice, State.INFORMED, address="")
    return notice


def bounced(*, notice_id: UUID, note: str, user: User) -> Notice:
    """A notice that the server took came back later, as mails do: a person saw it. Raises NoticeRefused."""
    if not note.strip():
        raise NoticeRefused("Schrijf op wat er in de teruggekomen e-mail staat.")
    with transaction.atomic():
        notice = _locked(notice_id)
        if notice.state != State.SENT:
            raise NoticeRefused(f"Deze melding is {notice.get_state_display()}. Alleen een verstuurde melding kan terugkomen.")
        _step(notice, Kind.BOUNCED, by=user, note=note.strip()[:500])
        _becomes(notice, State.FAILED)
    return notice


def server_trouble() -> tuple[datetime, str] | None:
    """Since when the mail server cannot be reached, and what it said last; None when the last attempt reached it."""
    last = NoticeStep.objects.filter(kind__in=Outcome).order_by("-at", "-id")
    newest = last.first()
    if newest is None or newest.kind != Outcome.UNREACHABLE:
        return None
    good = last.exclude(kind=Outcome.UNREACHABLE).first()
    since = NoticeStep.objects.filter(kind=Outcome.UNREACHABLE, **({"at__gt": good.at} if good else {})).order_by("at").first()
    return (since or newest).at, _why(Delivery(Outcome.UNREACHABLE, newest.server, newest.code, newest.answer))
