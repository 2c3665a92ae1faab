"""The parts that this floor brings to a case page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from decisions import casefile
from decisions.models import Claim, PaymentOrder
from decisions.models.paying import PaymentState
from decisions.services.defaulting import TERM_NAMES
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel
from grants.kernel import clock
from grants.kernel.money import ZERO


def register() -> None:
    panels.register(default_notices, official=True)
    panels.register(money, official=True)
    panels.register(own_money, official=False)
    panels.register(own_lateness, official=False)
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
    return Panel("decisions/panels/money.html", {"payments": found.payments, "claims": found.claims}, _("Geld"))


def own_money(request: HttpRequest, application: Application) -> Panel | None:
    """What an applicant sees: not what was stopped, nor a claim that no decision has fixed; and the sums of what was and is to be paid."""
    payments = list(PaymentOrder.objects.filter(application=application).exclude(state="stopped").order_by("due_on", "id"))
    claims = list(Claim.objects.filter(application=application).exclude(decision=None).order_by("since", "id"))
    if not payments and not claims:
        return None
    paid = sum((order.amount for order in payments if order.state == PaymentState.CREDITED), ZERO)
    values = {"payments": payments, "claims": claims, "paid": paid, "waiting": sum((order.amount for order in payments), ZERO) - paid}
    return Panel("decisions/panels/own_money.html", values, place=panels.MONEY)


def own_lateness(request: HttpRequest, application: Application) -> Panel | None:
    """Where the applicant says that we are late, as long as we owe a decision."""
    rows = [term for term in application.deadlines.filter(rule__in=TERM_NAMES, ended_by__isnull=True)]
    if not rows:
        return None
    is_late = min(term.last_day for term in rows) < clock.today()
    return Panel("decisions/panels/own_lateness.html", {"application": application, "is_late": is_late}, place=panels.RIGHTS)
