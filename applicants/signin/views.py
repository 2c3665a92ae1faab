"""Signing in and out: choose how, go to the provider, come back; stay signed in; and what the demonstration offers instead."""

from __future__ import annotations

import logging

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applicants.signin import entries, guard, session
from applicants.signin.adapters import problem_page, provider_down
from applicants.signin.claims import Refused
from applicants.signin.entries import Entry, entry_at
from applicants.signin.levels import MEANS, Level
from applicants.signin.problems import problem
from applicants.signin.provider import Callback, EntryAdapter, EntryProvider, NotTrusted
from grants.kernel.models import User
from grants.kernel.permissions import KEPT_FOR_LATER, KEPT_FOR_WHOM, allow_public, allow_signed_in, typed_in

log = logging.getLogger(__name__)
FIRST_ASK = "submit_application"
"""For this kind of message we ask the level at once, so that most people sign in only one time."""


@allow_public
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """How do you want to sign in? In the demonstration also: who do you want to be?"""
    data = request.POST if request.method == "POST" else request.GET
    kept = session.kept_in(data) if request.method == "POST" else session.Kept(data.get("next", ""), (), None)  # a link brings nothing to send in
    if settings.VERLEEND_DEMO and request.method == "POST" and ("person" in data or not kept.next):
        user = _people().filter(username=data.get("person", "")).first()
        if user is not None:
            session.begin(request, user, session.demo_facts(user, _demo_level(data)))
            return session.onward(request, user, kept.next, kept)
        messages.error(request, _("Kies een persoon uit de lijst om in te loggen."))
    word = session.put_by(request, kept) if kept.typed and entries.entries() else data.get("kept", "")
    onward = urlencode({"next": kept.next, "kept": word, "soort": data.get("soort", "")})
    context = {
        "entries": entries.entries(), "onward": onward, "ended": "verlopen" in request.GET, "next": kept.next, "means": _means(),
        "people": _people() if settings.VERLEEND_DEMO else (), "kept": [(KEPT_FOR_LATER + name, value) for name, value in kept.typed],
        "whom_name": KEPT_FOR_WHOM, "whom": data.get(KEPT_FOR_WHOM, ""),
    }
    return render(request, "signin/choose.html", context)


def _people() -> QuerySet[User]:
    return User.objects.filter(is_demo=True, is_active=True).prefetch_related("role_assignments").order_by("id")


def _means() -> list[tuple[str, str]]:
    """The means from which somebody in the demonstration chooses, the strongest usual one first."""
    return [
        (level.name.lower(), f"{MEANS[entries.RESIDENTS][level]} / {MEANS[entries.ORGANISATIONS][level]}")
        for level in (Level.SUBSTANTIAL, Level.HIGH, Level.LOW, Level.BASIC)
    ]


def _demo_level(data: QueryDict) -> Level:
    name = data.get("means", "substantial").upper()
    return Level[name] if name in Level.__members__ else Level.SUBSTANTIAL


@allow_public
@never_cache
@require_GET
def start(request: HttpRequest, entry: str) -> HttpResponse:
    """Off to the provider. A link and no form: a strict policy stops a form that ends at another site."""
    found = entry_at(entry)
    if found is None:
        return _closed(request)
    if _too_often(request):
        return _slow_down(request)
    kind = request.GET.get("soort", "")
    level = guard.needed(kind if kind in guard.table().kinds else FIRST_ASK, found.id) if found.for_applicants else Level.NONE
    target, kept = request.GET.get("next", ""), request.GET.get("kept", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = ""
    try:
        return EntryProvider(request, found).begin(request, target=target, kept=kept, level=level, again=found.for_applicants)
    except requests.RequestException as error:
        log.warning("sign-in %s cannot begin: %s", found.slug, type(error).__name__)
        return provider_down(request, found, {"next": target, "kept": kept})


@allow_public
@never_cache
@require_GET
def callback(request: HttpRequest, entry: str) -> HttpResponse:
    """Back from the provider."""
    found = entry_at(entry)
    if found is None:
        return _closed(request)
    if _too_often(request):
        return _slow_down(request)
    adapter = EntryAdapter(request, found.slug)
    try:
        return Callback(request, adapter).dispatch(request)
    except ImmediateHttpResponse as answer:
        return answer.response
    except (Refused, NotTrusted, requests.RequestException) as error:
        return _failed(request, found, adapter, error)


def _failed(request: HttpRequest, entry: Entry, adapter: EntryAdapter, error: Exception) -> HttpResponse:
    log.warning("sign-in %s did not succeed: %s", entry.slug, type(error).__name__)
    return problem_page(request, entry, adapter.state or {}, None, error)


def _closed(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Op deze manier kunt u hier niet inloggen. Kies een andere manier."))
    return redirect("sign-in")


def _too_often(request: HttpRequest) -> bool:
    rates = {"sign_in": f"{settings.SIGN_IN_PER_MINUTE}/m/ip"}
    return not ratelimit.consume(request, app="signin", action="sign_in", config=rates, limit_get=True)


def _slow_down(request: HttpRequest) -> HttpResponse:
    words = _("Vanaf uw verbinding wordt erg vaak ingelogd. Daarom moet u even wachten. Probeer het over een minuut opnieuw.")
    return problem(request, _("Wacht een minuut"), words, 429)


@allow_signed_in
@never_cache
@require_GET
def no_role(request: HttpRequest) -> HttpResponse:
    """An official whom nobody gave a role yet."""
    return render(request, "signin/no_role.html")


@allow_signed_in
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """After signing in again in a window of its own: the work waits in the other window."""
    return render(request, "signin/stayed.html")


@allow_signed_in
@never_cache
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: the request itself is the act that counts."""
    session.seen(request.session)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"seconds": session.seconds_left(request)})
    return render(request, "signin/stayed.html")


@allow_public
@never_cache
@require_GET
def time_left(request: HttpRequest) -> HttpResponse:
    """For the script that warns: how many seconds the session still lives. Asking does not make it longer."""
    return JsonResponse({"seconds": session.seconds_left(request) if request.user.is_authenticated else 0})


@allow_signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out here, and where the provider has a page for it, out there too."""
    facts = session.facts_of(request)
    logout(request)
    if facts is not None and facts.logout:
        back = urlencode({"client_id": facts.client_id, "post_logout_redirect_uri": request.build_absolute_uri(resolve_url("home"))})
        return _forget(render(request, "signin/signed_out.html", {"there": f"{facts.logout}{'&' if '?' in facts.logout else '?'}{back}"}))
    messages.success(request, _("U bent uitgelogd."))
    return _forget(redirect("home"))


def _forget(response: HttpResponse) -> HttpResponse:
    """Nothing that was typed stays behind on a shared computer."""
    response["Clear-Site-Data"] = '"storage"'
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is stale, as after signing in again in another window: what was typed is offered once more.

    Only where the browser says that the form stood on our own site; otherwise somebody else sends it, and it is refused.
    """
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if own and request.method == "POST" and request.user.is_authenticated:
        return render(request, "project/resume.html", {"typed": typed_in(request), "next": request.get_full_path()}, status=403)
    words = _("Dit formulier kwam niet van onze eigen pagina, of uw browser bewaart geen cookies. Daarom hebben wij er niets mee gedaan.")
    return problem(request, _("Dit formulier kunnen wij niet aannemen"), words, 403)
