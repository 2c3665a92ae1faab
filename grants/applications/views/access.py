"""Find a case for its applicant, and who acts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from applicants.models import Applicant
from grants.applications.models import Application
from grants.kernel.actor import Actor
from grants.kernel.roles import Role


def own_case(request: HttpRequest, pk: UUID) -> Application:
    """A case of an applicant for whom the signed-in person acts; otherwise it is not found."""
    cases = Application.objects.acted_for_by(request.user).select_related("scheme", "version", "applicant", "chain")
    return get_object_or_404(cases, pk=pk)


def case_of_own_party(request: HttpRequest, pk: UUID) -> Application:
    """As `own_case`, of an applicant for whom the person acts in everything: for what reaches beyond this one case."""
    application = own_case(request, pk)
    get_object_or_404(Applicant.objects.represented_by(request.user), pk=application.applicant_id)
    return application


def shared_case(request: HttpRequest, pk: UUID) -> Application:
    """As `own_case`, and a draft that the signed-in person fills in together with the applicant. For answers and files only."""
    cases = Application.objects.of_applicants_of(request.user).select_related("scheme", "version", "applicant", "chain")
    return get_object_or_404(cases, pk=pk)


def as_applicant(request: HttpRequest) -> Actor:
    return Actor(user=request.user, role=Role.APPLICANT)
