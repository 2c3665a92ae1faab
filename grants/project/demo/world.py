"""The fictitious people, applicants and mandates of the demonstration, and the schemes they use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db import transaction

from applicants.models import Applicant, ApplicantType, Capacity, Representation
from decisions.models import MandateRule
from decisions.money import IN_OBJECTION
from grants.budget.services import store_ceilings
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import Role
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_reader import read_file
from grants.schemes.services import load_lists, publish

DEFINITIONS = Path(__file__).resolve().parents[2] / "schemes" / "definitions"
SINCE = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Persona:
    """A fictitious person: the demo shows "(verzonnen)" behind every name."""

    username: str
    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    function: str = ""


PERSONAS = (
    Persona("bewoner", "Bo", "Bewoner (verzonnen)", (Role.APPLICANT,)),
    Persona("penningmeester", "Pip", "Penning (verzonnen)", (Role.APPLICANT,)),
    Persona("ambtenaar", "Gerda", "Gemeente (verzonnen)", (Role.APPLICANT,)),
    Persona("meehelper", "Mo", "Meehelper (verzonnen)", (Role.APPLICANT,)),
    Persona("intake", "Ira", "Intake (verzonnen)", (Role.INTAKE_OFFICER,), "medewerker intake"),
    Persona("behandelaar", "Bas", "Behandelaar (verzonnen)", (Role.CASE_HANDLER,), "behandelaar subsidies"),
    Persona("toetser", "Tess", "Toetser (verzonnen)", (Role.REVIEWER,), "toetser"),
    Persona("senior", "Sanne", "Senior (verzonnen)", (Role.MANDATE_HOLDER,), "senior cluster Subsidies"),
    Persona("directeur", "Dirk", "Directeur (verzonnen)", (Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER), "directeur"),
    Persona("financien", "Fien", "Finance (verzonnen)", (Role.FINANCE_OFFICER,), "financieel medewerker"),
    Persona("budgethouder", "Bud", "Houder (verzonnen)", (Role.FINANCE_APPROVER,), "budgethouder"),
    Persona("bezwaar", "Bea", "Bezwaar (verzonnen)", (Role.OBJECTION_HANDLER,), "bezwaarjurist"),
    Persona("secretaris", "Sef", "Secretaris (verzonnen)", (Role.OBJECTION_HANDLER,), "secretaris bezwaar"),
    Persona("beslisser", "Bes", "Lisser (verzonnen)", (Role.OBJECTION_DECIDER,), "beslisser op bezwaar"),
    Persona("beleid", "Bep", "Beleid (verzonnen)", (Role.POLICY_OFFICER,), "beleidsmedewerker"),
    Persona("archief", "Archie", "Archief (verzonnen)", (Role.RECORDS_OFFICER,), "informatiebeheerder"),
    Persona("controller", "Cor", "Controller (verzonnen)", (Role.CONTROLLER,), "concerncontroller"),
    Persona("auditor", "Audrey", "Auditor (verzonnen)", (Role.AUDITOR,), "auditor"),
    Persona("regelingbeheer", "Rein", "Regeling (verzonnen)", (Role.SCHEME_MANAGER,), "regelingbeheerder"),
    Persona("teksten", "Toos", "Teksten (verzonnen)", (Role.SCHEME_MANAGER,), "communicatieadviseur"),
    Persona("beheer", "Bram", "Beheer (verzonnen)", (Role.ADMIN,), "functioneel beheerder"),
)

APPLICANTS = (
    ("bewoner", ApplicantType.NATUURLIJK_PERSOON, "Bo Bewoner (verzonnen)", "", "Voorbeeldstraat 1", "6461 AA", "Kerkrade", "NL51ABNA0100111111"),
    ("bewoner", ApplicantType.BEWONERSINITIATIEF, "Bewonersgroep De Proeftuin (verzonnen)", "", "Voorbeeldstraat 1", "6461 AA", "Kerkrade", "NL70ABNA0100222222"),
    ("penningmeester", ApplicantType.VERENIGING, "Vereniging Buurthuis Voorbeeld (verzonnen)", "00000001", "Demoplein 2", "6411 AA", "Heerlen", "NL91ABNA0417164300"),
    ("penningmeester", ApplicantType.STICHTING, "Stichting Repair Café Demo (verzonnen)", "00000002", "Demoplein 4", "6411 AA", "Heerlen", "NL89ABNA0100333333"),
    ("ambtenaar", ApplicantType.GEMEENTE, "Gemeente Voorbeeldstad (verzonnen)", "00000003", "Raadhuisplein 1", "6401 AA", "Heerlen", "NL11ABNA0100444444"),
)


CAPACITY = {
    ApplicantType.NATUURLIJK_PERSOON: Capacity.SELF, ApplicantType.BEWONERSINITIATIEF: Capacity.BOARD, ApplicantType.VERENIGING: Capacity.BOARD,
    ApplicantType.STICHTING: Capacity.BOARD, ApplicantType.GEMEENTE: Capacity.COLLEAGUE,
}


@cache
def _definitions() -> tuple[SchemeDefinition, ...]:
    return tuple(read_file(path) for path in sorted(DEFINITIONS.glob("*.toml")))


@transaction.atomic
def load_world() -> None:
    """Lists, schemes, people, applicants and mandates; safe to repeat."""
    load_lists()
    for definition in _definitions():
        publish(definition)
        store_ceilings(definition)
    for persona in PERSONAS:
        user, made = User.objects.get_or_create(
            username=persona.username,
            defaults={
                "first_name": persona.first_name, "last_name": persona.last_name, "function_title": persona.function, "is_demo": True,
            },
        )
        if made:
            user.set_unusable_password()
            user.save()
        for role in persona.roles:
            RoleAssignment.objects.get_or_create(user=user, role=role, scheme_code="", defaults={"valid_from": SINCE})
    for username, kind, name, kvk, street, postcode, city, iban in APPLICANTS:
        applicant, _ = Applicant.objects.get_or_create(
            name=name,
            defaults={
                "type": kind, "kvk_number": kvk, "street": street, "postcode": postcode, "city": city, "is_demo": True,
                "channel_consent": True, "iban": iban, "email": f"{username}@example.org",
            },
        )
        Representation.objects.get_or_create(
            applicant=applicant, user=User.objects.get(username=username), defaults={"valid_from": SINCE, "kind": CAPACITY[kind]}
        )
    _mandates()


def _mandates() -> None:
    """The senior decides under 125.000 euro, the director everything (shape of the 2019 sub-mandate; demo values)."""
    basis = "Ondermandaatbesluit cluster Subsidies (demo)"
    for act in ("grant", "grant_partly", "settle_directly", "reject", "decide_not_handle", "amend", "grant_advance", "settle", "settle_lower", "settle_ex_officio"):
        MandateRule.objects.get_or_create(
            decision_kind=act, role=Role.MANDATE_HOLDER, scheme_code="", amount_below=Decimal(125_000),
            defaults={"basis": basis, "valid_from": SINCE, "is_demo": True},
        )
    MandateRule.objects.get_or_create(
        decision_kind="delay_notice", role=Role.CASE_HANDLER, scheme_code="", amount_below=None,
        defaults={"basis": basis, "valid_from": SINCE, "is_demo": True},
    )
    for act in sorted(IN_OBJECTION):
        MandateRule.objects.get_or_create(
            decision_kind=act, role=Role.OBJECTION_DECIDER, scheme_code="", amount_below=None, holder=User.objects.get(username="beslisser"),
            defaults={"basis": "Mandaatbesluit bezwaar (demo)", "valid_from": SINCE, "is_demo": True},
        )
    director = "Mandaatbesluit directie (demo)"
    for role in (Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER):
        MandateRule.objects.get_or_create(
            decision_kind="*", role=role, scheme_code="", amount_below=None, holder=User.objects.get(username="directeur"),
            defaults={"basis": director, "valid_from": SINCE, "is_demo": True},
        )
