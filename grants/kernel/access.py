"""Which cases a person may see. The rule belongs to a higher floor, which registers it here; everything that hangs
on a case (letters, documents) asks it by the case's chain."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from grants.kernel.models import AccessLog, Chain, User

ChainRule = Callable[[User], QuerySet]
_rules: list[ChainRule] = []


def register(rule: ChainRule) -> None:
    """`rule(user)` gives a queryset of chain ids (one column) of the cases that the user may see."""
    if rule not in _rules:
        _rules.append(rule)


def visible_chains(user: User) -> QuerySet:
    """Chains of all cases that `user` may see."""
    visible = Chain.objects.none()
    for rule in _rules:
        visible = visible | Chain.objects.filter(id__in=rule(user))
    return visible


def log_read(user: User, what: str, chain: Chain | None = None) -> None:
    """Leave a trace that personal data were read."""
    AccessLog.objects.create(user=user, what=what, chain=chain)
