"""Post that came back or reached somebody else: noted by the post room, handled by a person, sent again with its effect (T98, T43)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from decisions.models import DataBreach, PostReturn
from decisions.models.returned import ReturnState
from decisions.party_guards import PartyFacts
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import ActError, Mark
from grants.applications.models import Application
from grants.applications.services import correcting
from grants.applications.services.locking import locked_case
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from letters.models import Dispatch, SecondSending

Kind, Outcome = PostReturn.Kind, PostReturn.Outcome
BREACH_CLOSERS = (Role.INTAKE_OFFICER, Role.CASE_HANDLER, Role.RECORDS_OFFICER)
"""Who notes that the people and the supervisor heard of a data breach."""


class PostRefused(ActError):
    """What came back cannot be noted or handled so; `str()` says why and what to do."""


def note(
    *, application_id: UUID, dispatch_id: int, kind: str, found_on: date, note: str, actor: Actor, what: str = "", known_at: datetime | None = None,
    day: date | None = None,
) -> PostReturn:
    """A sending came back, or came to somebody else (T98). Opened by another: a data breach is noted in the same act, from the moment we knew."""
    day = day or clock.today()
    with recording():
        case = locked_case(application_id)
        dispatch = Dispatch.objects.filter(id=dispatch_id, letter__chain=case.chain_id, channel=Dispatch.Channel.POST).first()
        if dispatch is None:
            raise PostRefused("Deze brief hoort niet bij deze zaak, of ging niet op papier.")
        if PostReturn.objects.filter(dispatch=dispatch).exists():
            raise PostRefused("Van deze verzending staat al vast dat zij niet goed aankwam.")
        if kind == Kind.WRONG_OPENED and not what.strip():
            raise PostRefused("Een ander heeft de brief geopend. Schrijf op welke gegevens die persoon nu kent: dit is een datalek.")
        record = PostReturn(application=case, dispatch=dispatch, kind=kind, found_on=found_on, note=note.strip())
        facts = PartyFacts(happened_on=found_on, not_before=dispatch.sent_on)
        perform_beside(record, "note_returned_post", facts, actor, day, Mark(data={"dispatch": dispatch.pk}))
        if kind == Kind.WRONG_OPENED:
            DataBreach.objects.create(
                application=case, post_return=record, known_at=known_at or clock.moment_on(found_on), what=what.strip(), noted_by=actor.person
            )
    return record


def send_again(*, return_id: UUID, reason: str, actor: Actor, day: date | None = None) -> PostReturn:
    """Lay the same letter ready for the post, to the address as it is known now. Its terms start again when it is posted (T43). Raises ActError.

    The letter does not change, so a sheet with the new address goes before it: `sent_to` keeps that address.
    """
    day = day or clock.today()
    with recording():
        record, case = _locked(return_id)
        lines = correcting.lines_for(case, record.dispatch.letter, day)
        printed = record.dispatch.letter.as_content().addressee
        if [line.split() for line in printed] == [line.split() for line in lines] and record.kind == Kind.RETURNED:
            raise PostRefused("Het adres is nog hetzelfde als op de brief die terugkwam. Verbeter eerst het adres, en laat een collega dat bevestigen.")
        _handle(record, Outcome.RESENT, reason, actor, day, list(lines))
        correcting.ask_on_paper(application_id=case.id, letter_id=record.dispatch.letter_id, reason=reason, actor=actor, day=day)
    return record


def leave(*, return_id: UUID, reason: str, actor: Actor, day: date | None = None) -> PostReturn:
    """The letter is not sent again, for a reason: it was handed over, or the case ended."""
    with recording():
        record, _case = _locked(return_id)
        _handle(record, Outcome.NONE, reason, actor, day or clock.today(), [])
    return record


def _handle(record: PostReturn, outcome: str, reason: str, actor: Actor, day: date, lines: list[str]) -> None:
    record.outcome, record.handled_by, record.handled_on, record.handled_note, record.sent_to = outcome, actor.person, day, reason.strip(), lines
    perform_beside(record, "handle_returned_post", PartyFacts(reason=reason), actor, day)


def _locked(return_id: UUID) -> tuple[PostReturn, Application]:
    case = locked_case(PostReturn.objects.values_list("application_id", flat=True).get(id=return_id))
    record: PostReturn = PostReturn.objects.select_for_update(of=("self",)).select_related("dispatch__letter").get(id=return_id)
    record.application = case
    return record, case


def close_breach(
    *, breach_id: int, informed: str, actor: Actor, reported_at: datetime | None = None, not_reported_reason: str = ""
) -> DataBreach:
    """Note whom we told, and that the supervisor heard of it or why not (AVG 33, 34). Raises PostRefused."""
    with recording():
        breach = DataBreach.objects.select_for_update(of=("self",)).select_related("application").get(id=breach_id)
        if not actor.person.has_role(*BREACH_CLOSERS, scheme_code=breach.application.scheme_id):
            raise PostRefused("U mag dit datalek niet afhandelen. Dit mag: medewerker intake, behandelaar of informatiebeheerder van de regeling van de zaak.")
        if not breach.is_open:
            raise PostRefused("Dit datalek is al afgehandeld.")
        if not informed.strip():
            raise PostRefused("Schrijf op wie op de hoogte is gebracht, of waarom dat niet hoefde.")
        if reported_at is None and not not_reported_reason.strip():
            raise PostRefused("Vul in wanneer het is gemeld bij de Autoriteit Persoonsgegevens, of waarom melden niet hoeft.")
        if reported_at is not None and not breach.known_at <= reported_at <= clock.now():
            raise PostRefused("Het tijdstip van de melding kan niet. Het ligt na het moment waarop wij het wisten, en niet in de toekomst.")
        breach.informed, breach.reported_at, breach.not_reported_reason = informed.strip(), reported_at, not_reported_reason.strip()
        breach.closed_by = actor.person
        breach.save()
    return breach


def open_matters_of(application: Application) -> tuple[str, ...]:
    """What keeps the case open: a letter that came back and was not handled, or that has to go in the post again."""
    found = []
    if PostReturn.objects.filter(application=application, state=ReturnState.OPEN).exists():
        found.append("een teruggekomen brief")
    if SecondSending.objects.filter(letter__chain=application.chain_id).waiting().exists():
        found.append("een brief die opnieuw op de post moet")
    return tuple(found)
