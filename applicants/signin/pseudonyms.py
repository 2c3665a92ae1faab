"""A person is recognised by a keyed pseudonym; what the provider calls the person, or a BSN, is stored nowhere.

HMAC-SHA-256 under a key of this installation. The number of the key is kept with each pseudonym, so that a new key can
be put in front: whoever signs in is found under the old key and written down under the new one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from applicants.signin.claims import Person
from applicants.signin.models import Pseudonym


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    secret: str = field(repr=False)


def keys() -> tuple[Key, ...]:
    """The keys of the settings: the first is in use, the others are only read."""
    return tuple(Key(number, secret) for number, secret in settings.PSEUDONYM_KEYS)


def digest(key: Key, kind: str, values: tuple[str, ...]) -> str:
    text = json.dumps([kind, *values], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key.secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def values_of(person: Person) -> dict[str, tuple[str, ...]]:
    """What identifies the person: issuer and subject (with the organisation, if any), and the BSN where the broker gives it.

    The BSN lets a resident be found again when the broker, and with it the subject, changes.
    """
    found: dict[str, tuple[str, ...]] = {str(Pseudonym.Kind.SUBJECT): (person.entry, person.issuer, person.subject, person.kvk_number)}
    if person.bsn:
        found[str(Pseudonym.Kind.BSN)] = (person.bsn,)
    return found


def matching(person: Person, kind: str) -> Q:
    """The rows of this person of one kind, under every key we have."""
    values = values_of(person)[kind]
    found = Q(pk__in=[])
    for key in keys():
        found |= Q(kind=kind, key_id=key.id, digest=digest(key, kind, values))
    return found
