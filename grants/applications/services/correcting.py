"""Put right what went wrong outside the law: a letter that did not arrive, a registration that should not be there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from grants.applications import deadlines
from grants.applications.letterhead import address_lines
from grants.applications.lifecycle.door import ActError, Mark, NotPermitted, Refused, act_named, may_perform, perform, refusals_of
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, Deadline
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording
from letters.models import Dispatch, Letter, SecondSending
from letters.pdf import unprintable
from letters.services import send_again

MOVED_BY_SENDING = ("OBJECTION_6W", "APPEAL_6W", "PAYMENT_6W", "REMINDER_2W")
"""Terms that start on the day of sending (Awb 6:8, 4:87, 4:112)."""

SentAgain = Callable[[Application, Letter, Event], None]
_on_sent_again: list[SentAgain] = []


def when_sent_again(function: SentAgain) -> None:
    """Let a higher floor move what else hangs on the day of sending."""
    if function not in _on_sent_again:
        _on_sent_again.append(function)


OtherAddressee = Callable[[Letter], tuple[str, ...]]
_other_addressee: list[OtherAddressee] = []


def addressee_from(function: OtherAddressee) -> None:
    """Let a higher floor say where a letter goes that is for somebody else than the applicant; () when it is not."""
    if function not in _other_addressee:
        _other_addressee.append(function)


def lines_for(application: Application, letter: Letter, day: date) -> tuple[str, ...]:
    """The address to which this letter goes again, as it is known on this day."""
    return _other_lines(letter) or address_lines(application, day)


def is_for_another(letter: Letter) -> bool:
    """Is this letter for somebody else than the applicant of its case?"""
    return bool(_other_lines(letter))


def _other_lines(letter: Letter) -> tuple[str, ...]:
    return next((found for function in _other_addressee if (found := function(letter))), ())


class ResendRefused(ActError):
    """A letter cannot be sent again so; `str()` says why and what to do."""


def resend(
    *, application_id: UUID, letter_id: UUID, reason: str, actor: Actor, day: date | None = None, posted: SecondSending | None = None
) -> Event:
    """Send a letter a second time because it did not arrive (T43, Awb 2:11(3)): the terms that sending starts, start again.

    In the inbox it is sent at once. On paper it was `posted` on this day, as somebody asked for before (`ask_on_paper`). Raises ActError.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        letter = Letter.objects.get(id=letter_id, chain=application.chain_id, state=Letter.State.SENT)
        if posted is None and not letter.portal_allowed:
            raise ResendRefused("Deze brief ging op papier, en gaat ook op papier opnieuw. Kies 'Op papier'.")
        asked = {"second_sending": str(posted.pk)} if posted else {}
        event = perform(application, "resend", Facts(reason=reason), actor, day, Mark(data={"letter": str(letter.id), **asked}))
        first = letter.dispatches.order_by("id").first()
        started = {d.rule for d in application.deadlines.filter(event=first.event_id, rule__in=MOVED_BY_SENDING)} if first else set()
        for rule in sorted(started):
            deadlines.end(application, event, rule)
            deadlines.start(application, event, rule, day)
        send_again(letter, event_id=event.id, day=day, on_paper=posted is not None)
        for function in _on_sent_again:
            function(application, letter, event)
    return event


def ask_on_paper(*, application_id: UUID, letter_id: UUID, reason: str, actor: Actor, day: date | None = None) -> SecondSending:
    """Lay a letter that did not arrive ready for the post, to the address as it is known now. It counts from the day on which it is posted.

    The letter does not change, so a sheet with the address goes before it. Raises ActError.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        letter = Letter.objects.get(id=letter_id, chain=application.chain_id, state=Letter.State.SENT)
        act = act_named("resend")
        if not may_perform(application, "resend", actor):
            raise NotPermitted(act)
        if refusals := refusals_of("resend", Facts(reason=reason), day):
            raise Refused(act, refusals)
        if SecondSending.objects.filter(letter=letter).waiting().exists():
            raise ResendRefused("Deze brief ligt al klaar om opnieuw op de post te gaan. Kijk bij Post.")
        lines = lines_for(application, letter, day)
        if wrong := unprintable(lines):
            raise ResendRefused(f"Het teken «{wrong}» in het adres kan niet worden afgedrukt. Verbeter eerst het adres.")
        return SecondSending.objects.create(letter=letter, addressee=list(lines), reason=reason.strip(), asked_by=actor.person, asked_at=clock.now())


def posted_again(asked: SecondSending, day: date) -> Dispatch | str:
    """A letter that somebody laid ready went in the post a second time: its dispatch, or why it does not count."""
    application_id = Application.objects.values_list("id", flat=True).get(chain=asked.letter.chain_id)
    try:
        event = resend(application_id=application_id, letter_id=asked.letter_id, reason=asked.reason, actor=Actor.system(), day=day, posted=asked)
    except ActError as error:
        return str(error)
    return Dispatch.objects.get(letter=asked.letter_id, event=event.id)


def annul(*, application_id: UUID, event_id: UUID, reason: str, actor: Actor, day: date | None = None) -> Event:
    """Take back a registration that should never have been made (T42). Not a decision, and never of a sent decision.

    The last act that moved the case goes back to where it came from; its terms end, and those it ended run again.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        wrong = application.chain.events.filter(id=event_id).first()
        target = application.status
        if _may_be_annulled(application, wrong) and wrong is not None:
            target = wrong.from_status
        allowed = wrong is not None and _may_be_annulled(application, wrong)
        facts = Facts(reason=reason, annulled_is_earlier=allowed)
        event = perform(
            application, "annul_event", facts, actor, day, Mark(target=target, annuls_id=event_id if allowed else None)
        )
        deadlines.end(application, event, *application.deadlines.filter(event=event_id).values_list("rule", flat=True) or ("",))
        Deadline.objects.filter(application=application, ended_by=event_id).update(ended_by=None, ended_on=None)
    return event


def annullable(application: Application) -> Event | None:
    """The one registration that can be taken back now: the last act that moved the case, unless it was a decision."""
    last = application.chain.events.order_by("-position").exclude(act="annul_event").first()
    return last if _may_be_annulled(application, last) else None


def _may_be_annulled(application: Application, event: Event | None) -> bool:
    if event is None or not event.from_status or event.from_status == event.to_status or event.to_status != application.status:
        return False
    later = application.chain.events.filter(position__gt=event.position).exclude(to_status=event.to_status).exists()
    annulled = Event.objects.filter(annuls=event).exists()
    return not later and not annulled and "decision" not in event.data and event.act not in ("submit", "close", "annul_event")
