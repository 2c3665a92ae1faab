"""Find a case for an official, and say in which role somebody acts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from decisions.models import Beschikking
from grants.applications.lifecycle.door import act_named
from grants.applications.models import Application
from grants.kernel.actor import Actor
from grants.kernel.roles import Role

SEE_ACCOUNT = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.INTAKE_OFFICER)
"""Who needs the whole account number; others see its last four."""

WITH_THE_CASE = (
    "scheme", "version", "applicant", "chain", "ceiling", "municipality", "area", "handler", "assessment__handler", "assessment__reviewer",
    "sample_entry__draw", "sample_entry__check_record",
)
"""What the pages of a case read of it, in the query that finds it."""


def official_case(request: HttpRequest, pk: UUID) -> Application:
    """A case that the official may see; one's own, as an applicant, is not found here."""
    cases = Application.objects.visible_to_official(request.user).exclude(status="draft")
    return get_object_or_404(cases.select_related(*WITH_THE_CASE), pk=pk)


def visible_decision(request: HttpRequest, pk: UUID) -> Beschikking:
    decisions = Beschikking.objects.visible_to(request.user).select_related(
        "application__scheme", "application__version", "application__applicant", "application__chain", "application__ceiling",
        "prepared_by", "reviewed_by", "signed_by", "letter", "mandate_rule",
    )
    return get_object_or_404(decisions, pk=pk)


def acting(request: HttpRequest, scheme_code: str, act: str) -> Actor:
    """The signed-in person in the role in which this act belongs to them (the door asks again)."""
    held = request.user.roles(scheme_code) & act_named(act).roles
    return Actor(user=request.user, role=sorted(held)[0] if held else Role.CASE_HANDLER)
