"""What the session knows of a sign-in: by which door, how sure, until when; and what was typed before it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from applicants.models import Representation
from applicants.signin import entries
from applicants.signin.levels import MEANS, Level
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.permissions import KEPT_FOR_LATER, KEPT_FOR_WHOM

FACTS, SINCE, SEEN, KEPT = "sign_in", "sign_in_since", "sign_in_seen", "sign_in_kept"
SEEN_STEP = 30
"""So many seconds pass before an act of the same person is written down again."""
KEPT_SECONDS = 3600
MOST_KEPT = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """By which entry and at which level; `logout` is where the provider ends its own session."""

    entry: str
    level: int
    logout: str = ""
    client_id: str = ""


def facts_of(request: HttpRequest) -> Facts | None:
    found = request.session.get(FACTS)
    if found:
        return Facts(**found)
    user = request.user
    if settings.VERLEEND_DEMO and user.is_authenticated and user.is_demo:
        return demo_facts(user, Level.SUBSTANTIAL)
    return None


def demo_facts(user: User, level: Level) -> Facts:
    """A fictitious person chose a means; only in the demonstration."""
    if user.is_official:
        return Facts(entries.STAFF, Level.HIGH)
    organisation = Representation.objects.filter(user=user).exclude(applicant__kvk_number="").exists()
    return Facts(entries.ORGANISATIONS if organisation else entries.RESIDENTS, level)


def begin(request: HttpRequest, user: User, facts: Facts) -> None:
    """Sign in: a new session key, and what we know of it."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.set_expiry(None)
    request.session[FACTS] = asdict(facts)


def start_clock(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Signal handler of `user_logged_in`: whichever way somebody came in, both limits begin."""
    request.session[SINCE] = request.session[SEEN] = _now()


# --- how long -------------------------------------------------------------------------------------------------


def idle_seconds(request: HttpRequest) -> int:
    """After so many seconds without doing anything a person is signed out: applicants 15 minutes, officials as set."""
    staff = request.session.get(FACTS, {}).get("entry") == entries.STAFF
    return 60 * int(settings.SESSION_IDLE_MINUTES_STAFF if staff else settings.SESSION_IDLE_MINUTES)


def seconds_left(request: HttpRequest) -> int:
    """How long this session still lives when nothing is done; at most 0 for one that has ended."""
    now, session = _now(), request.session
    idle = session.get(SEEN, 0) + idle_seconds(request) - now
    return int(min(idle, session.get(SINCE, 0) + settings.SESSION_HOURS * 3600 - now))


def seen(session: SessionBase) -> None:
    """Somebody did something."""
    now = _now()
    if now - session.get(SEEN, 0) >= SEEN_STEP:
        session[SEEN] = now


def _now() -> float:
    return clock.now().timestamp()


# --- what was typed -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed on a page whose session had ended: where it goes, and whose it is (None where nobody knows)."""

    next: str
    typed: tuple[tuple[str, str], ...]
    owner: int | None


def kept_in(data: Any) -> Kept:
    """The fields that a page of ours sent along."""
    typed = tuple((name.removeprefix(KEPT_FOR_LATER), value) for name, values in data.lists() for value in values if name.startswith(KEPT_FOR_LATER))
    try:
        owner = signing.loads(data.get(KEPT_FOR_WHOM, ""), salt=KEPT_FOR_WHOM)
    except signing.BadSignature:
        owner = None
    return Kept(data.get("next", ""), typed, owner)


def put_by(request: HttpRequest, kept: Kept) -> str:
    """Keep it in the session until the person is back from the provider; gives the word that fetches it."""
    word = secrets.token_urlsafe(12)
    shelf = dict(list(request.session.get(KEPT, {}).items())[-(MOST_KEPT - 1):])
    shelf[word] = {"next": kept.next, "typed": [list(pair) for pair in kept.typed], "owner": kept.owner}
    request.session[KEPT] = shelf
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT_SECONDS)
    return word


def fetched(request: HttpRequest, word: str) -> Kept | None:
    found = request.session.get(KEPT, {}).get(word)
    if found is None:
        return None
    return Kept(found["next"], tuple((name, value) for name, value in found["typed"]), found["owner"])


# --- and then -------------------------------------------------------------------------------------------------


def onward(request: HttpRequest, user: User, target: str, kept: Kept | None = None) -> HttpResponse:
    """Where a person goes who just signed in: on with what was typed, to the page that was asked, or to the usual one."""
    request.session.pop(KEPT, None)
    typed: Iterable[tuple[str, str]] = ()
    strange = kept is not None and kept.owner is not None and kept.owner != user.pk
    if kept is not None and not strange:
        target, typed = kept.next or target, kept.typed
    elif strange:
        target = ""
        messages.warning(request, _("Op het scherm stond iets dat iemand anders had getypt. Dat laten wij u niet zien."))
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    if safe and typed:
        return render(request, "project/resume.html", {"typed": typed, "next": target})
    return redirect(target if safe else usual_page(request, user))


def usual_page(request: HttpRequest, user: User) -> str:
    facts = facts_of(request)
    if facts is not None and facts.entry == entries.STAFF and not user.is_official:
        return reverse("signin:no-role")
    if user.reads_cases:
        return reverse("decisions:work")
    applies = facts is not None and facts.entry != entries.STAFF
    if applies and not Representation.objects.filter(user=user).exists():
        return reverse("parties:parties")
    return reverse("mine")


def level_words(entry: str, level: int) -> str:
    return MEANS[entry].get(Level(level), _("een manier van inloggen die wij niet kennen"))
