"""Has this official an interest in this case: what was declared, and what the data show (Awb 2:4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from applicants.models import Applicant, Representation
from decisions import interest_rules
from decisions.interest_rules import Hint, Party, family
from decisions.models import InterestDeclaration, OutsidePosition, UndertakingMember
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """The signs that connect a person to an applicant, and what the person declared last (None: nothing)."""

    hints: tuple[Hint, ...] = ()
    said: bool | None = None
    remark: str = ""

    @property
    def refusal(self) -> str | None:
        """Why this person keeps away from the case, in Dutch; None when nothing is in the way."""
        return interest_rules.refusal(self.hints, self.said, self.remark)


def look(application: Application, user: User) -> Found:
    """Everything about this person and this case, in one query."""
    last = InterestDeclaration.objects.filter(application=application, user=user).order_by("-id")
    applicant = application.applicant
    if applicant is None:
        said = last.first()
        return Found((), said.has_interest, said.remark) if said else Found()
    own = Applicant.objects.represented_by(user)
    rows: list[Any] = list(
        Applicant.objects.filter(Q(pk=applicant.pk) | Q(pk__in=own.values("pk"))).annotate(
            acts=Exists(own.filter(pk=OuterRef("pk"))), same_name=Exists(_namesakes(applicant, user)), position=Exists(_positions(applicant, user)),
            helps=Exists(Application.objects.on_the_side_of(user).filter(pk=application.pk)),
            said=Subquery(last.values("has_interest")[:1]), remark=Subquery(last.values("remark")[:1]),
        )
    )
    this = next(row for row in rows if row.pk == applicant.pk)
    surnames = (user.last_name,) if this.same_name else ()
    found = interest_rules.hints(user.last_name, [_party(row) for row in rows if row.acts or row.helps and row.pk == applicant.pk], _party(applicant, surnames), this.position)
    return Found(found, this.said, this.remark or "")


def declared(application: Application, user: User) -> bool | None:
    """What the person declared last; None when nothing."""
    last = InterestDeclaration.objects.filter(application=application, user=user).order_by("-id").first()
    return last.has_interest if last else None


def refusal(application: Application, user: User) -> str | None:
    """Why this person keeps away from the case, in Dutch; None when nothing is in the way."""
    return look(application, user).refusal


def _namesakes(applicant: Applicant, user: User) -> QuerySet[Representation]:
    """Others who act for the applicant and bear the same surname, apart from remarks between brackets."""
    name = family(user.last_name)
    same = Q(user__last_name__iexact=name) | Q(user__last_name__istartswith=f"{name} (") if name else Q(pk=None)
    return Representation.objects.filter(same, applicant=applicant).exclude(user=user)


def _positions(applicant: Applicant, user: User) -> QuerySet[OutsidePosition]:
    """Positions that the person told of: at the applicant, or at a company of the same undertaking."""
    if not applicant.kvk_number:
        return OutsidePosition.objects.none()
    together = UndertakingMember.objects.filter(undertaking__members__kvk_number=applicant.kvk_number).exclude(kvk_number="")
    here = Q(kvk_number=applicant.kvk_number) | Q(kvk_number__in=together.values("kvk_number"))
    return OutsidePosition.objects.on(clock.today()).filter(here, user=user)


def _party(applicant: Applicant, surnames: tuple[str, ...] = ()) -> Party:
    return Party(
        id=applicant.pk, name=applicant.name, iban=applicant.iban, postcode=applicant.postcode, street=applicant.street, surnames=surnames
    )
