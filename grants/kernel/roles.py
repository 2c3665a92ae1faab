"""The one list of roles (the ids of the domain reference, plus controller and scheme manager)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    APPLICANT = "applicant", _("aanvrager")
    REPRESENTATIVE = "representative", _("gemachtigde")
    INTAKE_OFFICER = "intake_officer", _("medewerker intake")
    CASE_HANDLER = "case_handler", _("behandelaar")
    REVIEWER = "reviewer", _("toetser")
    MANDATE_HOLDER = "mandate_holder", _("gemandateerde")
    FINANCE_OFFICER = "finance_officer", _("financieel medewerker")
    FINANCE_APPROVER = "finance_approver", _("budgethouder")
    OBJECTION_HANDLER = "objection_handler", _("bezwaarjurist")
    OBJECTION_DECIDER = "objection_decider", _("beslisser op bezwaar")
    POLICY_OFFICER = "policy_officer", _("beleidsmedewerker")
    RECORDS_OFFICER = "records_officer", _("informatiebeheerder")
    AUDITOR = "auditor", _("auditor")
    CONTROLLER = "controller", _("controller")
    SCHEME_MANAGER = "scheme_manager", _("regelingbeheerder")
    ADMIN = "admin", _("functioneel beheerder")
    SYSTEM = "system", _("systeem")


OUTSIDE = frozenset({Role.APPLICANT, Role.REPRESENTATIVE})
"""Roles of people outside the province: they see only what is theirs."""

CASE_READERS = frozenset(
    {
        Role.INTAKE_OFFICER,
        Role.CASE_HANDLER,
        Role.REVIEWER,
        Role.MANDATE_HOLDER,
        Role.FINANCE_OFFICER,
        Role.FINANCE_APPROVER,
        Role.OBJECTION_HANDLER,
        Role.OBJECTION_DECIDER,
        Role.RECORDS_OFFICER,
        Role.AUDITOR,
        Role.CONTROLLER,
    }
)
"""Roles that may read cases of the schemes they are assigned to. Admin, policy officer and scheme manager may not."""

STAFF = frozenset(Role) - OUTSIDE - {Role.SYSTEM}
