"""What the rest of the house may know of a Bibob check: whether it runs, and what came of it. Nothing else leaves the compartment."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from decisions.models.bibob import BibobFile, BibobLine, BibobMember, BibobState
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import User

GROUND = "BIBOB"
"""The ground of a refusal or withdrawal on Wet Bibob 3(1)."""


def is_member(user: User, day: date | None = None) -> bool:
    return BibobMember.objects.on(day or clock.today()).filter(user=user).exists()


def sentence(state: str, consequence: str) -> str:
    """The one sentence for everybody outside."""
    if state != BibobState.FINISHED:
        return _("Bibob-toets: loopt.")
    return _("Bibob-toets: afgerond, %(what)s.") % {"what": str(BibobFile.Consequence(consequence).label)}


def _line(application: Application, day: date) -> BibobLine | None:
    if application.requested_amount is None:
        return None
    lines = BibobLine.objects.on(day).filter(scheme_code__in=("", application.scheme_id), from_amount__lte=application.requested_amount)
    return lines.first()  # type: ignore[return-value]


def refusal(application: Application, day: date) -> str | None:
    """Why the case cannot be assessed or granted yet: a check runs, or the policy line asks for one that is not there."""
    states = set(BibobFile.objects.filter(application=application).values_list("state", flat=True))
    if states - {BibobState.FINISHED}:
        return "De Bibob-toets loopt nog. Wacht tot die is afgerond."
    line = None if states else _line(application, day)
    if line is not None:
        return f"Bij dit bedrag hoort een Bibob-toets ({line.basis}). Laat de Bibob-kring die eerst doen."
    return None


def ground_refusal(application: Application, ground: str) -> str | None:
    """Why a decision cannot rest on Bibob: no finished check says so."""
    if ground != GROUND:
        return None
    found = BibobFile.objects.filter(application=application, state=BibobState.FINISHED).first()
    if found is None or found.consequence != BibobFile.Consequence.REFUSE:
        return "Er is geen afgeronde Bibob-toets die een grond geeft om te weigeren of in te trekken. Kies een andere grond."
    return None
