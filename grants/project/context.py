"""What every page may show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from applicants.signin import entries, session
from grants.budget.models import CEILING_READERS
from grants.kernel.roles import Role


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "demo": settings.VERLEEND_DEMO,
        "offers_sign_in": settings.VERLEEND_DEMO or bool(entries.entries()),
        "session_minutes": session.idle_seconds(request) // 60 if signed_in else 0,
        "deciding_body": settings.DECIDING_BODY,
        "shows_workbench": signed_in and user.reads_cases,
        "shows_ceilings": signed_in and not user.reads_cases and user.has_role(*CEILING_READERS),
        "shows_advice": signed_in and user.is_official,
        "shows_letter_texts": signed_in and user.has_role(Role.SCHEME_MANAGER),
        "shows_lessons": signed_in and user.has_role(Role.POLICY_OFFICER),
        "shows_pipeline": signed_in and user.has_role(Role.ADMIN),
        "shows_figures": signed_in
        and user.has_role(Role.CONTROLLER, Role.AUDITOR, Role.POLICY_OFFICER, Role.MANDATE_HOLDER),
    }
