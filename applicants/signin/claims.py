"""What a provider says about somebody, read into plain values. No database, no settings, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from stdnum.nl import bsn

from applicants.signin import entries
from applicants.signin.entries import Entry
from applicants.signin.levels import Level


class Refused(Exception):
    """This person cannot sign in so; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in. What could give the person away is kept out of `repr`, so that no log or error page shows it."""

    entry: str
    issuer: str
    subject: str = field(repr=False)
    bsn: str = field(default="", repr=False)
    level: Level = Level.NONE
    kvk_number: str = ""
    branch_number: str = ""
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    groups: frozenset[str] = frozenset()


def person_of(entry: Entry, claims: Mapping[str, Any]) -> Person:
    """Read the claims of a checked ID token. Raises Refused."""
    subject = _text(claims, entry.person_claim)
    if not subject:
        raise Refused(_("De inlogdienst zegt niet wie u bent. Probeer het opnieuw. Lukt het weer niet? Bel ons."))
    level, kvk, branch = Level.NONE, "", ""
    if entry.id == entries.STAFF:
        _check_mfa(entry, claims)
        level = Level.HIGH
    else:
        level = level_of(entry, claims)
    if entry.id == entries.ORGANISATIONS:
        kvk, branch = _organisation(entry, claims)
    first, last = _names(claims)
    return Person(
        entry=entry.id, issuer=str(claims["iss"]), subject=subject, bsn=_bsn(entry, claims), level=level, kvk_number=kvk, branch_number=branch,
        first_name=first, last_name=last, groups=_words(claims, entry.groups_claim),
    )


def level_of(entry: Entry, claims: Mapping[str, Any]) -> Level:
    """The level that the provider names; `Level.NONE` for one that nobody told us about."""
    said = entry.levels.get(_text(claims, entry.level_claim))
    return Level[said.upper()] if said else Level.NONE


def _check_mfa(entry: Entry, claims: Mapping[str, Any]) -> None:
    """Officials sign in with a second factor (BIO2): the provider must say that they did."""
    if not _words(claims, entry.mfa_claim) & entry.mfa_values:
        raise Refused(
            _("U bent ingelogd zonder tweede stap, zoals een code op uw telefoon. Die is voor medewerkers verplicht. "
              "Zet de tweede stap aan bij uw eigen organisatie, en log daarna opnieuw in.")
        )


def _organisation(entry: Entry, claims: Mapping[str, Any]) -> tuple[str, str]:
    kvk, branch = _text(claims, entry.kvk_claim), _text(claims, entry.branch_claim)
    if not re.fullmatch(r"[0-9]{8}", kvk):
        raise Refused(_("eHerkenning geeft ons geen KvK-nummer van uw organisatie. Vraag uw beheerder van eHerkenning om dit aan te zetten."))
    return kvk, branch if re.fullmatch(r"[0-9]{12}", branch) else ""


def _bsn(entry: Entry, claims: Mapping[str, Any]) -> str:
    found = _text(claims, entry.bsn_claim) if entry.id == entries.RESIDENTS else ""
    return bsn.compact(found) if found and bsn.is_valid(found) else ""


def _names(claims: Mapping[str, Any]) -> tuple[str, str]:
    first, last = _text(claims, "given_name"), _text(claims, "family_name")
    if not first and not last:
        first, _space, last = _text(claims, "name").partition(" ")
    return first[:150], last[:150]


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name, "") if name else ""
    return str(value).strip() if isinstance(value, str | int) else ""


def _words(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    value = claims.get(name) if name else None
    found = value if isinstance(value, list) else [value]
    return frozenset(str(word) for word in found if isinstance(word, str))
