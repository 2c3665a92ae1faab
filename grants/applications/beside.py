"""Records that run beside the spine (objection, payment, claim): states of their own, one event on the case for each act.

The case itself stays where it is; only what such a record decides moves it, by an act of the case.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django_fsm import FSMModelMixin, has_transition_perm

from grants.applications.lifecycle.acts import Act
from grants.applications.lifecycle.door import (
    Mark,
    NotPermitted,
    Refused,
    UnknownAct,
    WrongStatus,
    event_of,
    machines,
    not_in_the_future,
    system_may,
)
from grants.applications.models import Application
from grants.kernel.actor import Actor
from grants.kernel.audit import Finding
from grants.kernel.models import Event
from grants.kernel.recording import recording

if TYPE_CHECKING:
    from grants.kernel.models import User


class SideRecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> SideRecordQuerySet:
        return self.filter(application__in=Application.objects.visible_to_official(user))


class SideRecord(FSMModelMixin, models.Model):
    """A record of one case with a machine of its own. `event` is the act that made its present state.

    A subclass has a protected `state` (FSMField) whose transitions carry a row of the table (`acts.described`), names
    itself in `words` ("het bezwaar"), and is registered with `door.register_machine`.
    """

    words: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="%(class)ss")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    objects = SideRecordQuerySet.as_manager()

    class Meta:
        abstract = True

    state: Any

    @property
    def key(self) -> str:
        """How the events of the case name this record."""
        return f"{self._meta.model_name}:{self.pk}"


def side_act(record: SideRecord, name: str) -> Act:
    """The row of the table for an act of this record. Raises UnknownAct."""
    transitions = getattr(getattr(type(record), name, None), "_django_fsm", None)
    if transitions is None:
        raise UnknownAct(name)
    act: Act = next(iter(transitions.transitions.values())).custom["act"]
    return act


def can_start_beside(record: SideRecord, name: str) -> bool:
    """Is the record in a state from which the act can start?"""
    side_act(record, name)
    return bool(getattr(type(record), name)._django_fsm.has_transition(record.state))


def may_perform_beside(record: SideRecord, name: str, actor: Actor) -> bool:
    """May this actor do the act? The system may only what its row gives it, or what a person signed."""
    if system_may(side_act(record, name), actor):
        return True
    return actor.principal is not None and bool(has_transition_perm(getattr(record, name), actor.principal))


def perform_beside(record: SideRecord, name: str, facts: Any, actor: Actor, day: date, mark: Mark = Mark()) -> Event:  # noqa: B008
    """Do one act on a record beside the spine, and leave exactly one event on its case.

    The caller holds the lock on the case. Raises UnknownAct, WrongStatus, NotPermitted or Refused; then nothing has
    changed. The record is saved with whatever the caller changed on it, and with its new state.
    """
    act = side_act(record, name)
    not_in_the_future(act, day)
    application = record.application
    with recording() as unit:
        if not record._state.adding:
            stored = type(record)._default_manager.select_for_update().values_list("state", flat=True).get(pk=record.pk)
            if stored != record.state:
                raise WrongStatus(act, stored, record.words, stored)
        if not can_start_beside(record, name):
            raise WrongStatus(act, record.state, record.words, record.get_state_display() if record.state else "nieuw")
        if not may_perform_beside(record, name, actor):
            raise NotPermitted(act)
        refusals = [refusal for guard in act.guards if (refusal := guard(facts, day)) is not None]
        if refusals:
            raise Refused(act, refusals)
        before = record.state
        getattr(record, name)()
        data = {**mark.data, "record": record.key, "from": before, "to": record.state}
        event = event_of(
            application, name, act, application.status, actor, day, Mark(amount=mark.amount, data=data, known_at=mark.known_at)
        )
        record.event_id = event.id
        record.save()
        return unit.append(event)


def side_acts(model: type[models.Model]) -> tuple[str, ...]:
    """The names of the acts of one kind of record."""
    transitions = model._meta.get_field("state").get_all_transitions(model)  # type: ignore[union-attr]
    return tuple(dict.fromkeys(transition.name for transition in transitions))


def states_are_last_events() -> Iterator[Finding]:
    """Every record beside the spine stands where the last event that names it put it."""
    for model in machines():
        if not issubclass(model, SideRecord):
            continue
        events = Event.objects.filter(act__in=side_acts(model)).order_by("sequence").values_list("id", "data")
        last = {data.get("record"): (event_id, data.get("to")) for event_id, data in events.iterator()}
        for record in model._default_manager.select_related("application").iterator():
            event_id, target = last.get(record.key, (None, None))
            if (event_id, target) != (record.event_id, record.state):
                where = str(record.application.case_number or record.application_id)
                yield Finding(where, f"{record.words} staat op '{record.state}', maar de laatste gebeurtenis op '{target}'")
