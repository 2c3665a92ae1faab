"""What can be done with a case now, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from decisions.hindered import is_hindered
from decisions.money import IN_OBJECTION
from grants.applications.lifecycle.door import can_start
from grants.applications.lifecycle.table import rows
from grants.applications.models import Application
from grants.applications.services.handling import PLAIN_ACTS
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role

OWN_PAGES = {
    "request_completion": "decisions:request-completion",
    "request_report_completion": "decisions:request-completion",
    "complete": "decisions:incoming",
    "submit_report": "decisions:incoming",
    "complete_report": "decisions:incoming",
    "mark_complete": "decisions:mark-complete",
    "assess": "decisions:assess",
    "delay_notice": "decisions:delay",
    "suspend_term": "decisions:suspend",
    "end_suspension": "decisions:end-suspension",
    "correct_labels": "decisions:labels",
    "record_default_notice": "decisions:default-notice",
    "resend": "decisions:resend",
    "annul_event": "decisions:annul",
    "test_state_aid": "decisions:aid",
    "ask_view": "decisions:view",
    "ask_view_aside": "decisions:view",
}
WITHOUT_SCHEME = {"correct_labels", "annul_event", "close", "reopen"}
"""What can be done with an imported case: nothing that asks its rules, or writes to somebody we do not know."""
BY_BUTTON = {"recovery_lapsed", "view_lapsed", "report_lapsed", "send_reminder", "close", "reopen", "view_received", "receive_view_aside", *PLAIN_ACTS}


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    label: str
    address: str
    number: str


def plain_acts(application: Application, user: User) -> list[Choice]:
    """Acts without a decision that this person may start on the case now."""
    held = user.roles(application.scheme_id)
    found = []
    for row in rows():
        if application.version_id is None and row.name not in WITHOUT_SCHEME:
            continue
        if row.act.decision or row.act.hidden or not (held & row.act.roles) or not can_start(application, row.name):
            continue
        if is_hindered(application, row.name, clock.today()):
            continue
        if row.name == "assess":  # the handler's form; whoever reviews has a button of their own
            if Role.CASE_HANDLER in held:
                found.append(Choice(row.name, _("Beoordelen"), reverse(OWN_PAGES[row.name], args=[application.pk]), row.act.number))
        elif row.name in OWN_PAGES:
            found.append(Choice(row.name, row.act.label, reverse(OWN_PAGES[row.name], args=[application.pk]), row.act.number))
        elif row.name in BY_BUTTON:
            found.append(Choice(row.name, row.act.label, reverse("decisions:plain-act", args=[application.pk, row.name]), row.act.number))
    return found


def decision_acts(application: Application, user: User) -> list[Choice]:
    """Decisions that this person may prepare for the case as it stands. An imported case has no scheme version to decide on."""
    if application.version_id is None or not user.has_role(Role.CASE_HANDLER, Role.OBJECTION_HANDLER, scheme_code=application.scheme_id):
        return []
    return [
        Choice(row.name, row.act.label, reverse("decisions:prepare", args=[application.pk, row.name]), row.act.number)
        for row in rows()
        if row.act.decision and row.name not in IN_OBJECTION and can_start(application, row.name) and not is_hindered(application, row.name, clock.today())
    ]
