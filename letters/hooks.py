"""A letter that was sent never changes: the database refuses it."""

from __future__ import annotations

from grants.kernel import triggers


def register() -> None:
    from letters import tasks  # noqa: F401  (its outbox handlers register themselves)
    from letters.texts.models import register_triggers

    register_triggers()

    triggers.register(
        triggers.refuse("letters_letter", "UPDATE", "a sent letter never changes", when="OLD.state = 'sent'"),
        triggers.refuse("letters_letter", "DELETE", "a sent letter is kept", when="OLD.state = 'sent'"),
        *triggers.append_only("letters_letterseal"),
        *triggers.append_only("letters_sealcertificate"),
        triggers.refuse("letters_dispatch", "DELETE", "a dispatch is kept"),
    )
