"""What a person chose about digital post is never changed: the database refuses it."""

from __future__ import annotations

from grants.kernel import triggers


def register() -> None:
    triggers.register(*triggers.append_only("applicants_channelconsent"))
