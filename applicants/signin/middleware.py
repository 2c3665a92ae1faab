"""A session ends after some time without an act, and after some hours in any case."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from applicants.signin import session
from grants.kernel.permissions import ENDED_FOR

QUIET = frozenset({"/inloggen/tijd/"})
"""Asking how long a session still lives is no act of a person."""


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if session.seconds_left(request) <= 0:
                who = request.user.pk
                logout(request)
                setattr(request, ENDED_FOR, who)
            elif request.path not in QUIET:
                session.seen(request.session)
        return self.get_response(request)
