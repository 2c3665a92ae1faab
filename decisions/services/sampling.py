"""The sample: one person lists the cases, another draws, and each drawn case is checked before it closes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from decisions import sampling_letters
from decisions.models import Beschikking, SampleCheck, SampleDraw, SampleEntry
from decisions.models.sampling import OPEN
from decisions.sampling_guards import SampleFacts
from decisions.sampling_points import points_for
from grants.applications import deadlines
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import ActError, Mark
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from grants.law.sampling import draw as draw_by_lot
from grants.law.sampling import list_hash
from grants.schemes.definition_fields import Arrangement
from grants.schemes.models import Scheme

TERM = "SAMPLE_TERM"
FOLLOWS = {"amend_settlement", "withdraw_settlement"}
"""Decisions that can follow from a check (Awb 4:49)."""


class CannotDraw(ActError):
    """A draw that cannot be prepared or made; `str()` is a sentence for people."""


def arrangement_of(scheme: Scheme, code: str) -> Arrangement | None:
    """The arrangement with this code in the newest version of the scheme; its percentage is the one that counts."""
    return next((a for a in scheme.current_version().definition.arrangements if a.code == code), None)


def population(scheme: Scheme, arrangement: str, start: date, end: date) -> QuerySet[Application]:
    """Cases settled in the period, both days included, that stood on no list before. Closed ones too: else the draw would be skewed."""
    return Application.objects.filter(
        Q(status=Status.VASTGESTELD) | Q(status=Status.CLOSED, settled_amount__gt=0),
        scheme=scheme, arrangement=arrangement, settled_on__gte=start, settled_on__lte=end, version__isnull=False, sample_entry__isnull=True,
    ).order_by("case_number")


def prepare_draw(*, scheme_code: str, arrangement: str, period_start: date, period_end: date, actor: Actor, day: date | None = None) -> SampleDraw:
    """List the cases of a period. From now on the list is fixed; nobody knows yet who is drawn. Raises CannotDraw."""
    day = day or clock.today()
    with recording():
        scheme = Scheme.objects.select_for_update(no_key=True).get(code=scheme_code)
        if not actor.person.has_role(Role.CASE_HANDLER, Role.REVIEWER, scheme_code=scheme_code):
            raise CannotDraw("Alleen een behandelaar of een toetser van deze regeling stelt een steekproef op.")
        found = arrangement_of(scheme, arrangement)
        if found is None or not found.sample_percentage:
            raise CannotDraw("De regeling noemt voor dit arrangement geen percentage voor een steekproef. Kies een ander arrangement.")
        if period_end < period_start or period_end >= day:
            raise CannotDraw("Kies een periode die voorbij is: de eerste dag ligt niet na de laatste, en de laatste dag ligt voor vandaag.")
        cases = list(population(scheme, arrangement, period_start, period_end))
        if not cases:
            raise CannotDraw("In deze periode is niets vastgesteld dat nog niet op een lijst staat. Kies een andere periode.")
        made = SampleDraw.objects.create(
            scheme=scheme, arrangement=arrangement, period_start=period_start, period_end=period_end, percentage=found.sample_percentage,
            list_hash=list_hash(str(case.case_number) for case in cases), prepared_by=actor.person, prepared_on=day,
        )
        SampleEntry.objects.bulk_create(SampleEntry(draw=made, application=case) for case in cases)
    return made


def make_draw(*, draw_id: UUID, actor: Actor, day: date | None = None) -> SampleDraw:
    """Draw, by another person than who made the list. The seed is made here, after the list was fixed. Raises CannotDraw."""
    day = day or clock.today()
    with recording():
        found: SampleDraw = SampleDraw.objects.select_for_update(of=("self",)).select_related("scheme").get(id=draw_id)
        if found.is_drawn:
            raise CannotDraw("Deze steekproef is al getrokken. Een tweede trekking kan niet.")
        if not actor.person.has_role(Role.REVIEWER, scheme_code=found.scheme_id):
            raise CannotDraw("Alleen een toetser van deze regeling trekt de steekproef.")
        if found.prepared_by_id == actor.person.pk:
            raise CannotDraw("U hebt de lijst zelf gemaakt. Laat een collega de steekproef trekken (vierogenprincipe).")
        seed = secrets.token_hex(16)
        entries = {str(e.application.case_number): e for e in found.entries.select_related("application")}
        for ranked in draw_by_lot(entries, seed=seed, percentage=found.percentage):
            entry = entries[ranked.case_number]
            entry.key, entry.place, entry.is_drawn = ranked.key, ranked.place, ranked.is_drawn
            entry.save()
        found.seed, found.drawn_by, found.drawn_on = seed, actor.person, day
        found.save()
        for entry in found.entries.filter(is_drawn=True).order_by("application_id"):
            _fall(entry, actor, day)
    return found


def _fall(entry: SampleEntry, actor: Actor, day: date) -> None:
    application = locked_case(entry.application_id)
    check = SampleCheck(application=application, entry=entry, points=[point.stored() for point in points_for(application)])
    perform_beside(check, "fall_in_sample", SampleFacts(), actor, day, Mark(data={"draw": str(entry.draw_id)}))


def ask_evidence(*, check_id: UUID, actor: Actor, day: date | None = None) -> SampleCheck:
    """Ask the recipient to show what the activity became (S02): a letter with a term."""
    day = day or clock.today()
    with recording():
        check = _locked(check_id)
        application = check.application
        check.asked_on, check.last_day = day, deadlines.own_last_day(day, application.definition.terms.reminder_weeks)
        event = perform_beside(check, "ask_evidence", _facts(check, actor), actor, day)
        deadlines.start_own(application, event, TERM, day, check.last_day)
        sampling_letters.evidence(check, event, day)
    return check


def evidence_received(*, check_id: UUID, received_on: date | None, actor: Actor, day: date | None = None) -> SampleCheck:
    """The recipient sent something (S03). What it is worth is for the check."""
    day = day or clock.today()
    with recording():
        check = _locked(check_id)
        check.received_on = received_on or day
        event = perform_beside(check, "evidence_received", _facts(check, actor), actor, day)
        deadlines.end(check.application, event, TERM)
    return check


def conclude(
    *, check_id: UUID, answers: Mapping[int, tuple[str, str]], outcome: str, note: str, actor: Actor, day: date | None = None
) -> SampleCheck:
    """Finish the check (S04), or say that the subsidy must be lower or taken back (S05): then a decision must follow.

    `answers` has for each point, from 0, its answer and a note.
    """
    day = day or clock.today()
    with recording():
        check = _locked(check_id)
        for place, point in enumerate(check.points):
            point["answer"], point["note"] = answers.get(place, (point["answer"], point["note"]))
        check.outcome, check.note, check.checked_by, check.checked_on = outcome, note.strip(), actor.person, day
        act = "need_decision" if outcome in ("lower", "withdraw") else "conclude_check"
        event = perform_beside(check, act, _facts(check, actor), actor, day, Mark(data={"outcome": outcome}))
        deadlines.end(check.application, event, TERM)
    return check


def drop_follow_up(*, check_id: UUID, reason: str, actor: Actor, day: date | None = None) -> SampleCheck:
    """Nothing follows after all (S07), because whoever could decide sees no reason."""
    day = day or clock.today()
    with recording():
        check = _locked(check_id)
        facts = SampleFacts(reason=reason)
        check.note = "\n\n".join(part for part in (check.note, reason.strip()) if part)
        perform_beside(check, "drop_follow_up", facts, actor, day)
    return check


def decision_sent(application: Application, decision: Beschikking, day: date) -> None:
    """A decision on the settlement went out: the check that asked for it is done (S06)."""
    if decision.act not in FOLLOWS:
        return
    for check in SampleCheck.objects.filter(application=application, state="follow_up").select_for_update():
        check.application, check.decision = application, decision
        perform_beside(check, "decision_followed", SampleFacts(), Actor.system(), day, Mark(data={"decision": str(decision.id)}))


def open_matters_of(application: Application) -> tuple[str, ...]:
    """What keeps the case open: it stands on a list that was not drawn yet, or its check is not done."""
    if SampleCheck.objects.filter(application=application, state__in=OPEN).exists():
        return ("een steekproef",)
    waits = SampleEntry.objects.filter(application=application, draw__seed="").exists()
    return ("een steekproef die nog wordt getrokken",) if waits else ()


def _locked(check_id: UUID) -> SampleCheck:
    application = locked_case(SampleCheck.objects.values_list("application_id", flat=True).get(id=check_id))
    check: SampleCheck = SampleCheck.objects.select_for_update().get(id=check_id)
    check.application = application
    return check


def _facts(check: SampleCheck, actor: Actor) -> SampleFacts:
    application = check.application
    signers = Beschikking.objects.filter(application=application, state=Beschikking.State.SENT).values_list("prepared_by_id", "signed_by_id")
    people = {application.handler_id, *(person for pair in signers for person in pair)}
    return SampleFacts(
        case_is_closed=application.status == Status.CLOSED, actor_id=actor.person.pk,
        involved_ids=frozenset(person for person in people if person is not None),
        answers=tuple(point["answer"] for point in check.points),
        no_notes=tuple(point["text"] for point in check.points if point["answer"] == "no" and not point["note"].strip()),
        outcome=check.outcome, note=check.note, asked_on=check.asked_on, last_day=check.last_day, received_on=check.received_on,
    )
