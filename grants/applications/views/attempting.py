"""Do an act that was asked with a button or a form, and say how it went. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.applications.lifecycle.door import ActError
from grants.applications.models import NoScheme


def attempt(request: HttpRequest, to: str | Model, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do the act, say `done` or why it cannot be, and go to the address or the page of `to`.

    Only for a button without typed text: here nothing typed would be kept. For a form, see `attempted`.
    """
    return attempted(request, to, done, act) or redirect(to)


def attempted(request: HttpRequest, to: str | Model, done: str, act: Callable[[], object], form: Any = None) -> HttpResponse | None:
    """Do the act, say `done` and go to `to`; None when it cannot be, with the reason on the form, or else above the page.

    The view then shows its form again, with everything that was typed in it.
    """
    try:
        act()
    except (ActError, NoScheme) as error:
        if form is None or not form.is_bound:
            messages.error(request, str(error))
        else:
            form.add_error(None, str(error))
        return None
    messages.success(request, done)
    return redirect(to)
