"""How sure we must be who sends a message (Awb 2:13, second paragraph). A view names its kind of message; the wing that
signs people in judges, through what it registers here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
Judge = Callable[[HttpRequest, str], HttpResponse | None]
_judges: list[Judge] = []


def register(judge: Judge) -> None:
    """`judge(request, kind)` gives None where the sign-in is good enough for this kind of message, else the page that says why not."""
    if judge not in _judges:
        _judges.append(judge)


def requires_level(kind: str) -> Callable[[View], View]:
    """Stands below `allow_signed_in`: the person must have signed in well enough for this kind of message."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _judges:
                raise RuntimeError("nobody judges how people signed in")
            for judge in _judges:
                refusal = judge(request, kind)
                if refusal is not None:
                    return refusal
            return view(request, *args, **kwargs)

        guarded.message_kind = kind  # type: ignore[attr-defined]
        return guarded

    return decorate
