"""What the cellar must know of this wing: what is never changed, and who judges how people signed in."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in

from applicants.signin import guard, session
from grants.kernel import triggers


def register() -> None:
    triggers.register(*triggers.append_only("applicants_channelconsent"))
    guard.register()
    user_logged_in.connect(session.start_clock, dispatch_uid="applicants.signin.clock")
