"""A letter that was sent never changes: the database refuses it."""

from __future__ import annotations

from grants.kernel import outbox, triggers


def register() -> None:
    from letters import services, tasks  # noqa: F401  (the outbox handlers of tasks register themselves)
    from letters.post import paper
    from letters.texts.models import register_triggers

    register_triggers()
    services.when_rendered(paper.letter_made)
    services.when_cancelled(paper.letter_cancelled)
    for topic in ("letters.render", "letters.seal", paper.REDATE):
        outbox.when_dead(topic, paper.letter_not_made)

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
        triggers.refuse("letters_paperbatch", "DELETE", "a pile is kept"),
        triggers.refuse(
            "letters_paperbatch", "UPDATE", "a pile that was made never changes",
            when="OLD.file_sha256 <> '' AND (OLD.file_sha256 <> NEW.file_sha256 OR OLD.file <> NEW.file OR OLD.manifest <> NEW.manifest"
            " OR OLD.day <> NEW.day OR OLD.reference <> NEW.reference OR OLD.duplex <> NEW.duplex) OR OLD.state IN ('confirmed', 'withdrawn')",
        ),
        triggers.refuse("letters_paperline", "DELETE", "a pile is kept"),
        triggers.refuse(
            "letters_paperline", "UPDATE", "a letter keeps its place in the pile",
            when="OLD.batch_id <> NEW.batch_id OR OLD.number <> NEW.number OR OLD.letter_id <> NEW.letter_id OR OLD.addressee <> NEW.addressee"
            " OR OLD.dispatch_id IS NOT NULL OR OLD.pages IS NOT NULL AND OLD.pages <> NEW.pages",
        ),
        triggers.refuse("letters_secondsending", "DELETE", "what was asked is kept"),
        triggers.refuse("letters_secondsending", "UPDATE", "a second sending is done once", when="OLD.dispatch_id IS NOT NULL OR OLD.dropped_at IS NOT NULL"),
    )
