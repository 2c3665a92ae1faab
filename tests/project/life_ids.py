"""The records around a case whose pages have an address of their own."""

from __future__ import annotations

import uuid

from tests.project import party_breaks, post_breaks
from tests.project.life_breaks import report_of


def life_ids(life):
    """Prefix of an address -> the id that stands in it."""
    batch = post_breaks.batch_of(life)
    post_breaks.line_of(life, batch)
    post = {
        "behandelen/post/stapels/<uuid": batch.pk, "behandelen/post/opnieuw/<uuid": post_breaks.second_of(life).pk,
        "behandelen/post/meldingen/<uuid": post_breaks.notice_of(life).pk,
    }
    mandate, member, application = party_breaks.mandate_of(life), party_breaks.member_of(life), life.case
    parties = {
        "mijn/aanvragers/toegang/<int": mandate.pk, "mijn/aanvragers/deelnemer/<int": member.pk, "mijn/aanvragers/<int": application.applicant_id,
        "mijn/aanvragers/uitnodigingen/<uuid": party_breaks.invitation_of(life).pk, "mijn/aanvragers/papier/<uuid": party_breaks.paper_of(life).pk,
        "behandelen/papieren/<uuid": party_breaks.paper_of(life).pk,
    }
    return {**post, **parties, "behandelen/gebeurtenis/<uuid": report_of(life).pk, "behandelen/bibob/<uuid": uuid.uuid4(), "behandelen/overdracht/<uuid": uuid.uuid4()}
