"""Do an act that was asked with a button, and say how it went."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.applications.lifecycle.door import ActError
from grants.applications.models import NoScheme


def attempt(request: HttpRequest, to: str | Model, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do the act, say `done` or why it cannot be, and go to the address or the page of `to`.

    For a form with typed text, show the form again instead: here nothing typed would be kept.
    """
    try:
        act()
    except (ActError, NoScheme) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(to)
