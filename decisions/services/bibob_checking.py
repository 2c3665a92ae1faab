"""Work in the Bibob compartment: begin, ask the bureau, write, finish (T99). Nothing of what is written leaves it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from decisions import bibob
from decisions.bibob_guards import BibobFacts
from decisions.models import BibobFile, BibobLine, BibobMember, BibobNote
from decisions.models.bibob import BibobState
from grants.applications.beside import perform_beside
from grants.applications.files import Inspected
from grants.applications.lifecycle.door import ActError
from grants.applications.services import timing
from grants.applications.services.locking import locked_case
from grants.applications.term_changes import TermChange
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.recording import recording
from grants.kernel.roles import Role

EVIDENCE = "Artikel 31 Wet Bibob."
"""What the list of terms says: no more than the article."""


class BibobRefused(ActError):
    """It cannot be done; `str()` says why and what to do."""


def begin(*, application_id: UUID, actor: Actor, day: date | None = None) -> BibobFile:
    """Begin a check (T99). Raises ActError."""
    day = day or clock.today()
    with recording():
        case = locked_case(application_id)
        if BibobFile.objects.filter(application=case).exclude(state=BibobState.FINISHED).exists():
            raise BibobRefused("Er loopt al een Bibob-toets in deze zaak.")
        file = BibobFile(application=case, opened_by=actor.person, opened_on=day)
        perform_beside(file, "open_bibob", BibobFacts(is_member=bibob.is_member(actor.person)), actor, day)
    return file


def ask_bureau(*, file_id: UUID, actor: Actor, day: date | None = None) -> BibobFile:
    """Ask the national bureau for advice (T99b): a decision term that runs stands still from today (Wet Bibob 31).

    One that is over does not move any more; the question to the bureau is still possible.
    """
    day = day or clock.today()
    with recording():
        file = _locked(file_id)
        perform_beside(file, "ask_bibob_bureau", BibobFacts(is_member=bibob.is_member(actor.person)), actor, day)
        if timing.can_stand_still(file.application, day):
            pause = timing.Pause(TermChange.Kind.BIBOB, day, None, EVIDENCE)
            timing.suspend(application_id=file.application_id, pause=pause, actor=actor, day=day)
    return file


def bureau_answered(*, file_id: UUID, actor: Actor, day: date | None = None) -> BibobFile:
    """The advice came (T99c): the term runs again from tomorrow."""
    day = day or clock.today()
    with recording():
        file = _locked(file_id)
        perform_beside(file, "bibob_bureau_answered", BibobFacts(is_member=bibob.is_member(actor.person)), actor, day)
        stopped = timing.open_suspensions(file.application).filter(kind=TermChange.Kind.BIBOB).first()
        if stopped is not None:
            timing.end_suspension(application_id=file.application_id, change_id=stopped.pk, last_day=day, actor=actor, day=day)
    return file


def write(*, file_id: UUID, text: str, actor: Actor, evidence: Inspected | None = None) -> BibobNote:
    """Add a note or a document. Raises BibobRefused for who is not in the compartment, and for nothing said."""
    with recording():
        file = _locked(file_id)
        if not bibob.is_member(actor.person):
            raise BibobRefused("U hoort niet bij de Bibob-kring.")
        if not text.strip() and evidence is None:
            raise BibobRefused("Schrijf een notitie of voeg een bestand toe.")
        note = BibobNote(bibob=file, text=text.strip(), written_by=actor.person)
        note.take(evidence)
        note.save()
    return note


def finish(*, file_id: UUID, result: str, consequence: str, actor: Actor, day: date | None = None) -> BibobFile:
    """Finish the check (T99d), by somebody who did not begin it. Only the consequence shows outside."""
    day = day or clock.today()
    with recording():
        file = _locked(file_id)
        file.result, file.consequence, file.finished_by, file.finished_on = result, consequence, actor.person, day
        facts = BibobFacts(
            is_member=bibob.is_member(actor.person), actor_id=actor.person.pk, opened_by_id=file.opened_by_id, result=result, consequence=consequence
        )
        perform_beside(file, "finish_bibob", facts, actor, day)
    return file


def _locked(file_id: UUID) -> BibobFile:
    case = locked_case(BibobFile.objects.values_list("application_id", flat=True).get(id=file_id))
    file: BibobFile = BibobFile.objects.select_for_update().get(id=file_id)
    file.application = case
    return file


# -- the circle and the policy line: kept by the administrator, who is not in it ------------------------------------
def appoint(*, user: User, by: User, day: date | None = None) -> BibobMember:
    """Let somebody in, by name. Raises BibobRefused."""
    with recording():
        if not by.has_role(Role.ADMIN) or user.pk == by.pk:
            raise BibobRefused("De functioneel beheerder benoemt de Bibob-kring, en nooit zichzelf.")
        if not user.reads_cases:
            raise BibobRefused(f"{user} mag geen zaken lezen en kan dus niet in de Bibob-kring.")
        try:
            with transaction.atomic():
                return BibobMember.objects.create(user=user, appointed_by=by, valid_from=day or clock.today())
        except IntegrityError as error:
            raise BibobRefused(f"{user} zit al in de Bibob-kring.") from error


def dismiss(*, member_id: int, by: User) -> None:
    """Today is the last day of this member."""
    with recording():
        if not by.has_role(Role.ADMIN):
            raise BibobRefused("Alleen de functioneel beheerder houdt de Bibob-kring bij.")
        today = clock.today()
        member = BibobMember.objects.select_for_update().filter(id=member_id, valid_to__isnull=True).first()
        if member is None:
            raise BibobRefused("Dit lid was er al niet meer.")
        if member.valid_from >= today:
            member.delete()
        else:
            member.valid_to = date.fromordinal(today.toordinal() - 1)
            member.save()


def add_line(*, values: dict[str, object], by: User) -> BibobLine:
    """Add a rule of the policy line."""
    if not by.has_role(Role.ADMIN):
        raise BibobRefused("Alleen de functioneel beheerder houdt de beleidslijn bij.")
    return BibobLine.objects.create(**values)
