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
    """A sign of an interest. A strong one keeps the person away from the case; a weak one asks for a declaration."""

    kind: str
    strong: bool
    text: str


def hints(surname: str, own: Collection[Party], applicant: Party) -> tuple[Hint, ...]:
    """What connects a person to an applicant. `own` are the applicants for whom the person acts outside work."""
    found = []
    if any(party.id == applicant.id for party in own):
        found.append(Hint("board", True, "U vertegenwoordigt deze aanvrager zelf, als bestuurslid, gemachtigde of lid."))
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
