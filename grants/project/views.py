"""The pages that join the wings: the open schemes and signing in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applicants.models import Applicant
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.permissions import KEPT_FOR_LATER, allow_public, allow_signed_in
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
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The demo's sign-in: choose a fictitious person. Only there when the demo setting is on."""
    if not settings.VERLEEND_DEMO:
        raise Http404
    people = User.objects.filter(is_demo=True, is_active=True).prefetch_related("role_assignments").order_by("id")
    target = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST":
        user = people.filter(username=request.POST.get("person", "")).first()
        if user is None and "person" not in request.POST and target:
            pass  # just sent here by a page whose session had ended
        elif user is None:
            messages.error(request, _("Kies een persoon uit de lijst om in te loggen."))
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
            typed = [(n.removeprefix(KEPT_FOR_LATER), v) for n, vs in request.POST.lists() for v in vs if n.startswith(KEPT_FOR_LATER)]
            if safe and typed:
                return render(request, "project/resume.html", {"typed": typed, "next": target})
            if safe:
                return redirect(target)
            return redirect("decisions:work" if user.reads_cases else "mine")
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name.startswith(KEPT_FOR_LATER)]
    return render(request, "project/sign_in.html", {"people": people, "next": target, "kept": kept})


@allow_signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("U bent uitgelogd."))
    response = redirect("home")
    response["Clear-Site-Data"] = '"storage"'  # nothing that was typed stays behind on a shared computer
    return response


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
