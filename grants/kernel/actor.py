"""Who acts, in which role, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from grants.kernel.models import User
from grants.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`user` is None for the system; `on_behalf_of` is the person whose decision the system carries out."""

    user: User | None
    role: Role
    on_behalf_of: User | None = None

    @property
    def principal(self) -> User | None:
        """The person whose right to act is asked: the actor, or the one the system acts for."""
        return self.on_behalf_of or self.user

    @property
    def person(self) -> User:
        """The user who acts. Raises ValueError for the system: some acts need a person."""
        if self.user is None:
            raise ValueError("this act needs a person")
        return self.user

    @classmethod
    def system(cls, on_behalf_of: User | None = None) -> Actor:
        return cls(user=None, role=Role.SYSTEM, on_behalf_of=on_behalf_of)

    def or_system(self, may: bool) -> Actor:
        """The actor where the actor `may`; else the system for the actor, where one act of a person reaches further than the role."""
        return self if may else Actor.system(on_behalf_of=self.person)
