"""The parts that this floor brings to a case page."""

from __future__ import annotations

from django.http import HttpRequest

from decisions.models import Claim, PaymentOrder, SampleEntry
from grants.applications import panels
from grants.applications.models import Application
from grants.applications.panels import Panel


def register() -> None:
    panels.register(default_notices, official=True)
    panels.register(money, official=True)
    panels.register(own_money, official=False)
    panels.register(sample, official=True)


def default_notices(request: HttpRequest, application: Application) -> Panel | None:
    notices = list(application.default_notices.all())
    return Panel("decisions/panels/notices.html", {"notices": notices}) if notices else None


def sample(request: HttpRequest, application: Application) -> Panel | None:
    """The sample in which the case fell, or on whose list it stands."""
    entry = SampleEntry.objects.select_related("draw", "check_record").filter(application=application).first()
    return Panel("decisions/panels/sample.html", {"entry": entry, "check": getattr(entry, "check_record", None)}) if entry else None


def money(request: HttpRequest, application: Application) -> Panel | None:
    return _money(application, official=True)


def own_money(request: HttpRequest, application: Application) -> Panel | None:
    """What an applicant sees: not what was stopped, nor a claim that no decision has fixed."""
    return _money(application, official=False)


def _money(application: Application, *, official: bool) -> Panel | None:
    payments = PaymentOrder.objects.filter(application=application).order_by("due_on", "id")
    claims = Claim.objects.filter(application=application).order_by("since", "id")
    if not official:
        payments, claims = payments.exclude(state="stopped"), claims.exclude(decision=None)
    found = {"payments": list(payments), "claims": list(claims), "official": official}
    return Panel("decisions/panels/money.html", found) if found["payments"] or found["claims"] else None
