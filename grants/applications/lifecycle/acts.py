"""What an act is, beside its source and target: its number, who may do it, on which article, with which letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grants.applications.lifecycle.guards import Guard
from grants.kernel.roles import OUTSIDE, Role

if TYPE_CHECKING:
    from grants.applications.models import Application
    from grants.kernel.models import User


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the transition table.

    `letter` is the kind that goes out ('' for none); `decision` marks a besluit with a remedy clause, which is
    signed first and takes effect at dispatch; `register_code` is its code in the register format ('' for none).
    """

    number: str
    label: str
    roles: frozenset[Role]
    article: str = ""
    letter: str = ""
    decision: bool = False
    guards: tuple[Guard, ...] = ()
    register_code: str = ""
    hidden: bool = field(default=False)


def may(*roles: Role) -> Callable[[Application, User], bool]:
    """The permission of a transition: the person holds one of `roles` for this scheme.

    Applicants and representatives must also act for this very applicant.
    """
    asked = frozenset(roles)

    def permitted(subject: Application | Any, user: User) -> bool:
        application = getattr(subject, "application", subject)  # a record beside the spine names its case
        held = user.roles(application.scheme_id) & asked
        return bool(held - OUTSIDE) or bool(held & OUTSIDE and application.is_represented_by(user))

    permitted.roles = asked  # type: ignore[attr-defined]
    return permitted


def described(number: str, label: str, *roles: Role, guards: tuple[Guard, ...] = (), **rest: Any) -> dict[str, Any]:
    """The `permission` and `custom` arguments of a transition, from one row of the table."""
    act = Act(number=number, label=label, roles=frozenset(roles), guards=guards, **rest)
    return {"permission": may(*roles), "custom": {"act": act}}
