"""A published version of a scheme never changes: running cases rest on it."""

from __future__ import annotations

from grants.kernel import triggers


def register() -> None:
    triggers.register(
        *triggers.append_only("grants_schemeversion"),
        *triggers.append_only("grants_question"),
        *triggers.append_only("grants_criterion"),
    )
