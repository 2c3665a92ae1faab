"""The work list: what lies on the desk, ordered by the day on which the law wants it done."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applicants.models import ApplicantType
from decisions import work_query
from decisions.models import SavedView
from decisions.services.assigning import SENIORS
from decisions.services.bulk import acts_for
from decisions.work_query import WorkQuery
from grants.applications.messages.models import CaseMessage
from grants.applications.models import Application
from grants.kernel import clock, keyset
from grants.kernel.keyset import BadCursor
from grants.kernel.models import User
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role
from grants.schemes.models import Area, Municipality, Scheme

PAGE = 50
COUNTED = 1000
"""More than this is not counted: nobody reads on, and counting all of 100,000 costs more than showing a page."""
SHOWN = (
    "id", "case_number", "title", "is_demo", "status", "next_due_on", "last_event_at", "requested_amount", "received_on", "due_key",
    "received_key", "amount_key", "applicant__name", "handler__first_name", "handler__last_name", "handler__username",
)


@dataclass(frozen=True, slots=True)
class Lists:
    """What can be chosen from, by code; read once for a request."""

    regeling: dict[str, str]
    gemeente: dict[str, str]
    gebied: dict[str, str]

    def codes(self) -> dict[str, dict[str, str]]:
        return {"regeling": self.regeling, "gemeente": self.gemeente, "gebied": self.gebied}


def lists_for(user: User) -> Lists:
    """Schemes of which the user sees cases, and all municipalities and areas."""
    schemes = Scheme.objects.order_by("title")
    codes = user.scheme_codes_for(CASE_READERS)
    if codes is not None:
        schemes = schemes.filter(code__in=codes)
    return Lists(
        regeling=dict(schemes.values_list("code", "title")),
        gemeente=dict(Municipality.objects.order_by("name").values_list("code", "name")),
        gebied=dict(Area.objects.order_by("name").values_list("code", "name")),
    )


@allow(*CASE_READERS)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """One page of cases, by key; the address holds the whole question, so that it can be shared."""
    lists = lists_for(request.user)
    query = work_query.read(request.GET.dict(), lists.codes())
    if query.problems:
        messages.warning(request, _("Een keuze in het adres kennen wij niet. Die telt niet mee. Kies opnieuw bij de filters."))
    today = clock.today()
    found = work_query.cases(query, request.user, Application.objects.visible_to_official(request.user), today)
    waits = Exists(CaseMessage.objects.unanswered().filter(application=OuterRef("pk")))
    show = Application.objects.select_related("applicant", "handler").only(*SHOWN).annotate(waits_for_answer=waits)
    try:
        page = keyset.page(found, query.sort, PAGE, after=request.GET.get("na", ""), before=request.GET.get("voor", ""), show=show)
    except BadCursor:
        messages.warning(request, _("De plek in de lijst in dit adres kennen wij niet (meer). U ziet het begin van de lijst."))
        page = keyset.page(found, query.sort, PAGE, show=show)
    counted = found.order_by()[: COUNTED + 1].count()
    context = {
        "page": page,
        "query": query,
        "address": query.as_address(),
        "count": counted if counted <= COUNTED else None,
        "most": COUNTED,
        "filters": _filters(query, lists),
        "tabs": _tabs(query, list(SavedView.objects.visible_to(request.user))),
        "acts": acts_for(request.user),
        "today": today,
        "may_share": request.user.has_role(*SENIORS),
        "shows_post_room": request.user.has_role(Role.INTAKE_OFFICER),
    }
    return render(request, "decisions/work.html", context)


def _filters(query: WorkQuery, lists: Lists) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Name, label, chosen value and options of each select of the filter form."""
    no = ("", _("Maakt niet uit"))
    return [
        ("werk", _("Van wie"), query.werk, list(work_query.WHOSE.items())),
        ("status", _("Status"), query.status, list(work_query.STATUSES.items())),
        ("termijn", _("Termijn"), query.termijn, [no, *work_query.DUE.items()]),
        ("regeling", _("Regeling"), query.regeling, [no, *lists.regeling.items()]),
        ("gemeente", _("Gemeente"), query.gemeente, [no, *lists.gemeente.items()]),
        ("gebied", _("Gebied"), query.gebied, [no, *lists.gebied.items()]),
        ("soort", _("Soort aanvrager"), query.soort, [no, *ApplicantType.choices]),
        ("sorteer", _("Volgorde"), query.sorteer, [(sort.name, sort.label) for sort in work_query.SORTS.values()]),
    ]


def _tabs(query: WorkQuery, saved: list[SavedView]) -> list[tuple[str, str, bool]]:
    """Name, address and whether it is the present one: the standing views, then the saved ones."""
    now = query.as_address()
    standing = [(str(name), WorkQuery(werk=whose).as_address()) for whose, name in work_query.WHOSE.items()]
    return [(name, address, address == now) for name, address in [*standing, *((view.name, view.query) for view in saved)]]
