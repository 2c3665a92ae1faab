"""Is this person signed in well enough for this kind of message? If not: why, and how to go on without losing anything."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from applicants.signin import entries, session
from applicants.signin.levels import TABLE, Level, Table, read_table
from grants.kernel import assurance, clock
from grants.kernel.permissions import KEPT_FOR_LATER, KEPT_FOR_WHOM, in_background, owner_word, typed_in


@cache
def table() -> Table:
    return read_table(TABLE.read_text(encoding="utf-8"))


def needed(kind: str, audience: str) -> Level:
    return table().on(kind, clock.today()).levels[audience]


def judge(request: HttpRequest, kind: str) -> HttpResponse | None:
    """Officials are let through: their provider said that they used a second factor, and roles tell what they may see.
    Without any role such an account does nothing: it is not meant for somebody's own applications.
    """
    facts = session.facts_of(request)
    if facts is not None and facts.entry == entries.STAFF:
        return None if request.user.is_authenticated and request.user.is_official else redirect("signin:no-role")
    audience = facts.entry if facts else entries.RESIDENTS
    row = table().on(kind, clock.today())
    need = row.levels[audience]
    if facts is not None and facts.level >= need:
        return None
    if in_background(request):
        return JsonResponse({"code": "level_too_low", "message": row.what}, status=403)
    posted = request.method == "POST"
    context = {
        "kind": kind, "what": row.what, "needs": session.level_words(audience, need), "has": session.level_words(audience, facts.level if facts else 0),
        "typed": typed_in(request) if posted else (), "prefix": KEPT_FOR_LATER, "had_files": bool(posted and request.FILES),
        "next": request.get_full_path(), "whom_name": KEPT_FOR_WHOM, "whom": owner_word(request.user.pk),
    }
    return render(request, "signin/too_low.html", context, status=403)


def register() -> None:
    assurance.register(judge)
