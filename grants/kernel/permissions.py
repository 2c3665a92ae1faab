"""Every view names who may use it; a test walks the URL configuration and refuses a view that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve

from grants.kernel.roles import Role

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Access:
    """`public`: everyone. Otherwise signed in, and with one of `roles` when any are named."""

    public: bool = False
    roles: frozenset[Role] = frozenset()


def allow_public(view: View) -> View:
    view.access = Access(public=True)  # type: ignore[attr-defined]
    return view


KEPT_FOR_LATER = "resume-"
"""Prefix of the fields that carry what was typed across a new sign-in."""


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page. What was posted after a session ended goes along, so that nothing typed is lost.

    A script that asks for JSON is told in JSON: it keeps what was typed on the page.
    """
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"status": "session_ended"}, status=401)
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    context = {"typed": typed, "prefix": KEPT_FOR_LATER, "next": request.get_full_path(), "had_files": bool(request.FILES)}
    return render(request, "session_ended.html", context, status=401)


def _guarded(view: View, access: Access) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if access.roles and not request.user.has_role(*access.roles):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def allow_signed_in(view: View) -> View:
    return _guarded(view, Access())


def allow(*roles: Role) -> Callable[[View], View]:
    """Only people who hold one of `roles` (for any scheme; objects are narrowed further by `visible_to`)."""

    def decorate(view: View) -> View:
        return _guarded(view, Access(roles=frozenset(roles)))

    return decorate


def opens(address: str, held: frozenset[Role]) -> bool:
    """May somebody with these roles open the page at this address? As its view says, so that a link and its page never differ."""
    access: Access = resolve(address).func.access  # type: ignore[attr-defined]
    return not access.roles or not access.roles.isdisjoint(held)
