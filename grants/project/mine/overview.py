"""My cases: what happens now, what I must do by when, and all letters. As many queries for thirty cases as for three."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from applicants.models import Applicant
from grants.applications import standing
from grants.applications.former_parties import FormerParty
from grants.applications.messages.models import CaseMessage
from grants.applications.models import Application, Deadline
from grants.applications.standing import Duty
from grants.applications.statuses import FINAL, Status
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.models import User
from grants.kernel.permissions import allow_signed_in
from letters.models import Dispatch, Letter

PAGE = 50
SHOWN_LETTERS = 10
OVER = (*FINAL, Status.CLOSED)
NEWEST_FIRST = Sort("zaken", "", ("created_at", "id"), descending=True)
NEWEST_LETTER = Sort("brieven", "", ("created_at", "id"), descending=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One case on my page."""

    case: Application
    who: Any
    sentence: str
    duties: list[Duty]
    unread_letters: int
    unread_messages: int
    waits_for_us: bool

    @property
    def is_over(self) -> bool:
        """Nothing happens any more, and nothing new waits to be read."""
        return self.case.status in OVER and not (self.duties or self.unread_letters or self.unread_messages or self.waits_for_us)


@allow_signed_in
@requires_level("see_case")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Drafts apart; the sent cases by keyset pages, each with what there is to do; then the newest letters."""
    own = Application.objects.of_applicants_of(request.user)
    drafts = list(own.filter(status=Status.DRAFT).select_related("scheme", "applicant").order_by("-created_at")[:PAGE])
    show = Application.objects.select_related("scheme", "applicant")
    page = page_or_first(own.exclude(status=Status.DRAFT), NEWEST_FIRST, PAGE, request.GET.get("na", ""))
    found = {case.pk: case for case in show.filter(pk__in=[case.pk for case in page.rows])}
    rows = _rows([found[case.pk] for case in page.rows])
    today = clock.today()
    context = {
        "rows": sorted((row for row in rows if not row.is_over), key=_urgent), "over": [row for row in rows if row.is_over],
        "drafts": [(case, standing.duties_of(case, (), today)) for case in drafts],
        "page": page,
        "letters": list(own_letters(request.user).order_by("-created_at", "-id")[:SHOWN_LETTERS]),
        "former": FormerParty.objects.of(request.user).select_related("application__scheme"),
        "has_applicants": Applicant.objects.represented_by(request.user).exists(),
    }
    return render(request, "project/mine.html", context)


@allow_signed_in
@requires_level("see_letter")
@require_GET
def post(request: HttpRequest) -> HttpResponse:
    """All my letters, the newest first."""
    page = page_or_first(own_letters(request.user), NEWEST_LETTER, PAGE, request.GET.get("na", ""))
    return render(request, "project/mine_post.html", {"page": page, "letters": page.rows})


def own_letters(user: User) -> QuerySet[Letter]:
    """What was sent in the cases of those for whom this person acts; `is_unread` as long as nobody opened it."""
    opened = Dispatch.objects.filter(letter=OuterRef("pk"), read_at__isnull=False)
    chains = Application.objects.of_applicants_of(user).values("chain_id")
    return Letter.objects.filter(chain__in=chains, state=Letter.State.SENT).select_related("chain").annotate(is_unread=~Exists(opened))


def _urgent(row: Row) -> tuple[bool, Any]:
    """What has a day comes first, the nearest on top; the rest keeps its order."""
    days = [duty.last_day for duty in row.duties if duty.last_day]
    return (not days, min(days).toordinal() if days else 0)


def _rows(cases: list[Application]) -> list[Row]:
    ids, today = [case.pk for case in cases], clock.today()
    running: dict[UUID, list[Deadline]] = defaultdict(list)
    for term in Deadline.objects.filter(application__in=ids, ended_by__isnull=True):
        running[term.application_id].append(term)
    letters = _unread_letters(cases)
    unread = CaseMessage.objects.unread_by_applicant().filter(application__in=ids).order_by()
    messages = dict(unread.values_list("application").annotate(n=Count("pk")))
    waiting = set(CaseMessage.objects.unanswered().filter(application__in=ids).order_by().values_list("application", flat=True))
    found = []
    for case in cases:
        who, sentence = standing.now_of(case)
        duties = standing.duties_of(case, running[case.pk], today)
        found.append(Row(case, standing.AT_WORK[who], sentence, duties, letters[case.chain_id], messages.get(case.pk, 0), case.pk in waiting))
    return found


def _unread_letters(cases: list[Application]) -> Counter[UUID]:
    opened = Dispatch.objects.filter(letter=OuterRef("pk"), read_at__isnull=False)
    sent = Letter.objects.filter(chain__in=[case.chain_id for case in cases], state=Letter.State.SENT)
    return Counter(sent.filter(~Exists(opened)).order_by().values_list("chain", flat=True))
