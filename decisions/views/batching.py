"""Payment files: the list, a new one, and a page for each with who did what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions.banking_forms import PrepareForm
from decisions.execution_day import last_execution_day, next_bank_day
from decisions.models import PaymentBatch
from decisions.models.batching import BANK_READERS, FINANCE, BatchState
from decisions.services import batching
from grants.applications.lifecycle.door import ActError
from grants.applications.templatetags.answer_words import masked
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.actor import Actor
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.permissions import allow
from grants.kernel.roles import Role

PAGE = 50
NEWEST = Sort("nieuwste", "", ("made_at", "id"), descending=True)
AHEAD = timedelta(weeks=6)
"""Payments that are due within this time are offered: an instalment of later waits."""


def _batches(request: HttpRequest) -> Any:
    return PaymentBatch.objects.visible_to(request.user).defer("file").select_related("made_by", "released_by", "cancelled_by")


@allow(*BANK_READERS)
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    page = page_or_first(_batches(request), NEWEST, PAGE, request.GET.get("na", ""))
    context = {"batches": page.rows, "next": page.next, "may_prepare": request.user.has_role(Role.FINANCE_OFFICER)}
    return render(request, "decisions/banking/batches.html", context)


@allow(Role.FINANCE_OFFICER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose payments and a day. What was chosen stays when something is wrong."""
    today = clock.today()
    until = _until(request.GET.get("tot", ""), today)
    orders = list(batching.ready(request.user).filter(due_on__lte=until).select_related("application__applicant")[: batching.MOST])
    form = PrepareForm(request.POST or None, initial={"execute_on": next_bank_day(today)}, orders=orders)
    if request.method == "POST" and form.is_valid():
        actor = Actor(user=request.user, role=Role.FINANCE_OFFICER)
        try:
            batch = batching.prepare(order_ids=form.chosen(), execute_on=form.cleaned_data["execute_on"], actor=actor)
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het bestand %(name)s staat klaar. Een collega moet het vrijgeven.") % {"name": batch.reference})
            return redirect("decisions:batch", pk=batch.pk)
    chosen = form.chosen()
    rows = [(order, order.pk in chosen, last_execution_day(order.due_on)) for order in orders]
    return render(request, "decisions/banking/new_batch.html", {"form": form, "rows": rows, "until": until, "today": today})


def _until(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today + AHEAD


@allow(*BANK_READERS)
@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_batches(request), pk=pk)
    lines = list(found.lines.select_related("order__application__applicant"))
    codes = {line.order.application.scheme_id for line in lines}
    whole = {code for code in codes if request.user.has_role(*FINANCE, scheme_code=code)}
    for line in lines:
        line.account = line.order.iban if line.order.application.scheme_id in whole or not line.order.iban else masked(line.order.iban)
    approves = all(request.user.has_role(Role.FINANCE_APPROVER, scheme_code=code) for code in codes)
    waits = found.state == BatchState.PREPARED
    context = {
        "batch": found, "lines": lines, "downloads": found.downloads.select_related("by"), "is_demo": settings.VERLEEND_DEMO,
        "payer": masked(found.payer_iban) if found.payer_iban else "",
        "may_release": waits and approves and found.made_by_id != request.user.pk,
        "may_cancel": waits and whole == codes,
        "may_download": found.state == BatchState.RELEASED and whole == codes,
        "typed": request.session.pop("batch-reason", ""),
    }
    return render(request, "decisions/banking/batch.html", context)


@allow(Role.FINANCE_APPROVER)
@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_batches(request), pk=pk)
    try:
        released = batching.release(batch_id=found.pk, actor=Actor(user=request.user, role=Role.FINANCE_APPROVER))
    except ActError as error:
        messages.error(request, str(error))
    else:
        left_out = found.lines.exclude(problem="").count()
        with_them = ngettext(
            "Het bestand is vrijgegeven met %(count)s betaling. Haal het op en geef het aan de bank.",
            "Het bestand is vrijgegeven met %(count)s betalingen. Haal het op en geef het aan de bank.", released.count,
        )
        messages.success(request, with_them % {"count": released.count})
        if left_out:
            without = ngettext(
                "%(count)s betaling ging niet mee. Hieronder staat waarom.", "%(count)s betalingen gingen niet mee. Hieronder staat waarom.", left_out
            )
            messages.warning(request, without % {"count": left_out})
    return redirect("decisions:batch", pk=pk)


@allow(*FINANCE)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_batches(request), pk=pk)
    try:
        batching.cancel(batch_id=found.pk, actor=_actor(request), reason=request.POST.get("reason", ""))
    except ActError as error:
        messages.error(request, str(error))
        request.session["batch-reason"] = request.POST.get("reason", "")
    else:
        messages.success(request, _("Het bestand is ingetrokken. De betalingen kunnen in een nieuw bestand."))
    return redirect("decisions:batch", pk=pk)


@allow(*FINANCE)
@require_POST
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file for the bank. A POST: who takes it is kept."""
    found = get_object_or_404(_batches(request), pk=pk)
    try:
        taken = batching.download(batch_id=found.pk, actor=_actor(request))
    except ActError as error:
        messages.error(request, str(error))
        return redirect("decisions:batch", pk=pk)
    log_read(request.user, "paymentfile")
    answer = HttpResponse(bytes(taken.file), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{taken.reference}.xml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _actor(request: HttpRequest) -> Actor:
    role = Role.FINANCE_OFFICER if request.user.has_role(Role.FINANCE_OFFICER) else Role.FINANCE_APPROVER
    return Actor(user=request.user, role=role)
