"""The e-mails of the network. Work outside: the outbox carries a number, and the row behind it holds the words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.control.learning.models import ExpertMessage, Registration
from grants.control.learning.services.meeting import CANCELLED, MESSAGE, REGISTERED, token_of
from grants.kernel import clock
from grants.kernel.outbox import Finish, nothing_more, outside


def _send(to: str, subject: str, body: str, reply_to: str = "") -> None:
    one_line = " ".join(subject.split())
    EmailMessage(
        subject=one_line, body=f"{body}\n\n{settings.LETTER_SENDER['name']}", from_email=settings.DEFAULT_FROM_EMAIL, to=[to],
        reply_to=[reply_to] if reply_to else None,
    ).send()


def _registration(payload: dict[str, Any]) -> Registration | None:
    return Registration.objects.select_related("meeting").filter(pk=payload["registration"]).first()


@outside(REGISTERED)
def tell_registered(payload: dict[str, Any]) -> Finish:
    """When and where it is, and the link to withdraw."""
    found = _registration(payload)
    if found is None:
        return nothing_more
    meeting = found.meeting
    withdraw = settings.PUBLIC_URL + reverse("learning:unregister", args=[token_of(found)])
    where = "\n".join(line for line in (meeting.place, meeting.online_url) if line)
    start = timezone.localtime(meeting.starts_at, clock.AMSTERDAM)
    body = _("U bent aangemeld voor: %(title)s.\n\nWanneer: %(when)s uur\nWaar: %(where)s\n\nKunt u niet? Meld u dan af: %(link)s") % {
        "title": meeting.title, "when": f"{start:%d-%m-%Y %H:%M}", "where": where, "link": withdraw,
    }
    _send(found.email, _("Uw aanmelding voor een bijeenkomst"), body)
    return nothing_more


@outside(CANCELLED)
def tell_cancelled(payload: dict[str, Any]) -> Finish:
    found = _registration(payload)
    if found is not None:
        body = _("De bijeenkomst '%(title)s' gaat niet door. U hoeft niets te doen.") % {"title": found.meeting.title}
        _send(found.email, _("Een bijeenkomst gaat niet door"), body)
    return nothing_more


@outside(MESSAGE)
def pass_on(payload: dict[str, Any]) -> Finish:
    """To the expert, with the sender's address to answer to."""
    found = ExpertMessage.objects.select_related("expert").filter(pk=payload["message"], sent_at__isnull=True).first()
    if found is None:
        return nothing_more
    body = _("Iemand stuurt u een bericht via het lerend netwerk. U kunt antwoorden op %(address)s.\n\n%(text)s") % {
        "address": found.reply_to, "text": found.text,
    }
    _send(found.expert.email, _("Een bericht via het lerend netwerk"), body, reply_to=found.reply_to)

    def note() -> None:
        ExpertMessage.objects.filter(pk=found.pk).update(sent_at=clock.now())

    return note
