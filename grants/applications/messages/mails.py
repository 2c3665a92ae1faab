"""The mail that a message waits. It says nothing of its content: anyone may read an e-mail on its way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from grants.applications.messages.models import CaseMessage
from grants.applications.messages.services import TOPIC
from grants.kernel.outbox import Finish, Later, nothing_more, outside
from letters.post import mailing
from letters.post.mailing import Outcome

PAUSE = timedelta(minutes=10)
WAITS = "De mailserver neemt de e-mail nu niet aan. Controleer EMAIL_URL en de server. De e-mails wachten en gaan daarna vanzelf."


@outside(TOPIC)
def message_waits(payload: dict[str, Any]) -> Finish:
    """Tell the applicant. Without an address, or when it is refused, the message stands on the page all the same."""
    message = CaseMessage.objects.select_related("application__applicant", "application__chain").get(id=payload["message"])
    applicant = message.application.applicant
    if applicant is None or not applicant.email:
        return nothing_more
    delivery = mailing.deliver(EmailMessage(
        subject=f"Nieuw bericht over uw subsidie ({message.application.chain.label})",
        body=(
            "Er staat een nieuw bericht voor u klaar.\n\n"
            f"Log in op {settings.PUBLIC_URL}/mijn/ om het te lezen.\n\n{settings.LETTER_SENDER['name']}"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL, to=[applicant.email],
        headers={"Message-ID": f"<bericht-{message.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"},
    ))
    if delivery.outcome in (Outcome.LATER, Outcome.UNREACHABLE):
        return lambda: Later(WAITS, PAUSE, waits=True)
    return nothing_more
