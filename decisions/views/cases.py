"""The work list."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from decisions.models.batching import BANK_READERS
from decisions.related_panels import ACTORS
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role

PAGE = 50


@allow(*CASE_READERS)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Cases by number; filter by status, or search by number, title or applicant."""
    cases = Application.objects.visible_to(request.user).exclude(status=Status.DRAFT).select_related("scheme", "applicant", "handler")
    status, query = request.GET.get("status", "open"), request.GET.get("q", "").strip()
    if query:
        cases = cases.filter(Q(case_number__iexact=query) | Q(title__icontains=query) | Q(applicant__name__icontains=query))
    elif status == "open":
        cases = cases.exclude(status__in=[Status.CLOSED, Status.WITHDRAWN, Status.FORWARDED]).filter(origin__in=["portal", "paper"])
    elif status in Status.values:
        cases = cases.filter(status=status)
    after = request.GET.get("na", "")
    cases = cases.order_by("case_number")
    if after:
        cases = cases.filter(case_number__gt=after)
    rows = list(cases[: PAGE + 1])
    context = {
        "cases": rows[:PAGE],
        "next": rows[PAGE - 1].case_number if len(rows) > PAGE else "",
        "statuses": Status.choices[1:],
        "chosen": status,
        "query": query,
        "today": clock.today(),
        "shows_positions": request.user.has_role(*ACTORS),
        "shows_post_room": request.user.has_role(Role.INTAKE_OFFICER),
        "shows_bank": request.user.has_role(*BANK_READERS),
    }
    return render(request, "decisions/work.html", context)
