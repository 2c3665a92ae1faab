"""Access rules of higher floors: documents that somebody may see for another reason than a role for the case.

An adviser who is asked about a case sees the documents that go with the question, and nothing else of the case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from grants.kernel.models import User

DocumentRule = Callable[["User"], QuerySet]
_rules: list[DocumentRule] = []


def register(rule: DocumentRule) -> None:
    """`rule(user)` gives a queryset of document ids (one column) that are shared with the user now."""
    if rule not in _rules:
        _rules.append(rule)


def shared_with(user: User) -> Q:
    """The documents that a rule shares with an official; nothing for people outside."""
    shared = Q(pk__in=[])
    if user.is_authenticated and user.is_official:
        for rule in _rules:
            shared |= Q(pk__in=rule(user))
    return shared
