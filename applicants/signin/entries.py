"""The three doors: for residents, for organisations and for officials. Which are open is a setting (OIDC_*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

RESIDENTS, ORGANISATIONS, STAFF = "residents", "organisations", "staff"
SLUGS = {RESIDENTS: "inwoner", ORGANISATIONS: "organisatie", STAFF: "medewerker"}
"""How an entry is called in its address, and as the provider in the table of accounts."""

NAMES = {
    RESIDENTS: _("Inloggen met DigiD"),
    ORGANISATIONS: _("Inloggen met eHerkenning"),
    STAFF: _("Inloggen als medewerker"),
}
WHO = {
    RESIDENTS: _("Voor inwoners en bewonersgroepen."),
    ORGANISATIONS: _("Voor verenigingen, stichtingen, bedrijven en gemeenten."),
    STAFF: _("Voor medewerkers van de provincie."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One door, as the settings describe it. `levels`: what the provider says (acr) -> the level that it stands for."""

    id: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid",)
    person_claim: str = "sub"
    level_claim: str = "acr"
    levels: Mapping[str, str] = field(default_factory=dict)
    bsn_claim: str = ""
    kvk_claim: str = ""
    branch_claim: str = ""
    mfa_claim: str = ""
    mfa_values: frozenset[str] = frozenset()
    groups_claim: str = ""
    group_roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return SLUGS[self.id]

    @property
    def name(self) -> str:
        return str(NAMES[self.id])

    @property
    def who(self) -> str:
        return str(WHO[self.id])

    @property
    def for_applicants(self) -> bool:
        return self.id != STAFF


def entries() -> tuple[Entry, ...]:
    """The doors that are open, in the order in which they are shown."""
    return tuple(Entry(id=name, **given) for name, given in _given().items() if given["issuer"])


def entry_at(slug: str) -> Entry | None:
    return next((entry for entry in entries() if entry.slug == slug), None)


def _given() -> dict[str, dict[str, Any]]:
    given: dict[str, dict[str, Any]] = settings.SIGN_IN_ENTRIES
    return given
