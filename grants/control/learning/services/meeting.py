"""People register for a meeting, and withdraw; messages to experts."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from grants.control.learning.errors import NotNow
from grants.control.learning.models import Expert, ExpertMessage, Meeting, Registration
from grants.kernel import clock, outbox
from grants.kernel.models import User

SALT = "control.registration"
REGISTERED, CANCELLED, MESSAGE = "control.registered", "control.meeting_cancelled", "control.expert_message"
MOST_MESSAGES = 5
"""Messages to experts that one person may send in a day."""


def token_of(registration: Registration) -> str:
    """What stands in the link to withdraw: signed, so that nobody makes one for somebody else."""
    return signing.dumps(registration.pk, salt=SALT)


def registration_of(token: str) -> int | None:
    """The number of the registration; None for a token that is not ours."""
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


@transaction.atomic
def register(*, meeting_id: int, name: str, email: str) -> Registration:
    """Somebody comes. The same address twice is one registration, and gets the mail again. Raises NotNow when it is full or over."""
    meeting = Meeting.objects.public().select_for_update().filter(pk=meeting_id).first()
    if meeting is None or meeting.is_over or meeting.cancelled_at is not None:
        raise NotNow(_("Aanmelden kan niet meer: de bijeenkomst is begonnen, voorbij of afgelast. Kijk bij de andere bijeenkomsten."))
    email = email.strip().lower()
    known = meeting.registrations.filter(email=email).first()
    if known is None and meeting.registrations.count() >= meeting.capacity:
        raise NotNow(_("Alle plaatsen zijn bezet. Probeer het later nog eens: soms meldt iemand zich af."))
    found = known or Registration.objects.create(meeting=meeting, name=name.strip(), email=email, created_at=clock.now())
    outbox.enqueue(REGISTERED, key=f"{found.pk}:{clock.now():%Y%m%d%H}", payload={"registration": found.pk})
    return found


@transaction.atomic
def unregister(*, registration_id: int) -> None:
    """Somebody does not come after all: the place is free, and name and address are gone. A second time does nothing."""
    Registration.objects.filter(pk=registration_id).delete()


@transaction.atomic
def cancel(*, meeting_id: int) -> Meeting:
    """The meeting does not go on: everyone who registered gets a mail. Raises NotNow."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.cancelled_at is not None or meeting.is_over:
        raise NotNow(_("De bijeenkomst is al afgelast of begonnen."))
    meeting.cancelled_at = clock.now()
    meeting.save(update_fields=["cancelled_at"])
    for pk in meeting.registrations.values_list("pk", flat=True):
        outbox.enqueue(CANCELLED, key=str(pk), payload={"registration": pk})
    return meeting


@transaction.atomic
def write_to(*, expert_id: int, sender: User, reply_to: str, text: str) -> ExpertMessage:
    """Send a message to an expert without showing the address. Raises NotNow."""
    expert = Expert.objects.public().filter(pk=expert_id).first()
    if expert is None:
        raise NotNow(_("Deze expert staat niet meer in de lijst. Kies een andere expert."))
    if ExpertMessage.objects.filter(sender=sender, created_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_MESSAGES:
        raise NotNow(_("U stuurde vandaag al %(most)d berichten. Probeer het morgen opnieuw.") % {"most": MOST_MESSAGES})
    message = ExpertMessage.objects.create(expert=expert, sender=sender, reply_to=reply_to, text=text.strip(), created_at=clock.now())
    outbox.enqueue(MESSAGE, key=str(message.pk), payload={"message": message.pk})
    return message
