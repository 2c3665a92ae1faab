"""The parts that this floor brings to a case page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from decisions import casefile
from decisions.models import Claim, PaymentOrder
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel


def register() -> None:
    panels.register(default_notices, official=True)
    panels.register(money, official=True)
    panels.register(own_money, official=False)
    panels.register(sample, official=True)


def default_notices(request: HttpRequest, application: Application) -> Panel | None:
    notices = casefile.of(application).notices
    return Panel("decisions/panels/notices.html", {"notices": notices}, _("Ingebrekestellingen")) if notices else None


def sample(request: HttpRequest, application: Application) -> Panel | None:
    """The sample in which the case fell, or on whose list it stands; fetched with the case."""
    entry = getattr(application, "sample_entry", None)
    return Panel("decisions/panels/sample.html", {"entry": entry, "check": getattr(entry, "check_record", None)}) if entry else None


def money(request: HttpRequest, application: Application) -> Panel | None:
    found = casefile.of(application)
    if not found.payments and not found.claims:
        return None
    return Panel("decisions/panels/money.html", {"payments": found.payments, "claims": found.claims, "official": True}, _("Geld"))


def own_money(request: HttpRequest, application: Application) -> Panel | None:
    """What an applicant sees: not what was stopped, nor a claim that no decision has fixed."""
    payments = list(PaymentOrder.objects.filter(application=application).exclude(state="stopped").order_by("due_on", "id"))
    claims = list(Claim.objects.filter(application=application).exclude(decision=None).order_by("since", "id"))
    return Panel("decisions/panels/money.html", {"payments": payments, "claims": claims, "official": False}) if payments or claims else None
