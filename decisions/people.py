"""For whom somebody does the work on a day."""

from __future__ import annotations

from datetime import date

from decisions.models import Absence
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.roles import OUTSIDE


def people_acting_for(user: User, day: date | None = None) -> frozenset[int]:
    """The ids of the absent colleagues whose work `user` does on `day` (default today); without the user's own id.

    One step: whose substitute is away too is not passed on. `handler_id in {user.pk, *people_acting_for(user)}` is "my work".
    """
    return frozenset(Absence.objects.on(day or clock.today()).filter(substitute=user).values_list("user_id", flat=True))


def stands_in_for(application: Application, actor: Actor) -> int | None:
    """The absent handler of this case in whose place the actor works today; None for one's own work, and for people outside."""
    if actor.user is None or actor.role in OUTSIDE or application.handler_id in (None, actor.user.pk):
        return None
    return application.handler_id if application.handler_id in people_acting_for(actor.user) else None


def same_desk_refusal(signer: User, *others: int | None) -> str | None:
    """Why this person neither reviews nor signs: whoever stands in for the preparer or the handler sits at the same desk (four eyes)."""
    if people_acting_for(signer) & {other for other in others if other is not None}:
        return "U vervangt de opsteller of de behandelaar van deze zaak. Dan toetst en tekent u zelf niet: vraag een ander."
    return None
