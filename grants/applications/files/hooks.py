"""What files tell the cellar: the work behind the outbox, and what the database refuses."""

from __future__ import annotations

from grants.kernel import checked, outbox, triggers
from grants.kernel.tasks import task_for

KEPT = ("application_id", "question_key", "filename", "uploaded_by_id", "uploaded_at", "received_size", "received_digest")
"""Of a document that was sent in these never change."""
CONTENT = ("state", "content_type", "size", "digest", "file", "finding")
"""These change once, with the verdict of the check."""


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


def register() -> None:
    from grants.applications.files import beside, checking, panel, telling

    outbox.outside(checking.CHECK)(checking.check)
    outbox.outside(checking.REMOVE)(checking.remove)
    outbox.outside(checking.TELL)(telling.tell)
    outbox.outside(checked.CHECK)(beside.check)
    outbox.outside(beside.TELL)(telling.tell_beside)
    task_for(checking.CHECK)
    task_for(checked.CHECK)
    panel.register()
    triggers.register(
        triggers.refuse("grants_document", "DELETE", "a document that was sent in is kept", when="OLD.submission_id IS NOT NULL"),
        triggers.refuse(
            "grants_document", "UPDATE", "a document that was sent in never changes", about="sent",
            when=f"OLD.submission_id IS NOT NULL AND (NEW.submission_id IS NULL OR OLD.submission_id <> NEW.submission_id OR {_changed(KEPT)})",
        ),
        triggers.refuse(
            "grants_document", "UPDATE", "the verdict on a document stands, and its content changes only with the verdict", about="checked",
            when=(
                f"(OLD.state NOT IN ('received', 'waiting') AND ({_changed(CONTENT)})) OR (OLD.state = 'waiting' AND NEW.state = 'received')"
                " OR (NEW.state IN ('received', 'waiting') AND (OLD.file <> NEW.file OR OLD.digest <> NEW.digest OR OLD.content_type <> NEW.content_type))"
            ),
        ),
    )
