"""The table of acts, read from the code: for the command, the documents and the tests."""

from __future__ import annotations

from dataclasses import dataclass

from grants.applications.lifecycle.acts import Act
from grants.applications.models import Application


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    act: Act
    sources: tuple[str, ...]
    targets: tuple[str, ...]  # empty: the state stays


def rows() -> tuple[Row, ...]:
    """Every act, in the order of its number."""
    found: dict[str, Row] = {}
    for transition in Application._meta.get_field("status").get_all_transitions(Application):
        target = transition.target
        targets = () if target is None else tuple(getattr(target, "allowed_states", None) or (target,))
        known = found.get(transition.name)
        source = str(transition.source)
        sources = (*known.sources, source) if known else (source,)
        found[transition.name] = Row(transition.name, transition.custom["act"], sources, targets)
    return tuple(sorted(found.values(), key=lambda row: (int(row.act.number[1:3]), row.act.number)))


ACT_NAMES: tuple[str, ...] = tuple(row.name for row in rows())
