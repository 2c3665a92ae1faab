"""In which language a page speaks. Dutch, unless somebody chose another one for the pages of applicants and the public; what
officials see, and whatever is stored or sent, stays Dutch (docs/decisions/0011-languages.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_info
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from grants.kernel.permissions import allow_public

DUTCH_ONLY = ("/behandelen/", "/beheer/", "/cijfers/", "/api/")
"""Addresses of officials' pages. Whatever lies elsewhere follows the language that somebody chose."""


def follows_choice(path: str) -> bool:
    return not path.startswith(DUTCH_ONLY)


def language_of(request: HttpRequest) -> str:
    """The language that was chosen on this device, where the page follows it. What the browser prefers is no choice: an unasked
    translation of a page with legal terms would surprise, and the choice stands at the top of each page."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) and follows_choice(request.path_info) else settings.LANGUAGE_CODE


class ChosenLanguage:
    """Middleware: let the page speak the language of `language_of`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if follows_choice(request.path_info):
            patch_vary_headers(response, ["Cookie"])
        return response


def offered() -> list[dict[str, Any]]:
    """Each language under its own name, and whether the page speaks it now."""
    now = get_language()
    return [{"code": code, "name": get_language_info(code)["name_local"].capitalize(), "is_now": code == now} for code, _ in settings.LANGUAGES]


@allow_public
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and go back to the page.

    Without a token against forged posts: all that one could do is choose a language, and public pages need no cookie this way.
    """
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = redirect(target if safe else "home")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return answer
