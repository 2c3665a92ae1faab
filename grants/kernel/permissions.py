"""Every view names who may use it; a test walks the URL configuration and refuses a view that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import resolve
from django.utils.http import urlencode
from django.utils.translation import gettext as _

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

KEPT_FOR_WHOM = "typed-by"
"""The field that says, signed, whose session it was: nobody else gets to see what was typed."""

ENDED_FOR = "session_ended_for"
"""Set on a request whose session just ended: the id of the person whose it was."""


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() for value in values if name not in ("csrfmiddlewaretoken", KEPT_FOR_WHOM)]


def owner_word(user_id: int | None) -> str:
    return signing.dumps(user_id, salt=KEPT_FOR_WHOM) if user_id else ""


def in_background(request: HttpRequest) -> bool:
    """Was this asked by a script of the page (autosave, htmx), and not by a person who goes to a page?"""
    headers = request.headers
    return bool(
        headers.get("HX-Request") or headers.get("X-Requested-With") == "XMLHttpRequest" or headers.get("Sec-Fetch-Dest") == "empty"
        or headers.get("Accept", "").startswith("application/json")
    )


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page. What was posted after a session ended goes along, so that nothing typed is lost."""
    ended_for = getattr(request, ENDED_FOR, None)
    to = urlencode({"next": request.get_full_path()} | ({"verlopen": "1"} if ended_for else {}))
    address = f"{resolve_url(settings.LOGIN_URL)}?{to}"
    if in_background(request):
        words = _("U bent uitgelogd. Wat u typte, staat nog op de pagina. Log opnieuw in en ga verder.")
        return JsonResponse({"code": "session_ended", "status": "session_ended", "message": words, "sign_in": address}, status=401)
    if request.method != "POST":
        return redirect(address)
    context = {
        "typed": typed_in(request), "prefix": KEPT_FOR_LATER, "next": request.get_full_path(), "had_files": bool(request.FILES),
        "whom_name": KEPT_FOR_WHOM, "whom": owner_word(ended_for),
    }
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
