"""The table of acts, read from the code: for the command, the documents and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db.models import Model

from grants.applications.lifecycle.acts import Act
from grants.applications.lifecycle.door import machines
from grants.applications.models import Application


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    act: Act
    sources: tuple[str, ...]
    targets: tuple[str, ...]  # empty: the state stays


@cache
def rows(model: type[Model] = Application) -> tuple[Row, ...]:
    """Every act of the case, or of one kind of record beside it, in the order of its number."""
    found: dict[str, Row] = {}
    field = model._meta.get_field("status" if model is Application else "state")
    for transition in field.get_all_transitions(model):  # type: ignore[union-attr]
        target = transition.target
        targets = () if target is None else tuple(getattr(target, "allowed_states", None) or (target,))
        known = found.get(transition.name)
        source = str(transition.source)
        sources = (*known.sources, source) if known else (source,)
        found[transition.name] = Row(transition.name, transition.custom["act"], sources, targets)
    return tuple(sorted(found.values(), key=lambda row: (int(row.act.number[1:3]), row.act.number)))


def rows_by_machine() -> dict[str, tuple[Row, ...]]:
    """The rows of every machine, by the name of its model: the case first, then the records beside it."""
    return {str(model._meta.model_name): rows(model) for model in machines()}


ACT_NAMES: tuple[str, ...] = tuple(row.name for row in rows())
