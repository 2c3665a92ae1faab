"""Who read my data: the day, in which function, and what. Not the name: the province answers for its people (decision record 0016)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from grants.kernel import access, clock
from grants.kernel.assurance import requires_level
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.models import AccessLog, User
from grants.kernel.permissions import allow_signed_in
from grants.kernel.roles import OUTSIDE
from letters.kinds import KINDS

PAGE = 100
NEWEST_FIRST = Sort("inzage", "", ("at", "id"), descending=True)
WORDS = {
    "case": gettext_lazy("uw zaak"), "versions": gettext_lazy("uw aanvraag, in al haar versies"), "messages": gettext_lazy("de berichten"),
    "history": gettext_lazy("de geschiedenis van uw zaak"), "notes": gettext_lazy("notities over uw zaak"), "changes": gettext_lazy("wijzigingen van uw gegevens"),
    "advice": gettext_lazy("een advies over uw zaak"), "objection": gettext_lazy("uw bezwaar"), "scores": gettext_lazy("de punten van uw plan"),
    "state_aid": gettext_lazy("de toets op staatssteun"), "timeline": gettext_lazy("de termijnen van uw zaak"), "sample": gettext_lazy("de steekproef"),
    "notice": gettext_lazy("een e-mail over een brief"), "paymentorder": gettext_lazy("een betaling"), "claim": gettext_lazy("een terugvordering"),
    "transfer deed": gettext_lazy("een akte bij een overdracht"), "request": gettext_lazy("een verzoek van u"),
}
HIDDEN = ("bibob", "bibob document")
"""What is read inside the closed circle of the Bibob check is told by law by those who run it, not here."""


@dataclass(frozen=True, slots=True)
class Read:
    """One day on which somebody in a function read something of a case, so many times."""

    day: date
    case_number: str
    function: str
    what: str
    times: int


@allow_signed_in
@requires_level("see_case")
@require_GET
def reads(request: HttpRequest) -> HttpResponse:
    """By day, the newest first."""
    found = AccessLog.objects.filter(chain__in=access.acting_chains(request.user)).exclude(what__in=HIDDEN).exclude(user=request.user)
    rows = found.select_related("chain", "user").prefetch_related("user__role_assignments")
    page = page_or_first(rows, NEWEST_FIRST, PAGE, request.GET.get("na", ""))
    return render(request, "project/mine_reads.html", {"reads": by_day(page.rows), "page": page})


def by_day(rows: Iterable[AccessLog]) -> list[Read]:
    """Rows of one day, case, function and subject are told once."""
    counted: dict[tuple[date, str, str, str], int] = {}
    for row in rows:
        day = clock.legal_day(row.at)
        key = (day, row.chain.label if row.chain else "", function_of(row.user, day), what_words(row.what))
        counted[key] = counted.get(key, 0) + 1
    return [Read(*key, times) for key, times in counted.items()]


def function_of(user: User, day: date) -> str:
    """The function of an official: as noted with the account, else the roles of that day."""
    if user.function_title:
        return user.function_title
    roles = sorted(str(role.label) for role in user.roles(day=day) - OUTSIDE)
    return ", ".join(roles) or _("medewerker")


def what_words(what: str) -> str:
    """What was read, in words of the applicant."""
    if what.startswith("letter ") and what[7:] in KINDS:
        return _("een brief: %(name)s") % {"name": KINDS[what[7:]].name}
    if what.startswith("document"):
        return _("een bestand van u")
    return str(WORDS.get(what, _("gegevens van uw zaak")))
