"""What advice means: who sees which documents because of it, and what a decision must say about it (Awb 3:50)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from decisions.models import AdviceRequest, Beschikking
from decisions.money import IN_OBJECTION
from grants.applications.models import Application
from grants.kernel.models import User
from grants.law.formats import long_date

ABOUT = {
    "application": frozenset({"grant", "grant_partly", "settle_directly", "reject"}),
    "settlement": frozenset({"settle", "settle_lower", "settle_nil", "settle_ex_officio", "settle_ex_officio_after_reminder"}),
    "change": frozenset({"amend", "amend_settlement", "withdraw_grant", "withdraw_settlement"}),
}
"""Which decisions an advice is about. A decision on an objection has the advice of its own committee (7:13)."""


def documents_shared_with(user: User) -> QuerySet:
    """Ids of the documents that go with an open question to this person."""
    return AdviceRequest.objects.visible_to(user).asked_of(user).values("documents")


def binding_for(application: Application, act: str) -> list[AdviceRequest]:
    """The statutory advices that a decision by `act` must speak of: given, and not yet dealt with by an earlier decision."""
    subject = next((about for about, acts in ABOUT.items() if act in acts), None)
    if subject is None or act in IN_OBJECTION:
        return []
    found = list(
        AdviceRequest.objects.filter(application=application, kind=AdviceRequest.Kind.STATUTORY, about=subject, state="answered").order_by("answered_on", "id")
    )
    if not found:
        return []
    sent = Beschikking.objects.filter(application=application, state=Beschikking.State.SENT).values_list("advice", flat=True)
    dealt_with = {key for said in sent for key in said}
    return [advice for advice in found if str(advice.pk) not in dealt_with]


def warnings(application: Application, act: str) -> list[str]:
    """Advice about this decision that was asked and did not come yet."""
    subjects = [about for about, acts in ABOUT.items() if act in acts]
    waiting = AdviceRequest.objects.filter(application=application, about__in=subjects, state="asked").select_related("adviser").order_by("due_on", "id")
    return [f"Het advies van {advice.adviser_name} is er nog niet. Het is gevraagd voor {long_date(advice.due_on)}." for advice in waiting]


def refusal(decision: Beschikking, advices: Iterable[AdviceRequest]) -> str | None:
    """What the decision does not say yet about these advices, in Dutch; None when nothing is missing."""
    for advice in advices:
        said: dict[str, Any] = decision.advice.get(str(advice.pk), {})
        if said.get("followed") is None:
            return f"Leg in het besluit vast of het advies van {advice.adviser_name} wordt gevolgd."
        if said["followed"] is False and not str(said.get("reason", "")).strip():
            return f"Het besluit wijkt af van het advies van {advice.adviser_name}. Schrijf in het besluit op waarom."
    return None
