"""The pages that join the wings: the open schemes."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from applicants.models import Applicant
from grants.kernel import clock
from grants.kernel.permissions import allow_public
from grants.schemes.models import Scheme


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
    definition = found.current_version().definition
    applicants = []
    if request.user.is_authenticated:
        applicants = list(Applicant.objects.represented_by(request.user).filter(type__in=definition.applicants))
    asked = urlencode({"soort": definition.applicants, "next": request.path}, doseq=True)
    context = {"scheme": found, "definition": definition, "applicants": applicants, "add_party": f"{reverse('parties:parties')}?{asked}"}
    return render(request, "project/scheme.html", context)




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
