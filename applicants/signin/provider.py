"""The code flow of one entry, on django-allauth: PKCE, state and nonce, and an ID token that is checked whole."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from applicants.signin import accounts, session
from applicants.signin.claims import Person, Refused, person_of
from applicants.signin.entries import Entry
from applicants.signin.levels import Level
from grants.kernel import clock

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures with the provider's own key. Not `none`, and no shared secret."""
LEEWAY = 30
"""So many seconds may the clock of the provider differ from ours."""
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
FROM_THE_ID_TOKEN_ALONE = frozenset({"iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "acr", "amr", "auth_time", "sub"})


class NotTrusted(ProviderException):
    """The answer of the provider does not fit this sign-in: too old, meant for somebody else, or used before."""


class Unusable(requests.RequestException):
    """The provider answers, but not as an OpenID provider does."""


class EntryProvider(OpenIDConnectProvider):
    """One entry as a provider of allauth. It lives in the settings, never in the database."""

    pkce_enabled_default = True

    def __init__(self, request: HttpRequest, entry: Entry) -> None:
        app = SocialApp(
            provider="openid_connect", provider_id=entry.slug, name=entry.name, client_id=entry.client_id, secret=entry.client_secret,
            settings={"server_url": entry.issuer.rstrip("/"), "scope": list(entry.scopes), "oauth_pkce_enabled": True},
        )
        super().__init__(request, app=app)
        self.entry = entry
        self.oauth2_adapter_class = EntryAdapter

    @property
    def sub_id(self) -> str:
        return self.entry.slug

    def begin(self, request: HttpRequest, *, target: str, kept: str, level: Level, again: bool) -> HttpResponse:
        """Send the person to the provider. Raises requests.RequestException when it does not answer."""
        nonce = secrets.token_urlsafe(24)
        params = {"nonce": nonce}
        asked = [acr for acr, name in self.entry.levels.items() if Level[name.upper()] >= level]
        if asked:
            params["acr_values"] = " ".join(asked)
        if again:
            params["prompt"] = "login"
        return self.redirect(request, AuthProcess.LOGIN, next_url=target, auth_params=params, nonce=nonce, kept=kept)


class EntryAdapter(OpenIDConnectOAuth2Adapter):
    """`state` is what this browser took with it when it left for the provider."""

    state: dict[str, Any] | None = None

    @property
    def entry(self) -> Entry:
        return self.get_provider().entry

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if not isinstance(config, dict) or any(not isinstance(config.get(name), str) for name in NEEDED):
            raise Unusable("the metadata is not that of an OpenID provider")
        if config["issuer"].rstrip("/") != self.entry.issuer.rstrip("/"):
            raise Unusable("the provider calls itself otherwise than OIDC_*_ISSUER does")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return build_absolute_uri(request, reverse("signin:callback", args=[self.entry.slug]), self.redirect_uri_protocol)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Check what came back, and find or make the account. Raises NotTrusted, Refused or requests.RequestException."""
        raw = kwargs["response"].get("id_token")
        if not isinstance(raw, str):
            raise NotTrusted("no ID token")
        claims = self._checked(raw)
        if self.openid_config.get("userinfo_endpoint"):
            said = self._fetch_user_info(token.token)
            if not isinstance(said, dict) or said.get("sub") != claims["sub"]:
                raise NotTrusted("the user information is about somebody else")
            claims = {**{name: value for name, value in said.items() if name not in FROM_THE_ID_TOKEN_ALONE}, **claims}
        person = person_of(self.entry, claims)
        account = accounts.arrive(entry=self.entry, person=person, day=clock.today())
        provider = self.get_provider()
        login = SocialLogin(account=type(account)(provider=account.provider, uid=account.uid, extra_data={}), provider=provider)
        login.facts = self._facts(person)
        return login

    def _facts(self, person: Person) -> session.Facts:
        return session.Facts(self.entry.id, person.level, str(self.openid_config.get("end_session_endpoint", "")), self.entry.client_id)

    def _checked(self, raw: str) -> dict[str, Any]:
        """The claims of an ID token that the provider signed, now, for us and for this very sign-in."""
        try:
            header = jwt.get_unverified_header(raw)
            algorithm = header.get("alg")
            if algorithm not in ALGORITHMS:
                raise NotTrusted("the ID token is not signed as it should be")
            claims: dict[str, Any] = jwt.decode(
                raw, key=self._key(header.get("kid")), algorithms=[algorithm], audience=self.entry.client_id, issuer=self.openid_config["issuer"],
                leeway=LEEWAY, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise NotTrusted(type(error).__name__) from None
        if claims.get("azp", self.entry.client_id) != self.entry.client_id:
            raise NotTrusted("the ID token is for another client")
        ours = (self.state or {}).get("nonce", "")
        if not ours or not hmac.compare_digest(str(claims.get("nonce", "")), ours):
            raise NotTrusted("the ID token is of another sign-in")
        return claims

    def _key(self, number: str | None) -> jwt.PyJWK:
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            found = answer.json()
        signing = [key for key in found.get("keys", ()) if key.get("use", "sig") == "sig" and (number is None or key.get("kid") == number)]
        if len(signing) != 1:
            raise NotTrusted("the ID token names no key of the provider")
        return jwt.PyJWK(signing[0])


class Callback(OAuth2CallbackView):
    """The way back from the provider. The state is used up before anything else happens, so it serves once."""

    adapter: EntryAdapter

    def __init__(self, request: HttpRequest, adapter: EntryAdapter) -> None:
        self.request, self.adapter = request, adapter

    def _get_state(self, request: HttpRequest, provider: EntryProvider) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, answer = super()._get_state(request, provider)
        if state is not None:
            self.adapter.state = state
            request.kept_for_resume = session.fetched(request, state.get("kept", ""))
            if request.GET.get("iss", self.adapter.entry.issuer).rstrip("/") != self.adapter.entry.issuer.rstrip("/"):
                raise NotTrusted("the answer is of another provider")
        return state, answer


__all__ = ["Callback", "EntryAdapter", "EntryProvider", "NotTrusted", "OAuth2Error", "Refused", "Unusable"]
