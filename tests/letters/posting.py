"""The post room in a test: everything that waits goes in a pile and in the post."""

from __future__ import annotations

from datetime import date

from grants.kernel import clock, outbox
from grants.kernel.roles import Role
from grants.project.demo.lives import person
from letters.models import PaperBatch
from letters.post import paper


def postman():
    return person("intake", Role.INTAKE_OFFICER).person


def pile(day: date | None = None, duplex: bool = True) -> PaperBatch:
    """A pile of everything that waits, made and ready for the printer."""
    outbox.run_open()
    user = postman()
    batch = paper.make(
        letters=list(paper.to_print(user).select_related("chain")), again=list(paper.to_print_again(user)), day=day or clock.today(), duplex=duplex, user=user
    )
    outbox.run_open()
    batch.refresh_from_db()
    return batch


def posted(batch: PaperBatch, day: date | None = None, other_day: bool = False) -> PaperBatch:
    """The pile is in the post."""
    paper.confirm(batch_id=batch.pk, posted_on=day or batch.day, other_day=other_day, user=postman())
    outbox.run_open()
    batch.refresh_from_db()
    return batch
