"""Which kernel tables the database protects."""

from __future__ import annotations

from grants.kernel import triggers


def register() -> None:
    triggers.register(
        *triggers.append_only("kernel_event"),
        *triggers.append_only("kernel_dailydigest"),
        *triggers.append_only("kernel_accesslog"),
        triggers.refuse("kernel_outboxmessage", "DELETE", "what was asked is kept"),
        triggers.refuse(
            "kernel_outboxmessage", "UPDATE", "what was asked never changes, and what was done is done",
            when="OLD.done_at IS NOT NULL OR OLD.topic <> NEW.topic OR OLD.key <> NEW.key OR OLD.payload <> NEW.payload",
        ),
    )
