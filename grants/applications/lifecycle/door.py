"""The one door: every change of status, and every act worth remembering, goes through `perform`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django_fsm import has_transition_perm

from grants.applications.lifecycle.acts import Act
from grants.applications.lifecycle.facts import Facts
from grants.applications.lifecycle.guards import Refusal
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.models import Event
from grants.kernel.recording import recording
from grants.kernel.roles import Role


class ActError(Exception):
    """An act that did not happen; `str()` is a sentence for people."""


class UnknownAct(ActError):
    def __init__(self, act: str) -> None:
        super().__init__(f"De handeling '{act}' bestaat niet.")


class WrongStatus(ActError):
    """The case (or `subject`, a record beside it) is not in a state from which the act can start."""

    def __init__(self, act: Act, status: str, subject: str = "de zaak", words: str = "") -> None:
        self.act, self.status = act, status
        now = words or (Status(status).label if status else "nieuw")
        super().__init__(f"'{act.label}' kan niet: {subject} is nu {now}.")


class NotPermitted(ActError):
    def __init__(self, act: Act) -> None:
        self.act = act
        people = act.roles - {Role.SYSTEM} or act.roles  # the system is nobody to ask, unless the act is its alone
        who = ", ".join(sorted(str(role.label) for role in people))
        super().__init__(f"U mag '{act.label}' niet doen. Dit mag: {who}.")


class Refused(ActError):
    """One or more guards refused; nothing changed."""

    def __init__(self, act: Act, refusals: Iterable[Refusal]) -> None:
        self.act, self.refusals = act, tuple(refusals)
        super().__init__(" ".join(str(refusal) for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class Mark:
    """What the event says beside the act itself: amounts, references, and how an import knew it. No personal data."""

    amount: Decimal | None = None
    data: dict[str, Any] = field(default_factory=dict)
    annuls_id: UUID | None = None
    target: str | None = None
    register_code: str | None = None
    source_id: str | None = None
    known_at: datetime | None = None
    goals: str | None = None


StandIn = Callable[[Application, Actor], int | None]
_stand_ins: list[StandIn] = []


def stand_in_from(function: StandIn) -> None:
    """A higher floor says in whose place somebody works on a case (the id of an absent colleague), so that the event names both."""
    if function not in _stand_ins:
        _stand_ins.append(function)


def _in_the_place_of(application: Application, actor: Actor) -> int | None:
    if actor.on_behalf_of is not None:
        return actor.on_behalf_of.pk
    return next((found for function in _stand_ins if (found := function(application, actor)) is not None), None)


_machines: list[type[Model]] = [Application]
"""The models with acts of their own: the case, and the records beside it that higher floors register."""


def register_machine(model: type[Model]) -> None:
    """Let `act_named` find the acts of a record beside the spine. Names of acts are unique over all machines."""
    if model not in _machines:
        _machines.append(model)


def machines() -> tuple[type[Model], ...]:
    """The case first, then the records beside it."""
    return tuple(_machines)


def act_named(name: str) -> Act:
    """The row of the table for an act's name, of the case or of a record beside it. Raises UnknownAct."""
    for model in _machines:
        transitions = getattr(getattr(model, name, None), "_django_fsm", None)
        if transitions is not None:
            act: Act = next(iter(transitions.transitions.values())).custom["act"]
            return act
    raise UnknownAct(name)


def refusals_of(name: str, facts: Facts, day: date) -> tuple[Refusal, ...]:
    """What the guards of an act say on `day`, without doing it."""
    found = (guard(facts, day) for guard in act_named(name).guards)
    return tuple(refusal for refusal in found if refusal is not None)


def can_start(application: Application, name: str) -> bool:
    """Is the case in a state from which the act can start? False for an act of a record beside it."""
    act_named(name)
    method = getattr(Application, name, None)
    return method is not None and bool(method._django_fsm.has_transition(application.status))


def system_may(act: Act, actor: Actor) -> bool:
    """Is this the system, in an act that its row gives to the system? On whose behalf makes no difference then."""
    return actor.user is None and actor.role == Role.SYSTEM and Role.SYSTEM in act.roles


def may_perform(application: Application, name: str, actor: Actor) -> bool:
    """May this actor do the act on this case? The system may only what its row gives it, or what a person signed."""
    if system_may(act_named(name), actor):
        return True
    return actor.principal is not None and bool(has_transition_perm(getattr(application, name), actor.principal))


def perform(application: Application, name: str, facts: Facts, actor: Actor, day: date, mark: Mark = Mark()) -> Event:  # noqa: B008
    """Do one act on one case, and leave exactly one event. `day` is the legal day; it is never in the future.

    Raises UnknownAct, WrongStatus, NotPermitted or Refused (subclasses of ActError); then nothing has changed.
    The instance is saved with whatever the caller changed on it, and with its new status.
    """
    act = act_named(name)
    not_in_the_future(act, day)
    with recording() as record:
        if application._state.adding:
            application.chain.save(force_insert=True)
        else:
            stored = Application.objects.select_for_update().values_list("status", flat=True).get(pk=application.pk)
            if stored != application.status:
                raise WrongStatus(act, stored)
        if not can_start(application, name):
            raise WrongStatus(act, application.status)
        if not may_perform(application, name, actor):
            raise NotPermitted(act)
        refusals = refusals_of(name, facts, day)
        if refusals:
            raise Refused(act, refusals)
        before = application.status
        arguments = {} if mark.target is None else {"target": mark.target}
        getattr(application, name)(**arguments)
        application.save()
        return record.append(event_of(application, name, act, before, actor, day, mark))


def not_in_the_future(act: Act, day: date) -> None:
    """Raises Refused for a legal day after today."""
    if day > clock.today():
        raise Refused(act, [Refusal("De dag van een handeling kan niet in de toekomst liggen.")])


def event_of(application: Application, name: str, act: Act, before: str, actor: Actor, day: date, mark: Mark) -> Event:
    """The event of an act on this case, not yet recorded; the labels that figures count by are frozen on it."""
    goals = mark.goals if mark.goals is not None else "|".join(sorted(g.goal_id for g in application.goal_links.all()))
    return Event(
        chain=application.chain,
        act=name,
        from_status=before,
        to_status=application.status,
        actor=actor.user,
        on_behalf_of_id=_in_the_place_of(application, actor),
        role=actor.role,
        article=act.article,
        valid_on=day,
        known_at=mark.known_at,  # type: ignore[misc]  # given at the end of the recording
        register_code=act.register_code if mark.register_code is None else mark.register_code,
        amount=mark.amount,
        scheme_code=application.scheme_id,
        bundle=application.scheme.bundle,
        subsidy_form=application.subsidy_form,
        goals=goals,
        applicant_type=application.applicant_type,
        municipality_code=application.municipality_id or "",
        area_code=application.area_id or "",
        received_on=application.received_on,
        source_id=mark.source_id,
        annuls_id=mark.annuls_id,
        data=mark.data,
    )
