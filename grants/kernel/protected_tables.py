"""Which kernel tables the database protects."""

from __future__ import annotations

from grants.kernel import triggers


def register() -> None:
    triggers.register(
        *triggers.append_only("kernel_event"),
        *triggers.append_only("kernel_dailydigest"),
        *triggers.append_only("kernel_accesslog"),
    )
