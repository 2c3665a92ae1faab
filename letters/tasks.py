"""What the outbox asks of the post room. Making, sealing, telling and posting are each a Celery task of their own."""

from __future__ import annotations

from typing import Any

from grants.kernel import outbox
from grants.kernel.outbox import handler
from grants.kernel.tasks import task_for
from letters import services
from letters.post import notices, paper

for topic in ("letters.render", "letters.seal", notices.TOPIC, paper.REDATE, paper.MAKE, paper.POST):
    task_for(topic)


@handler("letters.render")
def render(payload: dict[str, Any]) -> None:
    services.render(payload["letter"])


@handler("letters.seal")
def seal(payload: dict[str, Any]) -> None:
    services.seal(payload["letter"])


outbox.outside(notices.TOPIC)(notices.attempt)
outbox.outside(paper.MAKE)(paper.make_file)
handler(paper.REDATE)(paper.redate)
handler(paper.POST)(paper.post)
