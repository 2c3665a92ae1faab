"""Import a register: all or nothing, and safe to repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from grants.applications.lifecycle.door import Mark, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application, ApplicationGoal, Origin
from grants.applications.register.history import RegisterEvent, amount_after, effective, settled_after, status_after
from grants.applications.register.reading import RegisterError, RegisterErrors, RegisterRow
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Chain, Event
from grants.kernel.recording import recording
from grants.schemes.models import Goal, Municipality, Scheme


@dataclass(frozen=True, slots=True)
class Imported:
    """How many events were new, and how many were known already; `warnings` says what this changes elsewhere."""

    created: int
    known: int
    cases: int
    warnings: tuple[str, ...] = ()


Tell = Callable[[datetime, frozenset[str]], list[str]]
_asked_after: list[Tell] = []


def after_import(tell: Tell) -> None:
    """`tell(earliest, cases)` gives sentences about what an import changes: new events of these case numbers, known from `earliest` on."""
    if tell not in _asked_after:
        _asked_after.append(tell)


def import_register(rows: tuple[RegisterRow, ...]) -> Imported:
    """Record every new event by an act of its own. Raises RegisterErrors; then nothing was stored."""
    with recording():
        stored = {e.source_id: e for e in Event.objects.filter(source_id__in=[row.event_id for row in rows]).select_related("chain")}
        new = [row for row in rows if row.event_id not in stored]
        errors = _contradictions(rows, stored) + _wrong_references(new, rows)
        if errors:
            raise RegisterErrors(errors)
        _lists(new)
        cases: dict[str, list[RegisterRow]] = defaultdict(list)
        for row in sorted(new, key=lambda r: (r.known_at, r.event_id)):
            cases[row.case_number].append(row)
        for number, events in cases.items():
            _import_case(number, events)
    earliest = min((row.known_at for row in new), default=None)
    warnings = tuple(sentence for tell in _asked_after for sentence in tell(earliest, frozenset(cases))) if earliest else ()
    return Imported(created=len(new), known=len(rows) - len(new), cases=len(cases), warnings=warnings)


def _contradictions(rows: tuple[RegisterRow, ...], stored: dict[str | None, Event]) -> list[RegisterError]:
    found = []
    for row in rows:
        event = stored.get(row.event_id)
        if event is not None and event.data.get("row") != _fingerprint(row):
            found.append(RegisterError(row.line, "gebeurtenis_id", f"{row.event_id} is al ingelezen, met een andere inhoud."))
    return found


def _fingerprint(row: RegisterRow) -> list[str]:
    return ["" if part is None else "|".join(part) if isinstance(part, tuple) else str(part) for part in row.content()]


def _wrong_references(new: list[RegisterRow], rows: tuple[RegisterRow, ...]) -> list[RegisterError]:
    """A herroeping points to an event of the same case that was registered earlier; municipalities exist; days passed."""
    in_file = {row.event_id: row for row in rows}
    wanted = {row.annuls for row in new if row.annuls} - in_file.keys()
    in_store = {e.source_id: e for e in Event.objects.filter(source_id__in=wanted).select_related("chain")}
    municipalities = set(Municipality.objects.values_list("code", flat=True))
    taken = set(
        Application.objects.filter(case_number__in={row.case_number for row in new}).exclude(origin=Origin.IMPORT).values_list("case_number", flat=True)
    )
    found = []
    for row in new:
        if row.annuls:
            target = in_file.get(row.annuls)
            stored = in_store.get(row.annuls)
            earlier = (target is not None and target.case_number == row.case_number and target.known_at < row.known_at) or (
                stored is not None and stored.chain.label == row.case_number and stored.known_at < row.known_at
            )
            if not earlier:
                found.append(RegisterError(row.line, "herroept", f"{row.annuls} is geen eerder geregistreerde gebeurtenis van zaak {row.case_number}."))
        if row.municipality_code not in municipalities:
            found.append(RegisterError(row.line, "gemeente_code", f"{row.municipality_code} is geen gemeente in Limburg."))
        if row.known_at > clock.now() or row.valid_on > clock.today():
            found.append(RegisterError(row.line, "geregistreerd_op", "Deze gebeurtenis ligt in de toekomst."))
        if row.case_number in taken:
            found.append(RegisterError(row.line, "zaaknummer", f"{row.case_number} is een zaak van dit systeem zelf."))
    return found


def _lists(rows: list[RegisterRow]) -> None:
    """Schemes and goals that we do not know become historical ones."""
    for row in rows:
        Scheme.objects.get_or_create(
            code=row.scheme_code, defaults={"title": row.scheme_code, "bundle": row.bundle, "is_historical": True}
        )
        for code in row.goals:
            Goal.objects.get_or_create(code=code, defaults={"label": code, "kind": Goal.Kind.OTHER, "is_historical": True})


def _import_case(number: str, rows: list[RegisterRow]) -> None:
    application = Application.objects.select_related("chain", "scheme").filter(case_number=number).first()
    if application is None:
        application = Application(chain=Chain(label=number), case_number=number, origin=Origin.IMPORT)
    ids: dict[str, UUID] = {}
    history: list[RegisterEvent] = []
    if not application._state.adding:
        for event in application.chain.events.select_related("annuls").order_by("position"):
            ids[event.source_id or ""] = event.id
            history.append(_as_history(event))
    for row in rows:
        history.append(RegisterEvent(row.event_id, row.code, row.valid_on, row.known_at, row.amount, row.annuls))
        _labels(application, row)
        _columns(application, history)
        mark = Mark(
            amount=row.amount, register_code=row.code, source_id=row.event_id, known_at=row.known_at, target=status_after(history),
            annuls_id=ids.get(row.annuls), data={"row": _fingerprint(row)}, goals="|".join(row.goals),
        )
        event = perform(application, "import_event", Facts(), Actor.system(), row.valid_on, mark)
        ids[row.event_id] = event.id
    _store_goals(application, rows[-1])


def _as_history(event: Event) -> RegisterEvent:
    annuls = event.annuls.source_id or "" if event.annuls else ""
    return RegisterEvent(event.source_id or "", event.register_code, event.valid_on, event.known_at, event.amount, annuls)


def _labels(application: Application, row: RegisterRow) -> None:
    application.scheme = Scheme.objects.get(code=row.scheme_code)
    application.subsidy_form, application.applicant_type = row.subsidy_form, row.applicant_type
    application.municipality_id, application.received_on = row.municipality_code, row.received_on


def _columns(application: Application, history: list[RegisterEvent]) -> None:
    left = effective(history)
    first = next((e.valid_on for e in left if e.code in ("verleend", "direct_vastgesteld", "afgewezen", "buiten_behandeling")), None)
    settled: date | None = next((e.valid_on for e in reversed(left) if e.code in ("vastgesteld", "direct_vastgesteld")), None)
    application.decided_on, application.settled_on = first, settled
    application.granted_amount = amount_after(left)
    application.settled_amount = settled_after(left)


def _store_goals(application: Application, row: RegisterRow) -> None:
    application.goal_links.all().delete()
    ApplicationGoal.objects.bulk_create(ApplicationGoal(application=application, goal_id=code) for code in row.goals)
