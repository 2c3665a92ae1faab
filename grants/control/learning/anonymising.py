"""Hints for whoever makes a text anonymous: what in it may point to a person. Pure; a hint is no judgement.

A name that we know and a name that we guess get the same label: a hint never tells that a word is the name of the applicant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

EMAIL, PHONE, IBAN, ADDRESS, NUMBER, LINK, NAME = "email", "phone", "iban", "address", "number", "link", "name"
LABELS = {
    EMAIL: _("e-mailadres"), PHONE: _("telefoonnummer"), IBAN: _("rekeningnummer"), ADDRESS: _("adres"), NUMBER: _("nummer van een persoon of organisatie"),
    LINK: _("adres van een site of account"), NAME: _("naam"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text, from `start` up to but not including `end`."""

    kind: str
    start: int
    end: int


PATTERNS = (
    (EMAIL, re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.I)),
    (IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z]{4})?(?:[ .-]?\d){8,26}\b", re.I)),
    (LINK, re.compile(r"\b(?:https?://|www\.)\S+|(?<![\w.])@\w{3,}|\b[\w-]+\.(?:nl|com|org|eu|net|be|de)\b", re.I)),
    (ADDRESS, re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?:[\s,]+\d+(?:\s?[a-z]\b)?)?")),
    (ADDRESS, re.compile(r"\b\d+\s?[a-z]?\s*,?\s*[1-9]\d{3}\s?[A-Z]{2}\b")),
    (ADDRESS, re.compile(r"\b[A-Z][\w'’-]*(?:straat|laan|weg|plein|hof|dijk|singel|pad|steeg|gracht|kade|markt|wal|dreef|park)\s+\d+(?:\s?[a-z]\b)?")),
    (ADDRESS, re.compile(r"\b(?:huisnummer|nummer|nr\.?)\s+\d+(?:\s?[a-z]\b)?", re.I)),
    (PHONE, re.compile(r"(?<!\w)(?:\+31|0031|0)(?:[\s.()-]{0,3}\d){8,10}(?![\w])")),
    (NUMBER, re.compile(r"(?<!\d)\d{8,9}(?!\d)")),
)
TITLED = re.compile(
    r"\b(?:[Mm]eneer|[Mm]evrouw|[Dd]hr|[Mm]evr|[Mm]w|[Dd]rs|[Mm]r|[Ii]r|[Dd]r|[Jj]uf|[Ww]ethouder|[Bb]urgemeester|[Vv]oorzitter|[Pp]enningmeester|[Bb]uurman|[Bb]uurvrouw|[Oo]ma|[Oo]pa)\.?"
    r"\s+(?:(?:van|de|der|den|ten|ter|te|'t)\s+)*[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
)
PAIR = re.compile(r"(?<![.!?:]\s)(?<!^)(?<!\n)\b[A-Z][a-zà-ÿ]+(?:\s+(?:van|de|der|den|ten|ter|te|'t))*\s+[A-Z][a-zà-ÿ'’-]+\b")
"""Two words with a capital inside a sentence: a first name and a surname, most often."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
GENERAL = frozenset(
    "aan bewonersgroep bewonersinitiatief buurt buurthuis buurtvereniging cafe centrum club cooperatie coop de demo den der dorp dorpsraad en gemeente "
    "groep het huis in initiatief limburg met op project provincie repair samen stichting straat te ten ter tuin van vereniging verzonnen voor voorbeeld "
    "werkgroep wijk wijkraad zonder bij naar over onder een ons onze mijn hun".split()
)
"""Words that stand in many names and say nothing of whose it is."""


def hits(text: str, names: Iterable[str] = ()) -> list[Hit]:
    """What may point to a person, in the order of the text and without overlap; the surest kind wins. `names` are those of the people behind it."""
    found = [Hit(kind, match.start(), match.end()) for kind, pattern in PATTERNS for match in pattern.finditer(text)]
    found += _known(text, names)
    found += [Hit(NAME, match.start(), match.end()) for pattern in (TITLED, PAIR) for match in pattern.finditer(text)]
    kept: list[Hit] = []
    for hit in found:  # in the order of sureness
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def plain(word: str) -> str:
    """Lower case and without accents, for comparing."""
    loose = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in loose if character.isalnum())


def _known(text: str, names: Iterable[str]) -> Iterator[Hit]:
    """Words of the text that are words of these names; general words never count by themselves."""
    telling = {word for name in names for word in _telling(name)}
    words = [(match.start(), match.end(), {plain(part) for part in (match[0], *re.split(r"['’-]", match[0]))}) for match in WORD.finditer(text)]
    place = 0
    while place < len(words):
        last = place
        while last < len(words) and words[last][2] & telling:
            last += 1
        if last > place:
            yield Hit(NAME, words[place][0], words[last - 1][1])
        place = max(last, place + 1)


def _telling(name: str) -> set[str]:
    found = {plain(part) for match in WORD.finditer(name) for part in (match[0], *re.split(r"['’-]", match[0]))}
    return {word for word in found if len(word) > 2 and word not in GENERAL and not word.isdecimal()}


def marked(text: str, found: list[Hit]) -> list[tuple[str, str]]:
    """The text in pieces with what each may be ('' for nothing), so that a page can mark them."""
    pieces, place = [], 0
    for hit in found:
        pieces += [(text[place : hit.start], ""), (text[hit.start : hit.end], str(LABELS[hit.kind]))]
        place = hit.end
    return [piece for piece in [*pieces, (text[place:], "")] if piece[0]]
