"""Signs that an official may have a personal interest in a case (Awb 2:4). Pure: plain values in, hints out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """An applicant as far as it can be compared: `id`, name, account, address, and the surnames of who act for it."""

    id: int
    name: str
    iban: str = ""
    postcode: str = ""
    street: str = ""
    surnames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A sign of an interest. It asks for a declaration; after a strong one, a no needs its reason.

    One sign is more than a sign: who acts for the applicant has an interest, whatever is declared.
    """

    kind: str
    strong: bool
    text: str


def hints(surname: str, own: Collection[Party], applicant: Party, position: bool = False) -> tuple[Hint, ...]:
    """What connects a person to an applicant. `own` are the applicants for whom the person acts outside work; `position`:
    does the person tell of a position (nevenfunctie) at the applicant, or at a company of the same undertaking?
    """
    found = []
    if any(party.id == applicant.id for party in own):
        found.append(Hint("board", True, "U vertegenwoordigt deze aanvrager zelf, als bestuurslid, gemachtigde of lid."))
    if position:
        found.append(Hint("position", True, "U hebt een nevenfunctie opgegeven bij deze aanvrager, of bij een bedrijf dat bij de aanvrager hoort."))
    others = [party for party in own if party.id != applicant.id]
    if any(plain(party.iban) == plain(applicant.iban) for party in others if plain(applicant.iban)):
        found.append(Hint("iban", True, "De aanvrager heeft hetzelfde rekeningnummer als een aanvrager voor wie u optreedt."))
    same_address = any(address(party) == address(applicant) for party in others if address(applicant))
    same_surname = bool(family(surname)) and family(surname) in _surnames(applicant)
    if same_address and same_surname:
        found.append(Hint("household", True, "De aanvrager heeft dezelfde achternaam en hetzelfde adres als u."))
    elif same_address:
        found.append(Hint("address", False, "De aanvrager heeft hetzelfde adres als een aanvrager voor wie u optreedt."))
    elif same_surname:
        found.append(Hint("surname", False, "Iemand van de aanvrager heeft dezelfde achternaam als u."))
    return tuple(found)


def refusal(found: Collection[Hint], said: bool | None, remark: str) -> str | None:
    """Why the person does not act in the case, in Dutch; None when nothing is in the way (Awb 2:4).

    `said`: what was declared last, None when nothing was; `remark`: the reason that was given with it.
    """
    if said:
        return "U hebt verklaard dat u een persoonlijk belang hebt bij deze zaak. Draag de zaak over aan een collega."
    acts = next((hint for hint in found if hint.kind == "board"), None)
    if acts is not None:
        return f"{acts.text} Draag de zaak over aan een collega."
    strong = next((hint for hint in found if hint.strong), None)
    if strong is not None and not (said is False and remark.strip()):
        return f"{strong.text} Verklaar eerst op de pagina van de zaak of u een persoonlijk belang hebt. Is dat niet zo? Leg dan uit waarom niet."
    if found and said is None:
        return f"{next(iter(found)).text} Verklaar eerst op de pagina van de zaak of u een persoonlijk belang hebt."
    return None


def plain(text: str) -> str:
    """A number or code without spaces and case."""
    return re.sub(r"\s", "", text).upper()


def family(name: str) -> str:
    """A surname to compare: without remarks between brackets and without case."""
    return re.sub(r"\(.*?\)", "", name).strip().casefold()


def address(party: Party) -> str:
    """Postcode and street with number as one value; '' when either is missing."""
    return f"{plain(party.postcode)} {plain(party.street)}" if plain(party.postcode) and plain(party.street) else ""


def _surnames(party: Party) -> set[str]:
    words = re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", family(party.name))
    return {family(name) for name in party.surnames} | set(words) | {" ".join(words[1:])} - {""}
