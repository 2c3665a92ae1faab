"""Tell the sender by e-mail that a file cannot be used. Without personal details, and without the name of the file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from grants.applications.documents import Document
from grants.kernel import checked, outbox
from letters.post import mailing
from letters.post.mailing import Outcome

AGAIN = timedelta(minutes=10)


def tell(payload: dict[str, Any]) -> outbox.Finish:
    """Send it once. A server that cannot be reached is tried again; an address that is refused is not: the page says it too."""
    document = Document.objects.select_related("application__applicant", "application__scheme").filter(pk=payload["document"]).first()
    applicant = document.application.applicant if document else None
    if document is None or applicant is None:
        return outbox.nothing_more
    return _sent(applicant.email, str(document.pk))


def tell_beside(payload: dict[str, Any]) -> outbox.Finish:
    """As `tell`, of a file that belongs to no case."""
    record = checked.model_named(payload["record"])._default_manager.filter(pk=payload["pk"]).first()
    return _sent(record.told_at(), payload["pk"]) if record is not None else outbox.nothing_more


def _sent(address: str, key: str) -> outbox.Finish:
    if not address:
        return outbox.nothing_more
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message = EmailMessage(
        subject="Een bestand bij uw subsidie kunnen wij niet gebruiken",
        body=(
            "Wij konden een bestand dat u stuurde niet gebruiken. Het is verwijderd.\n"
            "Alles wat u verder hebt gestuurd, is er nog.\n\n"
            f"Log in op {settings.PUBLIC_URL}/mijn/. Daar leest u welk bestand het is, en voegt u een ander toe.\n\n{settings.LETTER_SENDER['name']}"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL, to=[address], headers={"Message-ID": f"<bestand-{key}@{domain}>"},
    )
    delivery = mailing.deliver(message)
    if delivery.outcome in (Outcome.LATER, Outcome.UNREACHABLE):
        return lambda: outbox.Later("De mailserver neemt de melding nu niet aan. Wij proberen het opnieuw.", AGAIN, waits=True)
    return outbox.nothing_more
