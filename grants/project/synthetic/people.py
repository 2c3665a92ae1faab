"""Fictitious applicants and officials for load data; every name says that it is made up."""

from __future__ import annotations

from random import Random

from applicants.models import Applicant, ApplicantType
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.project.demo.world import SINCE

HANDLERS = 24
KINDS = (
    (ApplicantType.NATUURLIJK_PERSOON, "", 2), (ApplicantType.BEWONERSINITIATIEF, "Bewonersgroep", 4), (ApplicantType.VERENIGING, "Vereniging", 6),
    (ApplicantType.STICHTING, "Stichting", 6), (ApplicantType.COOPERATIE, "Coöperatie", 1), (ApplicantType.GEMEENTE, "Gemeente", 1),
)
FIRST = (
    "Anna", "Bram", "Chantal", "Daan", "Els", "Fenna", "Gijs", "Hanneke", "Ivo", "Jolijn", "Karel", "Loes", "Maud", "Niels", "Olga", "Pieter",
    "Quirine", "Ruud", "Sjaak", "Toos", "Ursula", "Victor", "Wies", "Xander", "Yvonne", "Zoë",
)
LAST = (
    "Aerts", "Bosch", "Claessen", "Driessen", "Engelen", "Frissen", "Geraedts", "Hendrix", "Indemans", "Janssen", "Kusters", "Lemmens", "Mevissen",
    "Nijsten", "Ortmans", "Peeters", "Quaedvlieg", "Reijnders", "Smeets", "Thijssen", "Urlings", "Verheijen", "Weijers", "Zeegers",
)
THINGS = (
    "De Linde", "Het Trefpunt", "De Brug", "Samen Sterk", "De Proeftuin", "Ons Dorp", "Het Klavertje", "De Kiem", "De Mijnlamp", "Het Anker",
    "Buurtkracht", "De Ontmoeting", "Het Koetshuis", "Muziekkring", "De Harmonie", "Heemkunde", "De Speelplek", "Groen Doen",
)
PLACES = ("Heerlen", "Kerkrade", "Landgraaf", "Venlo", "Roermond", "Weert", "Sittard", "Maastricht", "Venray", "Horst", "Echt", "Vaals")
TITLES = (
    "Bankjes op het plein", "Repaircafé in de wijk", "Samen koken", "Buurttuin", "Speelveld opknappen", "Taalmaatjes", "Burendag", "Kunst in de tunnel",
    "Wandelclub", "Bloembakken in de straat", "Dorpsfeest", "Oefenruimte voor jongeren", "Eettafel voor ouderen", "Jeu-de-boulesbaan",
)


def applicants(number: int, random: Random) -> list[Applicant]:
    """Make so many applicants; the number in a name tells two with the same name apart."""
    kinds = random.choices(KINDS, weights=[weight for _, _, weight in KINDS], k=number)
    made = []
    for place, (kind, word, _) in enumerate(kinds, start=Applicant.objects.count() + 1):
        own = f"{random.choice(FIRST)} {random.choice(LAST)}" if not word else f"{word} {random.choice(THINGS)} {random.choice(PLACES)}"
        made.append(
            Applicant(
                type=kind, name=f"{own} {place} (verzonnen)", kvk_number=f"{place:08d}" if word and kind != ApplicantType.BEWONERSINITIATIEF else "",
                street=f"Verzonnenstraat {place % 200 + 1}", postcode="6400 AA", city=random.choice(PLACES), is_demo=True,
            )
        )
    return Applicant.objects.bulk_create(made, batch_size=1000)


def officials() -> dict[Role, list[User]]:
    """Who act in the load data, by role. The handlers are made once; nobody signs in as them."""
    handlers = [_handler(number) for number in range(1, HANDLERS + 1)]
    named = {role: list(User.objects.filter(username=username)) for role, username in (
        (Role.REVIEWER, "toetser"), (Role.MANDATE_HOLDER, "senior"), (Role.INTAKE_OFFICER, "intake"), (Role.RECORDS_OFFICER, "archief"),
        (Role.APPLICANT, "penningmeester"),
    )}
    return {**named, Role.CASE_HANDLER: [*handlers, *User.objects.filter(username="behandelaar")]}


def _handler(number: int) -> User:
    user, made = User.objects.get_or_create(
        username=f"synthetisch-{number:02d}",
        defaults={"first_name": FIRST[number % len(FIRST)], "last_name": f"{LAST[number % len(LAST)]} (verzonnen)", "function_title": "behandelaar subsidies"},
    )
    if made:
        user.set_unusable_password()
        user.save()
    RoleAssignment.objects.get_or_create(user=user, role=Role.CASE_HANDLER, scheme_code="", defaults={"valid_from": SINCE})
    return user
