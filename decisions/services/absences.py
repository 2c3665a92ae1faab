"""Arrange who does the work of somebody who is away."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from decisions.models import Absence
from grants.applications.lifecycle.door import ActError
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.law.formats import long_date


class AbsenceRefused(ActError):
    """The absence cannot be arranged so; `str()` says why and what to do."""


@transaction.atomic
def arrange(*, user: User, substitute: User, valid_from: date, valid_to: date, entered_by: User) -> Absence:
    """Somebody is away; a colleague with a role in common does the work. Raises AbsenceRefused."""
    people = {user.pk, substitute.pk}
    list(User.objects.select_for_update(no_key=True).filter(id__in=people).order_by("id"))
    if entered_by.pk != user.pk and not entered_by.has_role(Role.ADMIN):
        raise AbsenceRefused("U legt alleen uw eigen afwezigheid vast. De functioneel beheerder doet dat voor anderen.")
    if user.pk == substitute.pk:
        raise AbsenceRefused("Kies een collega als vervanger.")
    if valid_to < valid_from:
        raise AbsenceRefused("De laatste dag ligt voor de eerste. Kies een latere laatste dag.")
    if valid_to < clock.today():
        raise AbsenceRefused("Deze dagen zijn al voorbij. Vervangen kan alleen vooruit.")
    if not user.roles() & substitute.roles():
        raise AbsenceRefused(f"{substitute} heeft geen rol die {user} ook heeft, en kan dit werk dus niet doen. Kies een ander.")
    touching = Absence.objects.touching(valid_from, valid_to)
    if touching.filter(user=user).exists():
        raise AbsenceRefused("Voor (een deel van) deze dagen staat al een vervanger. Kies andere dagen.")
    away = touching.filter(user=substitute).first()
    if away is not None:
        raise AbsenceRefused(f"{substitute} is zelf weg van {long_date(away.valid_from)} tot en met {long_date(away.valid_to)}. Kies een ander.")
    if touching.filter(substitute=user).exists():
        raise AbsenceRefused("In deze dagen vervangt deze persoon zelf iemand. Regel daarvoor eerst een ander.")
    return Absence.objects.create(user=user, substitute=substitute, valid_from=valid_from, valid_to=valid_to, entered_by=entered_by)


@transaction.atomic
def end(*, absence_id: int, by: User) -> Absence:
    """Back earlier: yesterday was the last day; an absence that had not begun falls away. What was done in it stays on record."""
    today = clock.today()
    absence = Absence.objects.select_for_update().get(id=absence_id)
    if absence.user_id != by.pk and not by.has_role(Role.ADMIN):
        raise AbsenceRefused("U beëindigt alleen uw eigen afwezigheid.")
    if absence.valid_to < today:
        raise AbsenceRefused("Deze afwezigheid is al voorbij.")
    if absence.valid_from >= today:
        absence.delete()
        return absence
    absence.valid_to = date.fromordinal(today.toordinal() - 1)
    absence.save()
    return absence
