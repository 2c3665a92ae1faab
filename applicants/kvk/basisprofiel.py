"""The Basisprofiel of the trade register of the KvK, over HTTP (version 1 of that service).

KVK_API_URL is the address up to and including `/v1`, KVK_API_KEY the key that the KvK gives, KVK_API_CA a file with the certificate of the
authority that signed the server's (the KvK uses one of the State), empty for those of the machine.
"""

from __future__ import annotations

import json
import re
import ssl
from datetime import date
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import structlog
from django.conf import settings

from applicants.kvk.records import KvkRecord, KvkUnavailable

MOST_BYTES = 1_000_000
SIGNS_OF_ABSENCE = frozenset({404})
log = structlog.get_logger(__name__)


class _NoRedirect(HTTPRedirectHandler):
    """Another address than the one set never gets the key."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class BasisprofielKvk:
    """Asks the KvK, and waits KVK_TIMEOUT seconds at most for each part of the answer."""

    def lookup(self, kvk_number: str) -> KvkRecord | None:
        if re.fullmatch("[0-9]{8}", kvk_number) is None:
            return None
        answer = self._ask(kvk_number)
        if answer is None:
            return None
        try:
            return read(json.loads(answer), kvk_number)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _unavailable("unreadable") from error

    def _ask(self, kvk_number: str) -> bytes | None:
        asked = Request(  # noqa: S310 - the settings check that the address is http or https
            f"{settings.KVK_API_URL.rstrip('/')}/basisprofielen/{kvk_number}", headers={"apikey": settings.KVK_API_KEY, "Accept": "application/json"}
        )
        try:
            context = ssl.create_default_context(cafile=settings.KVK_API_CA or None)
            opener = build_opener(_NoRedirect, HTTPSHandler(context=context))
            with opener.open(asked, timeout=settings.KVK_TIMEOUT) as answer:
                text: bytes = answer.read(MOST_BYTES + 1)
        except HTTPError as error:
            if error.code in SIGNS_OF_ABSENCE and _knows_the_number_is_absent(error):
                return None
            raise _unavailable(str(error.code)) from error
        except (URLError, OSError, HTTPException, ValueError) as error:
            raise _unavailable(type(error).__name__) from error
        if len(text) > MOST_BYTES:
            raise _unavailable("too long")
        return text


def _unavailable(why: str) -> KvkUnavailable:
    log.warning("kvk_unavailable", why=why)
    return KvkUnavailable(why)


def _knows_the_number_is_absent(error: HTTPError) -> bool:
    """The register says in so many words that it lacks the number; a 404 of a wrong address says nothing about it."""
    try:
        said = json.loads(error.read(MOST_BYTES))
        return isinstance(said["fout"], list) and bool(said["fout"])
    except (ValueError, TypeError, KeyError, OSError, HTTPException):
        return False


def read(answer: dict[str, Any], kvk_number: str) -> KvkRecord:
    """The record in an answer of the service. Raises ValueError or TypeError for one that is not about this number or lacks a name."""
    if answer["kvkNummer"] != kvk_number:
        raise ValueError("another number")
    embedded = answer.get("_embedded") or {}
    owner, main = embedded.get("eigenaar") or {}, embedded.get("hoofdvestiging") or {}
    name = answer.get("statutaireNaam") or answer["naam"]
    if not isinstance(name, str) or not name.strip():
        raise ValueError("no name")
    ends = (answer.get("materieleRegistratie") or {}).get("datumEinde") or ""
    address = _address([*(main.get("adressen") or []), *(owner.get("adressen") or [])])
    form = str(owner.get("rechtsvorm") or "")
    used = {
        "kvkNummer": kvk_number, "naam": answer.get("naam", ""), "statutaireNaam": answer.get("statutaireNaam", ""), "rechtsvorm": form,
        "uitgebreideRechtsvorm": owner.get("uitgebreideRechtsvorm", ""), "rsin": owner.get("rsin", ""), "datumEinde": ends, "adres": address,
    }
    return KvkRecord(
        kvk_number=kvk_number, name=name.strip()[:200], legal_form=form or str(owner.get("uitgebreideRechtsvorm") or ""), street=_street(address),
        postcode=str(address.get("postcode") or "")[:7], city=str(address.get("plaats") or "")[:100], dissolved_on=_day(ends), source="kvk", fields=used,
    )


def _address(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The address for letters: that of correspondence before that of visits; one that is shielded is not used."""
    open_ones = [address for address in found if str(address.get("indAfgeschermd", "Nee")).lower() != "ja"]
    chosen = sorted(open_ones, key=lambda address: str(address.get("type", "")).lower() != "correspondentieadres")[:1]
    names = ("type", "straatnaam", "huisnummer", "huisletter", "huisnummerToevoeging", "postbusnummer", "postcode", "plaats", "land")
    return {name: chosen[0].get(name) for name in names if chosen[0].get(name)} if chosen else {}


def _street(address: dict[str, Any]) -> str:
    if address.get("postbusnummer"):
        return f"Postbus {address['postbusnummer']}"
    number = f"{address.get('huisnummer', '')}{address.get('huisletter', '')}"
    addition = str(address.get("huisnummerToevoeging", ""))
    return " ".join(part for part in (str(address.get("straatnaam", "")), number, addition) if part).strip()[:200]


def _day(text: str) -> date | None:
    """A day as the register writes it: YYYYMMDD. A part that is not known is 00; the first day that it can be counts then."""
    if not text:
        return None
    if re.fullmatch("[0-9]{8}", text) is None:
        raise ValueError("no day")
    year, month, day = int(text[:4]), int(text[4:6]) or 1, int(text[6:]) or 1
    return date(year, month, day)
