"""What is removed by itself every day: names of visitors, messages, consents that ended, and texts that were dealt with."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from grants.control.learning.models import Expert, ExpertMessage, LessonProposal, Meeting, ProposalStep
from grants.control.learning.services.versions import forget_concepts
from grants.kernel import clock

AFTER_MEETING, AFTER_MESSAGE, AFTER_CONSENT, AFTER_DECISION = timedelta(days=14), timedelta(days=30), timedelta(days=30), timedelta(days=180)
"""Registrations after the meeting, messages after writing, experts after their consent, and original texts after the decision."""
AT_ONCE = 500


def clean(day: date) -> None:
    """Remove what must be gone on `day`. A second run on the same day finds nothing; each meeting is a transaction of its own."""
    _registrations(day)
    ExpertMessage.objects.filter(created_at__lt=clock.start_of(day - AFTER_MESSAGE)).delete()
    Expert.objects.filter(consent_until__lt=day - AFTER_CONSENT).delete()
    _originals(day)


def _registrations(day: date) -> None:
    over = Meeting.objects.filter(ends_at__lt=clock.start_of(day - AFTER_MEETING), registrations__isnull=False).distinct()
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            meeting = Meeting.objects.select_for_update().get(pk=pk)
            count, _ = meeting.registrations.all().delete()
            meeting.attended = (meeting.attended or 0) + count
            meeting.save(update_fields=["attended"])


@transaction.atomic
def _originals(day: date) -> None:
    old = LessonProposal.objects.select_for_update(of=("self",)).filter(
        state__in=[LessonProposal.State.DONE, LessonProposal.State.REJECTED], decided_at__lt=clock.start_of(day - AFTER_DECISION), emptied_on__isnull=True
    )
    found = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    LessonProposal.objects.filter(pk__in=found).update(what_worked="", what_did_not="", advice="", emptied_on=day)
    forget_concepts(found)
    ProposalStep.objects.bulk_create(ProposalStep(proposal_id=pk, act=ProposalStep.Act.EMPTIED, at=clock.now()) for pk in found)
