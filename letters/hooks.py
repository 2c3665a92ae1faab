"""A letter that was sent never changes: the database refuses it."""

from __future__ import annotations

from grants.kernel import triggers


def register() -> None:
    from letters import tasks  # noqa: F401  (its outbox handlers register themselves)

    triggers.register(
        triggers.refuse("letters_letter", "UPDATE", "a sent letter never changes", when="OLD.state = 'sent'"),
        triggers.refuse("letters_letter", "DELETE", "a sent letter is kept", when="OLD.state = 'sent'"),
        *triggers.append_only("letters_letterseal"),
        *triggers.append_only("letters_sealcertificate"),
        triggers.refuse("letters_dispatch", "DELETE", "a dispatch is kept"),
        triggers.refuse(
            "letters_dispatch", "UPDATE", "a dispatch never changes; its first reading is written once",
            when="OLD.read_at IS NOT NULL OR OLD.letter_id <> NEW.letter_id OR OLD.event_id <> NEW.event_id OR OLD.channel <> NEW.channel"
            " OR OLD.sent_on <> NEW.sent_on OR OLD.sent_at <> NEW.sent_at",
        ),
        triggers.refuse("letters_notice", "DELETE", "a notice is kept"),
        triggers.refuse(
            "letters_notice", "UPDATE", "when a message was placed never changes",
            when="OLD.dispatch_id <> NEW.dispatch_id OR OLD.placed_at <> NEW.placed_at OR OLD.due_at <> NEW.due_at",
        ),
        *triggers.append_only("letters_noticestep"),
    )
