"""The records around a case whose pages have an address of their own."""

from __future__ import annotations

import uuid

from grants.control.learning.services.meeting import token_of
from tests.control import stories
from tests.project import file_breaks, lesson_breaks, mine_breaks, party_breaks, post_breaks
from tests.project.life_breaks import report_of


def life_ids(life):
    """Prefix of an address -> the id that stands in it."""
    batch = post_breaks.batch_of(life)
    post_breaks.line_of(life, batch)
    post = {
        "behandelen/post/stapels/<uuid": batch.pk, "behandelen/post/opnieuw/<uuid": post_breaks.second_of(life).pk,
        "behandelen/post/meldingen/<uuid": post_breaks.notice_of(life).pk,
    }
    files = {"aanvragen/bestanddeel/<uuid": file_breaks.part_of(life).pk, "aanvragen/bestand/<uuid": file_breaks.document_of(life).pk}
    mandate, member, application = party_breaks.mandate_of(life), party_breaks.member_of(life), life.case
    parties = {
        "mijn/aanvragers/toegang/<int": mandate.pk, "mijn/aanvragers/deelnemer/<int": member.pk, "mijn/aanvragers/<int": application.applicant_id,
        "mijn/aanvragers/uitnodigingen/<uuid": party_breaks.invitation_of(life).pk, "mijn/aanvragers/papier/<uuid": party_breaks.paper_of(life).pk,
        "behandelen/papieren/<uuid": party_breaks.paper_of(life).pk,
    }
    request = mine_breaks.request_of(life)
    mine = {"behandelen/verzoeken/<uuid": request.pk, "aanvragen/verzoek/<uuid": request.pk}
    return {**post, **files, **parties, **mine, **learning_ids(life), "behandelen/gebeurtenis/<uuid": report_of(life).pk, "behandelen/bibob/<uuid": uuid.uuid4(), "behandelen/overdracht/<uuid": uuid.uuid4()}


def learning_ids(life):
    """The rows of the lerend netwerk; `lesson` and `token` stand in addresses under those names."""
    meeting, expert = stories.meeting(), lesson_breaks.expert_of()
    proposal = lesson_breaks.proposal_of(life)
    return {
        "lesson": stories.lesson(kind="question").pk, "token": token_of(lesson_breaks.registration_of(meeting)),
        "lerend-netwerk/experts/<int": expert.pk, "lerend-netwerk/bijeenkomsten/<int": meeting.pk, "lerend-netwerk/mijn/<int": proposal.pk,
        "beheer/lerend-netwerk/voorstel/<int": proposal.pk, "beheer/lerend-netwerk/experts/<int": expert.pk, "beheer/lerend-netwerk/bijeenkomsten/<int": meeting.pk,
    }
