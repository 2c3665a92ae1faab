"""The records around a case whose pages have an address of their own."""

from __future__ import annotations

import uuid

from tests.project import mine_breaks, post_breaks
from tests.project.life_breaks import report_of


def life_ids(life):
    """Prefix of an address -> the id that stands in it."""
    batch = post_breaks.batch_of(life)
    post_breaks.line_of(life, batch)
    post = {
        "behandelen/post/stapels/<uuid": batch.pk, "behandelen/post/opnieuw/<uuid": post_breaks.second_of(life).pk,
        "behandelen/post/meldingen/<uuid": post_breaks.notice_of(life).pk,
    }
    request = mine_breaks.request_of(life)
    mine = {"behandelen/verzoeken/<uuid": request.pk, "aanvragen/verzoek/<uuid": request.pk}
    return {**post, **mine, "behandelen/gebeurtenis/<uuid": report_of(life).pk, "behandelen/bibob/<uuid": uuid.uuid4(), "behandelen/overdracht/<uuid": uuid.uuid4()}
