"""The pages that join the wings: the open schemes, and everything that is mine."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from applicants.models import Applicant
from grants.applications.former_parties import FormerParty
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_public, allow_signed_in
from grants.schemes.models import Scheme
from letters.models import Letter


@allow_public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    found = Scheme.objects.open_on(clock.today()).prefetch_related("versions")
    schemes = [(scheme, max(scheme.versions.all(), key=lambda version: version.number).definition) for scheme in found]
    return render(request, "project/home.html", {"schemes": schemes})


@allow_public
@require_GET
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Scheme.objects.filter(is_historical=False), code=code)
    applicants = []
    if request.user.is_authenticated:
        definition = found.current_version().definition
        applicants = list(Applicant.objects.represented_by(request.user).filter(type__in=definition.applicants))
    return render(
        request, "project/scheme.html", {"scheme": found, "definition": found.current_version().definition, "applicants": applicants}
    )


@allow_signed_in
@requires_level("see_case")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    cases = Application.objects.of_applicants_of(request.user).select_related("scheme").order_by("-created_at")[:100]
    chains = [case.chain_id for case in cases]
    letters = Letter.objects.filter(chain__in=chains, state=Letter.State.SENT).prefetch_related("dispatches").order_by("-created_at")[:50]
    return render(request, "project/mine.html", {"cases": cases, "letters": letters, "former": FormerParty.objects.of(request.user).select_related("application__scheme")})


@allow_public
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@allow_public
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)
