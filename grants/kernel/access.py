"""Which cases a person may see. The rule belongs to a higher floor, which registers it here; everything that hangs
on a case (letters, documents) asks it by the case's chain."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from grants.kernel.models import AccessLog, Chain, Event, User

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


_own_rules: list[ChainRule] = []


def register_own(rule: ChainRule) -> None:
    """`rule(user)` gives the chain ids of the cases in which the user is, or ever was, on the side of the applicant; official or not."""
    if rule not in _own_rules:
        _own_rules.append(rule)


def own_chains(user: User) -> QuerySet:
    """Chains of the cases in which `user` is on the side of the applicant, to keep an official away. It opens nothing: see `acting_chains`."""
    own = Chain.objects.none()
    for rule in _own_rules:
        own = own | Chain.objects.filter(id__in=rule(user))
    return own


_acting_rules: list[ChainRule] = []


def register_acting(rule: ChainRule) -> None:
    """`rule(user)` gives the chain ids of the cases in which the user acts for the applicant now."""
    if rule not in _acting_rules:
        _acting_rules.append(rule)


def acting_chains(user: User) -> QuerySet:
    """Chains of the cases in which `user` acts for the applicant now, and so may see and do what the applicant may."""
    acting = Chain.objects.none()
    for rule in _acting_rules:
        acting = acting | Chain.objects.filter(id__in=rule(user))
    return acting


EventRule = Callable[[User], QuerySet]
_event_rules: list[EventRule] = []


def register_events(rule: EventRule) -> None:
    """`rule(user)` gives the events that the user may still see of cases that are no longer theirs."""
    if rule not in _event_rules:
        _event_rules.append(rule)


def earlier_events(user: User) -> QuerySet:
    """Events of cases that passed from `user` to somebody else, from before they did."""
    seen = Event.objects.none()
    for rule in _event_rules:
        seen = seen | Event.objects.filter(id__in=rule(user).values("id"))
    return seen


def log_read(user: User, what: str, chain: Chain | None = None) -> None:
    """Leave a trace that personal data were read."""
    AccessLog.objects.create(user=user, what=what, chain=chain)
