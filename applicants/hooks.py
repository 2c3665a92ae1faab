"""What the cellar must know of this wing: what is never changed, and who judges how people signed in."""

from __future__ import annotations

from applicants.signin import guard
from grants.kernel import triggers


def register() -> None:
    triggers.register(*triggers.append_only("applicants_channelconsent"))
    guard.register()
