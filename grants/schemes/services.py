"""Publish scheme versions, and load the lists that cases are counted by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from grants.kernel import clock
from grants.law.days import PUT_ON_A_PAR
from grants.schemes import reference
from grants.schemes.definition import SchemeDefinition
from grants.schemes.models import Area, Criterion, FreeDay, Goal, Municipality, Neighbourhood, Question, Scheme, SchemeVersion


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a definition did. `created` is False when this very content was the newest version already."""

    version: SchemeVersion
    created: bool


@transaction.atomic
def publish(definition: SchemeDefinition) -> Loaded:
    """Publish a definition: a new version when its content differs from the newest one, nothing otherwise."""
    scheme, _ = Scheme.objects.get_or_create(
        code=definition.code,
        defaults={"title": definition.title, "opens_on": definition.opens_on, "closes_on": definition.closes_on},
    )
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    newest = scheme.versions.order_by("-number").first()
    if newest is not None and newest.digest == definition.digest():
        return Loaded(newest, created=False)
    scheme.title, scheme.bundle, scheme.is_historical = definition.title, definition.bundle, False
    scheme.opens_on, scheme.closes_on, scheme.is_demo = definition.opens_on, definition.closes_on, definition.is_demo
    scheme.save()
    number = (scheme.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = SchemeVersion.objects.create(
        scheme=scheme, number=number, content=definition.to_dict(), digest=definition.digest(), published_at=clock.now()
    )
    Question.objects.bulk_create(
        Question(version=version, key=q.key, label=q.label[:300], kind=q.kind, position=i) for i, q in enumerate(definition.questions)
    )
    Criterion.objects.bulk_create(
        Criterion(version=version, key=c.key, label=c.label[:300], position=i) for i, c in enumerate(definition.criteria)
    )
    return Loaded(version, created=True)


@transaction.atomic
def load_lists() -> None:
    """Free days, municipalities, areas with their neighbourhoods, and goals; safe to repeat."""
    if not FreeDay.objects.exists():
        FreeDay.objects.bulk_create(FreeDay(day=day, decree="bekend bij deze versie van Verleend") for day in sorted(PUT_ON_A_PAR))
    for row in reference.municipalities():
        Municipality.objects.update_or_create(
            code=row.code,
            defaults={"name": row.name, "corop": row.corop, "valid_from": row.valid_from, "valid_to": row.valid_to},
        )
    for area in reference.areas():
        Area.objects.update_or_create(code=area.code, defaults={"name": area.name, "municipality_id": area.municipality})
    for place in reference.neighbourhoods():
        Neighbourhood.objects.get_or_create(area_id=place.area, name=place.name)
    for goal in reference.goals():
        Goal.objects.update_or_create(
            code=goal.code, defaults={"label": goal.label, "kind": goal.kind, "is_demo": goal.is_demo, "is_historical": False}
        )
