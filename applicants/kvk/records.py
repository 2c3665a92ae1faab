"""One organisation as the trade register knows it, as far as we use it, and how its legal form makes a kind of applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from applicants.kinds import ApplicantType


class KvkUnavailable(Exception):
    """The register gave no answer that we can use. Nothing is known about the number then."""


@dataclass(frozen=True, slots=True)
class KvkRecord:
    """`fields` are the fields of the register from which the rest was read, as they came; `dissolved_on`: struck off from that day.

    The address is empty when the register shields it.
    """

    kvk_number: str
    name: str
    legal_form: str
    street: str
    postcode: str
    city: str
    dissolved_on: date | None
    source: str
    fields: dict[str, Any]

    @property
    def applicant_type(self) -> ApplicantType | None:
        """The kind of applicant that this legal form is; None for a form that none of our kinds fits."""
        return type_of(self.legal_form)


class KvkLookup(Protocol):
    """One question to the register, asked outside any transaction. None when the number is not in it; raises KvkUnavailable."""

    def lookup(self, kvk_number: str) -> KvkRecord | None: ...


FORMS = {
    "stichting": ApplicantType.STICHTING,
    "vereniging": ApplicantType.VERENIGING,
    "cooperatie": ApplicantType.COOPERATIE,
    "europesecooperatievevennootschap": ApplicantType.COOPERATIE,
    "gemeente": ApplicantType.GEMEENTE,
}

def type_of(legal_form: str) -> ApplicantType | None:
    """The kind of applicant of a legal form, however it is spaced and spelled: 'Coöperatie U.A.' is a cooperative, 'Vereniging van Eigenaars' an association."""
    plain = "".join(letter for letter in legal_form.lower().replace("ö", "o").replace("ë", "e") if letter.isalpha())
    return next((kind for form, kind in FORMS.items() if plain.startswith(form)), None)
