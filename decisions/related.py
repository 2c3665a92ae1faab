"""Applications that look like this one: the same account, company, applicant or place, or nearly the same words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from decisions.account import account_of
from decisions.calculating import values_of
from decisions.interest_rules import plain
from decisions.models import CostReview, RelatedKey
from decisions.similarity import LIKE, keys, likeness
from grants.applications.models import Application
from grants.kernel.models import User

Kind = RelatedKey.Kind
MOST, CANDIDATES = 5, 60
WEIGHTS = {Kind.IBAN: 4, Kind.KVK: 3, Kind.APPLICANT: 3, Kind.PLACE: 2}


@dataclass(frozen=True, slots=True)
class Related:
    """A case that looks like another, and why; `weight` puts the most alike first."""

    application: Application
    reasons: tuple[str, ...]
    weight: float


def index(application: Application) -> None:
    """Make the keys of an application, or make them again when its answers changed. Runs where the submission is stored."""
    wanted = _keys_of(application)
    known = {(row.kind, row.key): row.pk for row in RelatedKey.objects.filter(application=application)}
    gone = [pk for key, pk in known.items() if key not in wanted]
    RelatedKey.objects.filter(pk__in=gone).delete()
    RelatedKey.objects.bulk_create(RelatedKey(application=application, kind=kind, key=key) for kind, key in sorted(wanted - known.keys()))


def index_missing(most: int = 5000) -> int:
    """Make the keys of cases that have none: those of before this index. Part of the daily work; tells how many it made."""
    without = Application.objects.filter(related_keys=None, submissions__isnull=False).select_related("version", "applicant").distinct()
    cases = list(without.order_by("id")[:most])
    for case in cases:
        index(case)
    return len(cases)


def related_to(application: Application, user: User) -> list[Related]:
    """At most five cases that the person may see, the most alike first; one query, however many there are."""
    own = RelatedKey.objects.filter(application=application).values("key")
    counts = {f"same_{kind.name.lower()}": Count("related_keys", filter=Q(related_keys__kind=kind)) for kind in WEIGHTS}
    near = RelatedKey.objects.filter(key__in=own).exclude(application=application).values("application")  # else every case is looked at
    cases = (
        Application.objects.visible_to(user).filter(pk__in=near).filter(related_keys__key__in=own)
        .annotate(nearest=Min("related_keys__kind"), **counts).select_related("applicant").order_by("nearest", "-received_on", "id")
    )
    found = (_compared(application, case) for case in cases[:CANDIDATES])
    return sorted((r for r in found if r.reasons), key=lambda r: -r.weight)[:MOST]


def _compared(application: Application, case: Application) -> Related:
    same = [kind for kind in WEIGHTS if getattr(case, f"same_{kind.name.lower()}")]
    if Kind.APPLICANT in same:  # then account and company are the same too
        same = [kind for kind in same if kind not in (Kind.IBAN, Kind.KVK)]
    words = {
        Kind.IBAN: _("hetzelfde rekeningnummer"), Kind.KVK: _("hetzelfde KvK-nummer"), Kind.APPLICANT: _("dezelfde aanvrager"),
        Kind.PLACE: _("dezelfde plek"),
    }
    reasons, weight = [words[kind] for kind in same], float(sum(WEIGHTS[kind] for kind in same))
    alike = likeness(_text(application), _text(case))
    if alike >= LIKE:
        reasons.append(_("tekst voor %(n)s%% gelijk") % {"n": round(100 * alike)})
        weight += 4 * alike
    return Related(case, tuple(reasons), weight)


def _text(application: Application) -> str:
    return f"{application.title} {application.summary}"


def _keys_of(application: Application) -> set[tuple[int, str]]:
    values = values_of(application, CostReview.Of.APPLICATION)
    applicant = application.applicant
    found = {(int(Kind.TEXT), key) for key in keys(_text(application))}
    for account in {plain(account_of(application)), plain(applicant.iban if applicant else "")} - {""}:
        found |= {(int(Kind.IBAN), salted_hmac("verleend.related.iban", account, secret=secret, algorithm="sha256").hexdigest()[:32]) for secret in _secrets()}
    if applicant is not None:
        found.add((int(Kind.APPLICANT), _hashed("applicant", str(applicant.pk))))
        if applicant.kvk_number:
            found.add((int(Kind.KVK), _hashed("kvk", applicant.kvk_number)))
    place = plain(values.location or "") if values is not None else ""
    if place:
        found.add((int(Kind.PLACE), _hashed("place", application.municipality_id or "", application.area_id or "", place)))
    return found


def _secrets() -> list[str]:
    """One secret that outlives SECRET_KEY; without it SECRET_KEY and those before it, so that a case finds those of before a change."""
    return [settings.MATCHING_SECRET] if settings.MATCHING_SECRET else [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _hashed(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
