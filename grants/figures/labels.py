"""Names for the keys that figures are split by: one query for each kind of key."""

from __future__ import annotations

from applicants.models import ApplicantType
from grants.applications.models import SubsidyForm
from grants.figures.definition import Breakdown
from grants.schemes.models import Area, Goal, Municipality, Scheme

NONE = "niet ingevuld"
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")


def names_for(by: Breakdown) -> dict[str, str]:
    """Key -> name. Months are made by `name_of`."""
    match by:
        case "scheme":
            return dict(Scheme.objects.values_list("code", "title"))
        case "goal":
            return dict(Goal.objects.values_list("code", "label"))
        case "area":
            return dict(Area.objects.values_list("code", "name"))
        case "municipality":
            return dict(Municipality.objects.values_list("code", "name"))
        case "applicant_type":
            return {value: str(label) for value, label in ApplicantType.choices}
        case "form":
            return {value: str(label) for value, label in SubsidyForm.choices}
        case _:
            return {}


def name_of(key: str, by: Breakdown, names: dict[str, str]) -> str:
    if not key:
        return NONE
    if by == "month":
        return f"{MONTHS[int(key[5:7]) - 1]} {key[:4]}"
    return names.get(key, key)
