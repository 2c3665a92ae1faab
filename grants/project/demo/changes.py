"""Fictitious changes around cases, lived through the same services as real ones."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from applicants.services import Instead
from decisions.models import Absence
from decisions.services import absences, accepting, bibob_checking, life_events, party_changes
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.project.demo.lives import LIVES, Life, Plan, person


def _who(username: str) -> User:
    return User.objects.get(username=username)


def live_changes() -> None:
    """A bankruptcy, a new account that waits, a Bibob check that runs, an initiative whose members answer together, and an absence."""
    bankrupt = Life(Plan("LB-SVC", "Stichting Repair Café Demo (verzonnen)", "Repareren met de buurt", Decimal(26_000), 200, "verleend"))
    LIVES["verleend"](bankrupt)
    life_events.report(
        applicant_id=bankrupt.applicant.pk, kind="bankruptcy", happened_on=clock.today() - timedelta(days=5), source="Insolventieregister F.00/00/0 (verzonnen)",
        actor=person("intake", Role.INTAKE_OFFICER),
        instead=Instead("curator", "mr. C. Urator (verzonnen)", "Boedelstraat 1", "6211 AA", "Maastricht"),
    )
    moved = Life(Plan("LB-SVC", "Vereniging Buurthuis Voorbeeld (verzonnen)", "Samen de wijk groen", Decimal(27_000), 30, "received"))
    LIVES["received"](moved)
    party_changes.ask(
        applicant_id=moved.applicant.pk, kind="address", new={"street": "Nieuwplein 5", "postcode": "6411 BB", "city": "Heerlen"}, actor=moved.asker
    )
    for username in ("behandelaar", "toetser"):
        bibob_checking.appoint(user=_who(username), by=_who("beheer"))
    bibob_checking.begin(application_id=moved.case.id, actor=moved.handler)
    together = Life(Plan("LB-INW", "Bewonersgroep De Proeftuin (verzonnen)", "Feest op het plein", Decimal(3000), 10, "received"))
    together.draft()
    assert together.id is not None
    people = (("Bo Bewoner (verzonnen)", "Voorbeeldstraat 1, Kerkrade"), ("Ru Buur (verzonnen)", "Voorbeeldstraat 3, Kerkrade"))
    accepting.accept(application_id=together.id, kind="joint", people=people, actor=together.asker)
    together.submit()
    if not Absence.objects.exists():
        first = clock.today() + timedelta(days=14)
        absences.arrange(
            user=_who("bezwaar"), substitute=_who("secretaris"), valid_from=first, valid_to=first + timedelta(days=7), entered_by=_who("bezwaar")
        )
