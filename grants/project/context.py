"""What every page may show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from applicants.signin import entries, session
from grants.project.language import follows_choice, offered
from grants.project.menu import menu


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "demo": settings.VERLEEND_DEMO,
        "offers_sign_in": settings.VERLEEND_DEMO or bool(entries.entries()),
        "session_minutes": session.idle_seconds(request) // 60 if user.is_authenticated else 0,
        "deciding_body": settings.DECIDING_BODY,
        "organisation": settings.LETTER_SENDER["name"],
        "menu": menu(user, request.path),
        "languages": offered() if follows_choice(request.path) else [],
        "here": request.get_full_path() if request.method == "GET" else "/",
    }
