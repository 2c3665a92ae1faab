"""Somebody who signs in with a browser of Django's own at a real OpenID provider."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from tests.services.oidc import PSEUDONYM_KEY, OpenIdProvider

BSN = "999990019"
SMARTCARD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"
MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
EH3 = "urn:etoegang:core:assurance-class:loa3"


class Visitor:
    """A browser: our side through the test client, the provider over HTTP."""

    def __init__(self, provider: OpenIdProvider, slug: str) -> None:
        self.provider, self.slug, self.client = provider, slug, Client()

    def leave(self, **query: str) -> str:
        """Begin to sign in; gives the address at the provider."""
        answer = self.client.get(f"/inloggen/{self.slug}/", query)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    def come_back(self, address: str) -> Any:
        parts = urlsplit(address)
        assert (parts.netloc, parts.path) == ("testserver", f"/inloggen/{self.slug}/terug/")
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, person: dict[str, Any] | str, **query: str) -> Any:
        return self.come_back(self.provider.authorize(self.leave(**query), person))

    @property
    def user(self) -> Any:
        from grants.kernel.models import User

        return User.objects.get(pk=self.client.session["_auth_user_id"])


@pytest.fixture
def provider(oidc_service, settings):
    """A provider behind all three entries, as production has it: no demonstration."""
    cache.clear()  # what counts how often somebody signs in
    settings.SIGN_IN_ENTRIES = oidc_service.settings()
    settings.PSEUDONYM_KEYS = (PSEUDONYM_KEY,)
    settings.VERLEEND_DEMO = False
    yield oidc_service
    oidc_service.plan("")


@pytest.fixture
def visitor(provider):
    return lambda slug="inwoner": Visitor(provider, slug)


@pytest.fixture
def resident():
    return {"sub": "digid-1", "bsn": BSN, "acr": SMARTCARD, "name": "Ria Resident", "email": "ria@example.org"}


@pytest.fixture
def treasurer():
    return {"sub": "eh-7", "kvk": "00000001", "branch": "000000000001", "acr": EH3, "name": "Teun Thesaurier"}


@pytest.fixture
def official():
    return {"sub": "staff-3", "amr": ["pwd", "mfa"], "given_name": "Oda", "family_name": "Ambtenaar", "groups": ["subsidies"]}
