"""Who may sign in, and in which roles."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.kernel import clock
from grants.kernel.roles import CASE_READERS, STAFF, Role


class User(AbstractUser):
    """An account: a resident, an organisation's member or an official. Identity comes from a provider; no BSN is kept here."""

    function_title = models.CharField(_("functie"), max_length=120, blank=True)
    is_demo = models.BooleanField(_("demopersoon"), default=False, help_text=_("Een verzonnen persoon voor het uitproberen."))

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def _assignments(self) -> tuple[RoleAssignment, ...]:
        return tuple(self.role_assignments.all())

    def roles(self, scheme_code: str | None = None, day: date | None = None) -> frozenset[Role]:
        """The roles held on `day` (default today): for one scheme, or for any scheme when no code is given."""
        day = day or clock.today()
        return frozenset(
            Role(a.role)
            for a in self._assignments
            if a.holds_on(day) and (scheme_code is None or a.scheme_code in ("", scheme_code))
        )

    def has_role(self, *roles: Role, scheme_code: str | None = None, day: date | None = None) -> bool:
        return not self.roles(scheme_code, day).isdisjoint(roles)

    def scheme_codes_for(self, roles: frozenset[Role]) -> frozenset[str] | None:
        """Codes of the schemes for which one of `roles` is held today; None means every scheme."""
        day = clock.today()
        codes = {a.scheme_code for a in self._assignments if a.role in roles and a.holds_on(day)}
        return None if "" in codes else frozenset(codes)

    @property
    def is_official(self) -> bool:
        """Holds at least one role inside the province."""
        return not self.roles().isdisjoint(STAFF)

    @property
    def reads_cases(self) -> bool:
        return not self.roles().isdisjoint(CASE_READERS)


class RoleAssignment(models.Model):
    """A role for a person, for one scheme or for all, during a period (both ends inclusive)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("rol"), max_length=30, choices=Role)
    scheme_code = models.CharField(_("regeling"), max_length=40, blank=True, help_text=_("Leeg: voor alle regelingen."))
    valid_from = models.DateField(_("geldig vanaf"))
    valid_to = models.DateField(_("geldig tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("roltoekenning")
        verbose_name_plural = _("roltoekenningen")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_assignment_known_role"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="role_assignment_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
