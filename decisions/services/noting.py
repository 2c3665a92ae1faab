"""Write a note on a case, or put one right by a follow-up. No event: a note changes nothing and holds personal data."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from decisions.models import CaseNote
from grants.applications.lifecycle.door import ActError
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording


class NoteRefused(ActError):
    """A note that cannot be kept; `str()` says why and what to do."""


def write(
    *, application_id: UUID, kind: str, text: str, actor: Actor, with_whom: str = "", happened_at: datetime | None = None,
    corrects_id: int | None = None,
) -> CaseNote:
    """Keep a note as it is. Raises NoteRefused when it says nothing, lacks who and when, or corrects what was corrected already."""
    text, with_whom = text.strip(), with_whom.strip()
    now = clock.now()
    if not text:
        raise NoteRefused("De notitie is leeg. Schrijf op wat er is gezegd of gebeurd.")
    is_contact = kind in CaseNote.CONTACTS
    if is_contact and (not with_whom or happened_at is None):
        raise NoteRefused("Schrijf bij een bezoek of een gesprek op met wie het was, en op welke dag en tijd.")
    if happened_at is not None and happened_at > now:
        raise NoteRefused("Het gesprek ligt in de toekomst. Kijk de dag en de tijd na.")
    with recording():
        application = locked_case(application_id)
        corrects = None
        if corrects_id is not None:
            corrects = CaseNote.objects.filter(application=application, id=corrects_id).first()
            if corrects is None:
                raise NoteRefused("De notitie die u wilt verbeteren, hoort niet bij deze zaak.")
            if CaseNote.objects.filter(corrects=corrects).exists():
                raise NoteRefused("Deze notitie is al verbeterd. Verbeter de nieuwste notitie.")
        return CaseNote.objects.create(
            application=application, kind=kind, text=text, with_whom=with_whom if is_contact else "",
            happened_at=happened_at if is_contact else None, author=actor.person, written_at=now, corrects=corrects,
        )
