"""Words for what the case page would otherwise show as codes."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from grants.applications.lifecycle.door import UnknownAct, act_named
from grants.applications.statuses import Status
from grants.kernel.roles import Role

register = template.Library()

TERMS = {
    "DECISION": _("beslissen op de aanvraag"),
    "SETTLEMENT": _("beslissen op de verantwoording"),
    "RECOVERY_TERM": _("aanvraag aanvullen"),
    "RECOVERY_TERM_REPORT": _("verantwoording aanvullen"),
    "SAMPLE_TERM": _("bewijs voor de steekproef"),
    "VIEW_TERM": _("zienswijze geven"),
    "REPORT_DUE": _("verantwoorden"),
    "PROGRESS_DUE": _("voortgang melden"),
    "REPORT_REMINDER": _("verantwoorden na het rappel"),
    "PAYMENT_6W": _("betalen"),
    "CLAIM_PAYMENT_6W": _("terugbetalen"),
    "REMINDER_2W": _("betalen na de aanmaning"),
    "PAY_SUSPENSION_13W": _("betaling opgeschort"),
    "OBJECTION_6W": _("bezwaar maken"),
    "OBJ_DECISION": _("beslissen op het bezwaar"),
    "APPEAL_6W": _("in beroep gaan"),
    "DEFAULT_NOTICE_2W": _("twee weken na de ingebrekestelling"),
    "PENALTY_42D": _("dwangsom per dag"),
    "PENALTY_DECISION_2W": _("dwangsom vaststellen"),
    "NOT_HANDLED_4W": _("buiten behandeling stellen"),
}


@register.filter
def act_words(name: str) -> str:
    """The label of an act; the name itself for one that the table no longer has."""
    try:
        return act_named(name).label
    except UnknownAct:
        return name


@register.filter
def status_words(value: str) -> str:
    return str(Status(value).label) if value in Status.values else value


@register.filter
def term_words(rule: str) -> str:
    return str(TERMS.get(rule, rule))


@register.filter
def role_words(value: str) -> str:
    return str(Role(value).label) if value in Role.values else value
