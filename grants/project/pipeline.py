"""The page of the pipeline: what is under way, what waits for a repair, and what needs the operator. It names no person."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, F, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from decisions.models import BulkRun
from decisions.services.bulk import ACTS
from grants.applications import reminders
from grants.kernel import clock, outbox
from grants.kernel.models import OutboxMessage
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from letters import progress
from letters.models import Letter, LetterTemplate, PaperBatch
from letters.post import notices, paper
from letters.seal import services as sealing
from letters.texts.fitting import unfit

WORDS = {
    "letters.render": gettext_lazy("Brief maken"),
    "letters.seal": gettext_lazy("Zegel op een brief zetten"),
    notices.TOPIC: gettext_lazy("E-mail dat een brief klaarstaat"),
    paper.REDATE: gettext_lazy("Besluit de datum van de post geven"),
    paper.MAKE: gettext_lazy("Stapel voor de printer maken"),
    paper.POST: gettext_lazy("Brief op papier verzenden"),
    reminders.TOPIC: gettext_lazy("E-mail om aan iets te herinneren"),
    "decisions.dispatch": gettext_lazy("Besluit verzenden"),
    "decisions.advice": gettext_lazy("E-mail over een advies"),
    "decisions.change_asked": gettext_lazy("E-mail over een gevraagde wijziging"),
    "decisions.change_confirmed": gettext_lazy("E-mail over een bevestigde wijziging"),
    "applications.message": gettext_lazy("E-mail dat er een bericht is"),
    "decisions.due": gettext_lazy("E-mail over termijnen"),
    "applicants.access_given": gettext_lazy("E-mail dat iemand toegang kreeg"),
    "applicants.colleague_invited": gettext_lazy("E-mail met een uitnodiging voor een collega"),
    "applicants.kvk_again": gettext_lazy("Opnieuw vragen bij het Handelsregister"),
    "applicants.mandate_judged": gettext_lazy("E-mail over een machtiging"),
    "applicants.member_asked": gettext_lazy("E-mail aan een deelnemer"),
    "grants.together_invited": gettext_lazy("E-mail met een uitnodiging om mee te schrijven"),
    "control.expert_message": gettext_lazy("E-mail aan een expert"),
    "control.lesson_proposal": gettext_lazy("Voorstel voor een les maken"),
    "control.meeting_cancelled": gettext_lazy("E-mail dat een bijeenkomst niet doorgaat"),
    "control.registered": gettext_lazy("E-mail over een aanmelding"),
    "files.check_beside": gettext_lazy("Papier of bewijs controleren"),
    "files.tell_beside": gettext_lazy("E-mail over papier dat niet te gebruiken is"),
    "files.check": gettext_lazy("Bestand controleren"),
    "files.remove": gettext_lazy("Bestand verwijderen"),
    "files.tell": gettext_lazy("E-mail over een bestand dat niet te gebruiken is"),
}
"""What each kind of work is called."""
MOST = 100


@allow(Role.ADMIN)
@require_GET
def pipeline(request: HttpRequest) -> HttpResponse:
    """Everything that is not done yet, by kind and by reason; and how far the letters of today and of each bulk are."""
    still_open = OutboxMessage.objects.filter(done_at__isnull=True)
    dead = still_open.filter(dead_at__isnull=False)
    context = {
        "topics": [{**row, "words": WORDS.get(row["topic"], row["topic"])} for row in _by_topic(still_open)],
        "troubles": [{**row, "words": WORDS.get(row["topic"], row["topic"])} for row in _by_reason(still_open.filter(dead_at__isnull=True, attempts__gt=0))],
        "dead": _named(dead.select_related("event__chain", "retried_by").order_by("dead_at")[:MOST]), "dead_total": dead.count(),
        "seal": sealing.condition(), "server": notices.server_trouble(),
        "today": progress.of(Letter.objects.filter(created_at__gte=clock.start_of(clock.today()))),
        "left": progress.of(Letter.objects.filter(state__in=[Letter.State.ORDERED, Letter.State.RENDERED])),
        "piles": PaperBatch.objects.with_progress().filter(Q(state="making") | Q(state="confirmed", total__gt=F("settled"))).order_by("made_at")[:MOST],
        "unfit": unfit(LetterTemplate.objects.published()), "left_out": paper.left_out()[:MOST], "runs": _runs(),
    }
    return render(request, "project/pipeline.html", context)


def _by_topic(rows: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
    alive = Q(dead_at__isnull=True)
    return rows.order_by().values("topic").annotate(
        new=Count("pk", filter=Q(attempts=0)), again=Count("pk", filter=alive & Q(attempts__gt=0, waits=False)),
        repair=Count("pk", filter=alive & Q(attempts__gt=0, waits=True)), stopped=Count("pk", filter=~alive), oldest=Min("created_at"),
    ).order_by("topic")


def _by_reason(rows: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
    found = rows.order_by().values("topic", "reason", "waits").annotate(count=Count("pk"), oldest=Min("created_at"), next=Min("not_before"))
    return found.order_by("-count", "topic")[:MOST]


def _named(rows: Iterable[OutboxMessage]) -> list[dict[str, object]]:
    return [{"message": row, "words": WORDS.get(row.topic, row.topic), "case": row.event.chain.label if row.event else ""} for row in rows]


def _runs() -> list[dict[str, object]]:
    """The newest acts on many cases that had letters made, and how far those are."""
    letters = Count("outcomes__letters", filter=~Q(outcomes__letters__state=Letter.State.CANCELLED))
    sent = Count("outcomes__letters", filter=Q(outcomes__letters__state=Letter.State.SENT))
    runs = BulkRun.objects.filter(started_at__gte=clock.start_of(clock.today())).annotate(total=letters, sent=sent).filter(total__gt=0)
    return [{"label": ACTS[run.act].label, "run": run} for run in runs.order_by("-started_at")[:20] if run.act in ACTS]


@allow(Role.ADMIN)
@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Try now: one that stopped, all of one kind, or all that stopped. What was done is never done again."""
    rows = OutboxMessage.objects.filter(done_at__isnull=True, attempts__gt=0)
    if topic := request.POST.get("topic", ""):
        rows = rows.filter(topic=topic)
    elif request.POST.get("alle"):
        rows = rows.filter(dead_at__isnull=False)
    else:
        rows = rows.filter(pk=_id(request.POST.get("message", "")))
    count = outbox.try_again(rows.values_list("pk", flat=True), request.user)
    if count:
        words = ngettext("%(count)d keer werk wordt nu opnieuw geprobeerd.", "%(count)d keer werk wordt nu opnieuw geprobeerd.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.warning(request, _("Er is niets om opnieuw te proberen. Misschien is het al gelukt."))
    return redirect("pipeline")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
