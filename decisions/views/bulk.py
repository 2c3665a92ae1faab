"""An act on many cases: choose on the list, look at what will happen, do it, and see what became of each case."""

from __future__ import annotations

import uuid
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from decisions.models import BulkOutcome, BulkRun
from decisions.services import bulk as service
from decisions.services.bulk import ACTS, Chosen
from decisions.views.work import lists_for
from decisions.work_forms import HandlerForm, RefusalForm
from decisions.work_query import read_address
from grants.kernel.models import AccessLog
from grants.kernel.permissions import allow
from grants.kernel.roles import Role
from letters import progress
from letters.models import Letter
from letters.post.archive import zip_response

FORMS: dict[str, type[forms.Form]] = {"assign": HandlerForm, "refuse": RefusalForm}
"""The acts that ask something, the same for every case."""
WHO = sorted(frozenset().union(*(service.allowed_roles(act) for act in ACTS.values())))


@allow(*WHO)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """First ask for confirmation; with the button of that page (`run`) do it."""
    back = _back(request)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None or act not in service.acts_for(request.user):
        messages.error(request, _("Kies wat u met de gekozen zaken wilt doen. Kies onder de lijst een handeling die bij uw werk hoort."))
        return redirect(back)
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, _("U hebt geen zaak gekozen. Zet in de lijst een vinkje voor elke zaak waarmee u iets wilt doen."))
        return redirect(back)
    if len(chosen) > act.most:
        words = _("U hebt %(chosen)d zaken gekozen. Bij '%(act)s' kan dat met hoogstens %(most)d tegelijk. Kies er minder, en doe de rest daarna.")
        messages.error(request, words % {"chosen": len(chosen), "act": act.label, "most": act.most})
        return redirect(back)
    lines = service.lines(act, chosen, request.user)
    run_id = _id(request.POST.get("run", ""))
    form_class = FORMS.get(act.name)
    form = form_class(request.POST if run_id else None, cases=[line.application for line in lines]) if form_class else None
    if run_id and (form is None or form.is_valid()):
        done = service.run(run_id=run_id, act=act, chosen=chosen, user=request.user, values=form.values() if form else {})
        return redirect(f"{reverse('decisions:bulk-result', args=[done.pk])}?{_address(request)}")
    if not any(not line.problem for line in lines):
        messages.warning(request, _("Bij geen van de gekozen zaken kan dit nu. Hieronder staat bij elke zaak waarom."))
    context = {
        "act": act, "lines": lines, "chosen": chosen, "form": form, "run": run_id or uuid.uuid4(), "address": _address(request), "back": back,
        "able": sum(not line.problem for line in lines), "missing": len(chosen) - len(lines),
    }
    return render(request, "decisions/bulk.html", context)


@allow(*WHO)
@require_GET
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of each case of a run."""
    run = get_object_or_404(BulkRun.objects.visible_to(request.user), pk=pk)
    outcomes = list(run.outcomes.select_related("application"))
    context = {
        "letters": progress.of(_letters(run)),
        "run": run, "act": ACTS[run.act], "outcomes": outcomes, "done": sum(outcome.done for outcome in outcomes),
        "missing": run.asked - len(outcomes), "back": f"{reverse('decisions:work')}?{read_address(request.GET.urlencode(), lists_for(request.user).codes()).as_address()}",
    }
    return render(request, "decisions/bulk_result.html", context)


def _letters(run: BulkRun) -> QuerySet[Letter]:
    """The letters that a run had made."""
    return Letter.objects.filter(id__in=BulkOutcome.letters.through.objects.filter(bulkoutcome__run=run).values("letter"))


@allow(*WHO)
@require_GET
def archive(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The letters of a run that are made, in one ZIP: those that the person may still see."""
    run = get_object_or_404(BulkRun.objects.visible_to(request.user), pk=pk)
    letters = Letter.objects.visible_to(request.user).filter(id__in=_letters(run).values("id")).order_by("chain__label", "created_at")
    chains = letters.order_by().values_list("chain", flat=True).distinct()
    AccessLog.objects.bulk_create([AccessLog(user=request.user, what="letters of a run", chain_id=chain) for chain in chains])
    return zip_response(letters, f"brieven-{run.started_at:%Y%m%d-%H%M}")


def _chosen(request: HttpRequest) -> list[Chosen]:
    """Each box is `id|token`; a box that is none of ours, or comes twice, is left out."""
    found: dict[UUID, Chosen] = {}
    for text in request.POST.getlist("zaak"):
        case, _sign, token = text.partition("|")
        if (pk := _id(case)) is not None:
            found.setdefault(pk, Chosen(pk, token[:40]))
    return list(found.values())


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _address(request: HttpRequest) -> str:
    """The list from which the cases were chosen, checked: only choices that we know come back."""
    return read_address(request.POST.get("lijst", ""), lists_for(request.user).codes()).as_address()


def _back(request: HttpRequest) -> str:
    return f"{reverse('decisions:work')}?{_address(request)}"


assert Role.SYSTEM not in WHO, "people ask for many cases, the system does not"
