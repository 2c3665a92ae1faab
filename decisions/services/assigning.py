"""Claim a case, give it back, or hand it to a colleague: one service, for one case and for many."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from decisions import interest
from decisions.models import Absence
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.applications.services.assigning import hand_over
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.law.formats import long_date

SENIORS = (Role.MANDATE_HOLDER,)
"""Who may give a case to anybody of the team."""

YOURS = "U behandelt deze zaak al."


class ChangedMeanwhile(ActError):
    """Somebody else was first: the case has another handler than the page showed."""

    def __init__(self, application: Application) -> None:
        now = f"{application.handler} behandelt deze zaak nu." if application.handler else "Niemand behandelt deze zaak nu."
        super().__init__(f"De behandelaar van zaak {application.case_number} is intussen veranderd. {now} Kijk op de lijst hoe het er nu voor staat.")


def assign(*, application_id: UUID, handler: User | None, expected: int | None, actor: Actor, day: date | None = None) -> Application:
    """Make `handler` the handler of the case (T61); None gives it back to the team. `expected` is the handler that the page
    showed: two people who claim at once do not overrule each other. Raises ChangedMeanwhile, Refused or NotPermitted.
    """
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        if application.handler_id != expected:
            raise ChangedMeanwhile(application)
        hand_over(application, handler, actor, day, refusal(application, handler, actor, day))
    return application


def refusal(application: Application, handler: User | None, actor: Actor, day: date) -> str | None:
    """Why this person cannot give the case to that person, in Dutch; None when nothing is in the way."""
    who = actor.person
    is_senior = who.has_role(*SENIORS, scheme_code=application.scheme_id)
    is_own = application.handler_id == who.pk
    if handler is None:
        if application.handler_id is None:
            return "Deze zaak heeft geen behandelaar. Er valt niets terug te geven."
        return None if is_own or is_senior else "U kunt alleen een zaak teruggeven die u zelf behandelt. Vraag het de behandelaar of een senior."
    if handler.pk == application.handler_id:
        return YOURS if is_own else f"{handler} behandelt deze zaak al."
    if not handler.has_role(Role.CASE_HANDLER, scheme_code=application.scheme_id):
        return f"{handler} behandelt geen zaken van deze regeling. Kies een behandelaar van deze regeling."
    if not is_senior and not is_own and application.handler_id is not None:
        return f"{application.handler} behandelt deze zaak. Alleen die collega of een senior draagt de zaak over."
    if not is_senior and not is_own and handler.pk != who.pk:
        return "Alleen een senior wijst een zaak aan een ander toe. U kunt de zaak wel zelf nemen."
    return _interest(application, handler, who) or _absence(handler, who, day)


def _interest(application: Application, handler: User, who: User) -> str | None:
    """Awb 2:4. To a colleague we only say that there is something, not what."""
    found = interest.refusal(application, handler)
    if found is None or handler.pk == who.pk:
        return found
    return f"{handler} heeft misschien een persoonlijk belang bij deze zaak. Kies een andere behandelaar."


def _absence(handler: User, who: User, day: date) -> str | None:
    """Work goes to whoever replaces the one who is away, not to a desk where nobody sits."""
    away = Absence.objects.on(day).filter(user=handler).select_related("substitute").first()
    if away is None:
        return None
    last = long_date(away.valid_to)
    if handler.pk == who.pk:
        return f"U staat als afwezig tot en met {last}. Bent u er weer? Beëindig dan eerst uw afwezigheid."
    return f"{handler} is afwezig tot en met {last}. Kies een andere behandelaar, bijvoorbeeld wie vervangt: {away.substitute}."
