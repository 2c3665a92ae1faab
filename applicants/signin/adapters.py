"""What allauth asks of us: our providers, our pages, and nothing of its own sign-up, e-mail or password pages."""

from __future__ import annotations

import logging
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from applicants.signin import entries, session
from applicants.signin.claims import Refused
from applicants.signin.entries import entry_at
from applicants.signin.problems import problem
from grants.kernel.models import User

log = logging.getLogger(__name__)


def _own_error(answer: requests.Response, *args: Any, **kwargs: Any) -> None:
    if answer.status_code >= 500:
        answer.raise_for_status()


class SignInAdapter(DefaultSocialAccountAdapter):
    """Accounts are found or made in accounts.py, before allauth looks: it signs in, and never signs up."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        from applicants.signin.provider import EntryProvider

        entry = entry_at(provider)
        if entry is None:
            raise SocialApp.DoesNotExist
        return EntryProvider(request, entry)

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        return []

    def get_requests_session(self) -> requests.Session:
        """A provider that answers with an error of its own is down, not distrusted."""
        asking: requests.Session = super().get_requests_session()
        asking.hooks["response"].append(_own_error)
        return asking

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None, extra_context: Any = None,
    ) -> None:
        """Our own page for whatever goes wrong. What the provider sent is not logged: it may hold a BSN."""
        state = (extra_context or {}).get("state") or {}
        log.warning("sign-in %s did not succeed: %s", provider.sub_id, type(exception).__name__ if exception else error)
        raise ImmediateHttpResponse(problem_page(request, provider.entry, state, error, exception))


def problem_page(request: HttpRequest, entry: entries.Entry, state: dict[str, Any], error: Any, exception: Exception | None) -> HttpResponse:
    again = {"next": state.get("next") or "", "kept": state.get("kept") or ""}
    if isinstance(exception, Refused):
        return problem(request, _("U kunt zo niet inloggen"), str(exception), 403, entry, again)
    if isinstance(exception, requests.RequestException):
        return provider_down(request, entry, again)
    if error == AuthError.CANCELLED:
        return problem(request, _("U bent niet ingelogd"), _("U bent gestopt met inloggen. U kunt het opnieuw proberen."), 200, entry, again)
    words = _("Dit inloggen is verlopen, al gebruikt, of hoort bij een ander venster. Daarom gebruiken wij het niet. Log opnieuw in.")
    return problem(request, _("Het inloggen is niet gelukt"), words, 400, entry, again)


def provider_down(request: HttpRequest, entry: entries.Entry, again: dict[str, str]) -> HttpResponse:
    words = _("De inlogdienst geeft nu geen antwoord. Dat ligt niet aan u. Probeer het over een paar minuten opnieuw.")
    if entry.for_applicants:
        words += " " + _("Moet u vandaag nog iets insturen? Dan mag dat ook op papier, of bel ons.")
    return problem(request, _("Inloggen kan nu even niet"), words, 503, entry, again)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """We say it ourselves, in our own words."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return problem(request, _("Uw account is gesloten"), _("U kunt niet meer inloggen met dit account. Denkt u dat dit niet klopt? Bel ons."), 403)

    def login(self, request: HttpRequest, user: User) -> None:
        """Nothing yet: `post_login` knows by which door and how sure."""

    def post_login(self, request: HttpRequest, user: User, *, signal_kwargs: dict[str, Any] | None = None, **kwargs: Any) -> HttpResponse:
        login: SocialLogin = (signal_kwargs or {})["sociallogin"]
        if login.facts.entry != entries.STAFF and user.is_official:
            words = _("Dit account heeft een rol als medewerker. Log daarom in als medewerker. Voor uw eigen aanvragen krijgt u een ander account.")
            raise ImmediateHttpResponse(problem(request, _("U kunt zo niet inloggen"), words, 403))
        session.begin(request, user, login.facts)
        return session.onward(request, user, login.state.get("next") or "", getattr(request, "kept_for_resume", None))
