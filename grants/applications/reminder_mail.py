"""The e-mail of a reminder: which words, to whom, and the link that ends them (RFC 8058)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from applicants.models import Applicant
from grants.applications import reminders
from grants.applications.reminder_models import Reminder
from grants.kernel import clock, outbox
from grants.kernel.outbox import Later
from grants.kernel.tasks import task_for
from grants.law.formats import long_date
from letters.post import mailing
from letters.post.composing import Words, compose, message_id_of
from letters.post.mailing import Delivery, Outcome

PAUSE = timedelta(minutes=15)
TRY_FOR = 1
"""So many days after it was noted a reminder is still worth sending."""
Occasion, State = Reminder.Occasion, Reminder.State
_signer = signing.Signer(salt="reminders")

task_for(reminders.TOPIC)


def token_of(applicant: Applicant) -> str:
    """Who holds it may end or begin the reminders of this applicant, and nothing else. It says no name and does not wear out."""
    return _signer.sign(str(applicant.pk))


def applicant_of(token: str) -> Applicant | None:
    try:
        return Applicant.objects.filter(pk=int(_signer.unsign(token))).first()
    except (signing.BadSignature, ValueError):
        return None


def words_of(reminder: Reminder) -> Words:
    """Short, and without anything about the person or the plan."""
    link, last = f"{settings.PUBLIC_URL}{_path(reminder)}", long_date(reminder.about)
    why = _("U krijgt deze herinnering omdat u op onze website een aanvraag of een subsidie hebt.")
    said: dict[str, tuple[str, tuple[str, ...], str]] = {
        Occasion.DRAFT_IDLE: (
            _("Uw aanvraag is nog niet ingestuurd"),
            (_("U begon aan een aanvraag voor subsidie. Die staat nog voor u klaar."), _("Wij bekijken uw aanvraag pas als u die instuurt.")),
            _("Ga verder met uw aanvraag"),
        ),
        Occasion.DRAFT_CLOSING: (
            _("Stuur uw aanvraag op tijd in"),
            (_("U begon aan een aanvraag voor subsidie, maar stuurde die nog niet in."), _("Insturen kan tot en met %(day)s.") % {"day": last}),
            _("Ga verder met uw aanvraag"),
        ),
        Occasion.COMPLETION: (
            _("Wij missen nog iets van u"),
            (_("Wij vroegen u om iets aan te vullen."), _("Dat kan tot en met %(day)s.") % {"day": last}, _("Log in om te zien wat wij missen.")),
            _("Vul aan wat wij missen"),
        ),
        Occasion.REPORT: (
            _("Vertel ons hoe het ging"),
            (_("U kreeg subsidie. Wij vragen u om verantwoording."), _("Dat kan tot en met %(day)s.") % {"day": last}),
            _("Maak uw verantwoording"),
        ),
        Occasion.REPORT_LATE: (
            _("Wij wachten op uw verantwoording"),
            (_("Uw verantwoording moest er zijn op %(day)s. Wij hebben die nog niet.") % {"day": last}, _("Stuur die zo snel mogelijk in. Lukt dat niet? Bel ons dan.")),
            _("Maak uw verantwoording"),
        ),
    }
    subject, lines, act = said[reminder.occasion]
    return Words(subject=subject, lines=lines, link=link, act=act, why=why)


def _path(reminder: Reminder) -> str:
    page = {
        Occasion.DRAFT_IDLE: "applications:fill-in", Occasion.DRAFT_CLOSING: "applications:fill-in", Occasion.COMPLETION: "applications:case",
        Occasion.REPORT: "applications:account", Occasion.REPORT_LATE: "applications:account",
    }[Occasion(reminder.occasion)]
    return reverse(page, args=[reminder.application_id])


def attempt(payload: dict[str, Any]) -> outbox.Finish:
    """Try once to send a reminder, without a transaction. What needs no reminder any more gets none."""
    reminder = Reminder.objects.select_related("application__applicant").filter(pk=payload["reminder"], state=State.WAITING).first()
    if reminder is None or reminder.application.applicant is None:
        return outbox.nothing_more
    today = clock.today()
    if today > reminder.found_on + timedelta(days=TRY_FOR) or not reminders.still_needed(reminder, today):
        return lambda: _ended(reminder.pk, State.NOT_NEEDED)
    applicant = reminder.application.applicant
    stop = f"{settings.PUBLIC_URL}{reverse('reminders:stop', args=[token_of(applicant)])}"
    delivery = mailing.deliver(compose(words_of(reminder), applicant.email, message_id_of("herinnering", reminder.pk), stop=stop))
    return lambda: _note(reminder.pk, delivery)


def _note(pk: UUID, delivery: Delivery) -> Later | None:
    if delivery.outcome in (Outcome.LATER, Outcome.UNREACHABLE):
        return Later(f"De mailserver {delivery.server} nam een herinnering niet aan (code {delivery.code or 'geen'}). Wij proberen het opnieuw.", PAUSE, waits=True)
    return _ended(pk, State.SENT if delivery.outcome == Outcome.ACCEPTED else State.FAILED, delivery.code)


def _ended(pk: UUID, state: str, code: int | None = None) -> None:
    Reminder.objects.filter(pk=pk, state=State.WAITING).update(state=state, ended_at=clock.now(), code=code)


outbox.outside(reminders.TOPIC)(attempt)
