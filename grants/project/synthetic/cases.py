"""Fictitious cases in bulk: each with its chain of events, hashed like every other, its terms, and the words it is found by.

The events of all cases are written in the order of their moments, for the record must run in one order. There are no
decisions, letters or payments beside the events, and no ceiling: load data is for lists, search, figures and pages.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from django.db import connection, transaction

from applicants.models import Applicant
from grants.applications.deadlines import explained
from grants.applications.finding import CaseWord
from grants.applications.lifecycle.door import act_named
from grants.applications.models import Application, ApplicationGoal, Deadline, Origin, Submission
from grants.applications.words import number_words, words
from grants.kernel import clock
from grants.kernel.canonical import sha256
from grants.kernel.models import Chain, DailyDigest, Event, User
from grants.kernel.recording import event_hash, take_sequence
from grants.kernel.roles import Role
from grants.project.demo.lives import answers_for
from grants.project.synthetic.paths import PATHS, Path
from grants.project.synthetic.people import TITLES, applicants, officials
from grants.project.synthetic.writing import write_rows
from grants.schemes.freedays import count
from grants.schemes.models import Area, Municipality, Scheme, SchemeVersion

BATCH = 2000
PREFIX = "SYN"
WITH_AMOUNT = {"submit", "grant", "settle_directly", "settle"}
ENDS_TERM = {"DECISION": {"grant", "settle_directly", "reject", "withdraw_application", "forward"}, "SETTLEMENT": {"settle"}, "REPORT_DUE": {"submit_report", "withdraw_grant"}}
STARTS_TERM = {"submit": "DECISION", "submit_report": "SETTLEMENT", "grant": "REPORT_DUE"}


@dataclass(slots=True)
class Case:
    """One case in the making: its row, its chain, the moments of the acts to come, and the events that were written."""

    row: Application
    path: Path
    moments: list[datetime]
    handler: User
    goal: str
    done: int = 0
    days: list[date] = field(default_factory=list)
    ids: list[Any] = field(default_factory=list)


class Writer:
    """Rows that wait to be written, so many at a time."""

    def __init__(self) -> None:
        self.waiting: dict[type[Any], list[Any]] = {model: [] for model in (Chain, Event, Application, ApplicationGoal, Submission, Deadline, CaseWord)}

    def add(self, *rows: Any) -> None:
        for row in rows:
            self.waiting[type(row)].append(row)

    def flush(self, least: int = BATCH) -> None:
        if max(len(rows) for rows in self.waiting.values()) < least:
            return
        for model, rows in self.waiting.items():
            if rows:
                write_rows(model, rows)
                rows.clear()


@transaction.atomic
def synthesize(number: int, seed: int = 1) -> int:
    """Add so many fictitious cases, all or none; returns how many there are of them now. The caller saw that this may be done."""
    have = Application.objects.filter(case_number__startswith=f"{PREFIX}-").count()
    random = Random(seed + have)
    world = World(number, random)
    sequence, earliest = take_sequence()
    sealed = DailyDigest.objects.order_by("-day").first()
    if sealed is not None:
        earliest = max(earliest or clock.start_of(sealed.day), clock.start_of(sealed.day + timedelta(days=1)))
    writer = Writer()
    waiting: list[tuple[datetime, int, Case]] = []
    for order, case in enumerate(world.cases(have)):
        sequence = _write_until(case.moments[0], waiting, writer, sequence, earliest, world)
        heapq.heappush(waiting, (case.moments[0], order, case))
    _write_until(None, waiting, writer, sequence, earliest, world)
    writer.flush(1)
    return have + number


def analyse() -> None:
    """Tell the database what there is now, so that it plans its queries for it; PostgreSQL does so by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" and not connection.in_atomic_block else "ANALYZE")


def _write_until(
    moment: datetime | None, waiting: list[tuple[datetime, int, Case]], writer: Writer, sequence: int, earliest: datetime | None, world: World
) -> int:
    """Write every event that lies before a moment (or all), oldest first; returns the last sequence."""
    while waiting and (moment is None or waiting[0][0] <= moment):
        at, order, case = heapq.heappop(waiting)
        sequence += 1
        writer.add(_event(case, at, sequence, max(at, earliest) if earliest else at, world))
        if case.done < len(case.moments):
            heapq.heappush(waiting, (case.moments[case.done], order, case))
        else:
            writer.add(*_finished(case, world))
            writer.flush()
    return sequence


class World:
    """What cases are made of: schemes, places, applicants and officials."""

    def __init__(self, number: int, random: Random) -> None:
        self.number, self.random = number, random
        self.versions = {scheme.code: scheme.current_version() for scheme in Scheme.objects.filter(is_historical=False).order_by("code")}
        self.schemes = [version.scheme for version in self.versions.values()]
        self.applicants = applicants(max(1, number // 4), random)
        self.officials = officials()
        self.handlers = self.officials[Role.CASE_HANDLER]
        self.municipalities = list(Municipality.objects.order_by("code"))
        self.areas = list(Area.objects.order_by("code"))
        self.answers: dict[str, dict[str, Any]] = {}

    def cases(self, have: int) -> Iterator[Case]:
        """The cases, by the moment of their first act. They stand as the shares of the paths say."""
        now = clock.now()
        plans = []
        for path in self.random.choices(PATHS, weights=[path.share for path in PATHS], k=self.number):
            gaps = [self.random.randint(step.least, step.most) * 86_400 + self.random.randint(60, 7_200) for step in path.steps]
            ended = now - timedelta(seconds=self.random.randint(0, path.last_ago * 86_400))
            moments = [ended - timedelta(seconds=sum(gaps[place + 1 :])) for place in range(len(gaps))]
            plans.append((moments, path))
        plans.sort(key=lambda plan: plan[0][0])
        for place, (moments, path) in enumerate(plans, start=have + 1):
            yield self._case(place, moments, path)

    def _case(self, place: int, moments: list[datetime], path: Path) -> Case:
        random = self.random
        scheme = random.choice(self.schemes)
        version = self.versions[scheme.code]
        applicant: Applicant = random.choice(self.applicants)
        area = random.choice(self.areas) if self.areas and random.random() < 0.3 else None
        municipality = area.municipality_id if area else random.choice(self.municipalities).code
        number = f"{PREFIX}-{clock.legal_day(moments[1]).year}-{place:06d}"
        row = Application(
            chain=Chain(label=number), case_number=number, scheme=scheme, version=version, applicant=applicant, applicant_type=applicant.type,
            origin=Origin.PORTAL, is_demo=True, title=f"{random.choice(TITLES)} {place}", summary="Verzonnen aanvraag om de snelheid te meten.",
            subsidy_form=version.definition.subsidy_form, municipality_id=municipality, area=area,
            requested_amount=Decimal(random.randint(50, 12_500)) * 10 + Decimal(random.randint(0, 99)) / 100,
        )
        goals = version.definition.goals
        return Case(row, path, moments, random.choice(self.handlers), random.choice(goals) if goals else "")

    def answers_of(self, row: Application) -> dict[str, Any]:
        """A filled-in form; only title and amount differ within a scheme, the rest is put together once."""
        start = row.activity_start or clock.today()
        if row.scheme_id not in self.answers:
            self.answers[row.scheme_id] = answers_for(row, "", Decimal(0), start)
        keys = {q.maps_to: q.key for q in row.definition.questions if q.maps_to in ("title", "requested_amount")}
        values = {"title": row.title, "requested_amount": f"{row.requested_amount:.2f}".replace(".", ",")}
        return {**self.answers[row.scheme_id], **{key: values[name] for name, key in keys.items()}}


def _event(case: Case, planned: datetime, sequence: int, recorded: datetime, world: World) -> Event:
    """The next event of a case, with its place in the record and its hash, and what it does to the row."""
    step, row, day = case.path.steps[case.done], case.row, clock.legal_day(planned)
    act = act_named(step.act)
    before = case.path.steps[case.done - 1].to if case.done else ""
    if step.act == "submit":
        row.received_on, row.received_at = day, planned
    actor = case.handler if step.role == Role.CASE_HANDLER else (world.officials.get(step.role) or [None])[0]
    event = Event(
        chain=row.chain, position=case.done + 1, sequence=sequence, act=step.act, from_status=before, to_status=step.to, actor=actor,
        on_behalf_of=world.officials[Role.MANDATE_HOLDER][0] if step.role == Role.SYSTEM else None, role=step.role, article=act.article,
        valid_on=day, known_at=recorded, recorded_at=recorded, register_code=act.register_code,
        amount=row.requested_amount if step.act in WITH_AMOUNT else None, scheme_code=row.scheme_id, bundle=row.scheme.bundle,
        subsidy_form=row.subsidy_form, goals=case.goal, applicant_type=row.applicant_type, municipality_code=row.municipality_id or "",
        area_code=row.area_id or "", received_on=row.received_on, data={"handler": case.handler.pk} if step.act == "assign" else {},
        previous_hash=row.chain.head,
    )
    event.hash = event_hash(event)
    row.chain.head, row.chain.length = event.hash, case.done + 1
    row.last_event_at = recorded
    case.done += 1
    case.days.append(day)
    case.ids.append(event.pk)
    return event


def _finished(case: Case, world: World) -> Iterator[Any]:
    """All rows of a case whose last act was written."""
    row, acts = case.row, [step.act for step in case.path.steps]
    on = dict(zip(acts, case.days, strict=True))
    decided = next((act for act in acts if act in ("grant", "settle_directly", "reject")), None)
    settled = next((act for act in acts if act in ("settle", "settle_directly")), None)
    row.handler = case.handler if "assign" in acts else None
    row.complete_on, row.closed_on = on.get("mark_complete"), on.get("close")
    if decided:
        row.decided_on = on[decided]
        row.granted_amount = None if decided == "reject" else row.requested_amount
    if settled:
        row.settled_amount, row.settled_on, row.settlement_outcome = row.requested_amount, on[settled], "conform"
        row.settlement_mode = "direct" if settled == "settle_directly" else "on_application"
    row.activity_start = on["submit"] + timedelta(days=60)
    row.activity_end = row.activity_start + timedelta(days=90)
    terms = list(_terms(case, on))
    row.decision_due_on = next((term.last_day for term in terms if term.rule == "DECISION"), None)
    row.report_due_on = next((term.last_day for term in terms if term.rule == "REPORT_DUE"), None)
    row.next_due_on = min((term.last_day for term in terms if term.ended_by_id is None and term.rule in ("DECISION", "SETTLEMENT")), default=None)
    row.__dict__["status"] = case.path.steps[-1].to  # past the machine: these cases never lived
    answers = world.answers_of(row)
    yield row.chain
    yield row
    if case.goal:
        yield ApplicationGoal(application=row, goal_id=case.goal, is_main=True)
    yield Submission(
        application=row, event_id=case.ids[acts.index("submit")], kind=Submission.Kind.APPLICATION, answers=answers, digest=sha256(answers),
        received_at=row.received_at,
    )
    yield from terms
    applicant = row.applicant
    assert applicant is not None and row.case_number is not None
    for word in sorted(words(row.title, applicant.name, applicant.kvk_number) | number_words(row.case_number)):
        yield CaseWord(application=row, word=word)


def _terms(case: Case, on: dict[str, date]) -> Iterator[Deadline]:
    acts = [step.act for step in case.path.steps]
    for act, rule in STARTS_TERM.items():
        if act not in on:
            continue
        start = on[act]
        version: SchemeVersion = case.row.version  # type: ignore[assignment]
        terms = version.definition.terms
        if rule == "REPORT_DUE":
            raw = last = start + timedelta(weeks=52)
            steps = [{"step": "Termijn die wij hebben gesteld.", "article": "4:37 Awb", "date": last.isoformat()}]
        else:
            raw, last, steps = _counted(f"DECISION_{terms.decision_weeks if rule == 'DECISION' else terms.settlement_weeks}W_ASV", start)
        ended = next((place for place, name in enumerate(acts) if name in ENDS_TERM[rule] or name == "close"), None)
        yield Deadline(
            application=case.row, event_id=case.ids[acts.index(act)], rule=rule, starts_on=start, raw_end=raw, last_day=last, explanation=steps,
            ended_by_id=None if ended is None else case.ids[ended], ended_on=None if ended is None else case.days[ended],
        )


@lru_cache(maxsize=5000)
def _counted(rule: str, start: date) -> tuple[date, date, list[dict[str, str]]]:
    term = count(rule, start)
    return term.raw_end, term.last_day, explained(term)
