"""What the outbox asks of the decisions floor."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from decisions.models import Beschikking
from grants.kernel import outbox
from grants.kernel.models import User
from grants.kernel.outbox import Finish, handler, nothing_more, outside
from letters.models import Letter


def ask_dispatch(letter: Letter) -> None:
    """A decision letter is ready: ask for its dispatch in a transaction of its own."""
    if letter.portal_allowed:
        outbox.enqueue("decisions.dispatch", key=f"{letter.id}:{letter.digest[:16]}", payload={"letter": str(letter.id)})


@handler("decisions.dispatch")
def dispatch(payload: dict[str, Any]) -> None:
    from decisions.services.dispatching import dispatch_letter

    dispatch_letter(letter_id=UUID(payload["letter"]))


def dispatch_posted(letter: Letter, day: date) -> str:
    """The post room put a decision in the post, as it was printed. Gives '' or why it took no effect."""
    from decisions.services.copying import copy_posted
    from decisions.services.dispatching import dispatch_letter

    if copy_posted(letter_id=letter.id, day=day):
        return ""
    decision = dispatch_letter(letter_id=letter.id, day=day, as_printed=True)
    if decision is None:
        return "Bij deze brief hoort geen besluit. Meld dit bij de beheerder."
    if decision.state == Beschikking.State.SENT:
        return ""
    why = f" {decision.return_reason}" if decision.state == Beschikking.State.RETURNED else ""
    return f"Het besluit ging niet in: het is {decision.get_state_display()}.{why} Is de brief al weg? Bel de ontvanger. De behandelaar zorgt voor een nieuw besluit."


def redate_for_post(letter: Letter, day: date) -> None:
    """A decision goes in the post on another day than it bears."""
    from decisions.services.copying import redate_copy
    from decisions.services.dispatching import redate

    if not redate_copy(letter_id=letter.id, day=day):
        redate(letter_id=letter.id, day=day)


@shared_task(name="decisions.daily", ignore_result=True)
def do_the_day() -> None:
    """The work of the day, asked by the schedule. A second run on the same day does nothing."""
    from decisions.services import daily

    daily.run()


@outside("decisions.due")
def tell_what_is_due(payload: dict[str, Any]) -> Finish:
    """One mail to a handler about terms that come near or passed; no case is named in it."""
    user = User.objects.filter(id=payload["user"], is_active=True).exclude(email="").first()
    if user is None:
        return nothing_more
    send_mail(
        subject="Termijnen in uw zaken",
        message=(
            f"Van {payload['count']} termijnen in uw zaken komt de laatste dag dichtbij, of is die voorbij.\n\n"
            f"Kijk op {settings.PUBLIC_URL}/behandelen/ wat er moet gebeuren."
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[user.email],
    )
    return nothing_more
