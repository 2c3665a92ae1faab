"""Bank statements: the list with what waits for an explanation, a new one, and a page for each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions.banking_forms import ExplainForm, StatementForm
from decisions.models import BankEntry, BankStatement
from decisions.models.bank import TO_EXPLAIN
from decisions.models.batching import BANK_READERS
from decisions.services import statement_reading
from grants.applications.lifecycle.door import ActError
from grants.kernel.actor import Actor
from grants.kernel.keyset import Sort, page_or_first
from grants.kernel.permissions import allow
from grants.kernel.roles import Role

MOST = 50
NEWEST = Sort("nieuwste", "", ("read_at", "id"), descending=True)


@allow(*BANK_READERS)
@require_GET
def statements(request: HttpRequest) -> HttpResponse:
    """What was read, and first of all what nobody understood yet."""
    visible = BankStatement.objects.visible_to(request.user)
    waiting = Count("entries", filter=Q(entries__outcome__in=TO_EXPLAIN, entries__explained_at=None))
    rows = visible.select_related("read_by").annotate(count=Count("entries"), waiting=waiting)
    page = page_or_first(rows, NEWEST, MOST, request.GET.get("na", ""))
    entries = list(BankEntry.objects.visible_to(request.user).filter(outcome__in=TO_EXPLAIN, explained_at=None).select_related("statement").order_by("booked_on", "id")[: MOST + 1])
    context = {
        "statements": page.rows, "next": page.next, "entries": entries[:MOST], "more": len(entries) > MOST, "may_read": request.user.has_role(Role.FINANCE_OFFICER),
    }
    return render(request, "decisions/banking/statements.html", context)


@allow(Role.FINANCE_OFFICER)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    form = StatementForm(request.POST or None, request.FILES or None) if request.method == "POST" else StatementForm()
    if request.method == "POST" and form.is_valid():
        try:
            reading = statement_reading.read_statements(content=form.cleaned_data["statement"], actor=_officer(request))
        except ActError as error:
            form.add_error("statement", str(error))
        else:
            for known in reading.known:
                messages.warning(
                    request, _("Afschrift %(name)s is al gelezen op %(day)s. Er is niets veranderd.") % {"name": known, "day": f"{known.read_at:%d-%m-%Y}"}
                )
            for new in reading.new:
                messages.success(request, _("Afschrift %(name)s is gelezen. Hieronder staat wat elke regel betekende.") % {"name": new})
            return redirect("decisions:statement", pk=(reading.new or reading.known)[0].pk)
    return render(request, "decisions/banking/read_statement.html", {"form": form})


@allow(*BANK_READERS)
@require_GET
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(BankStatement.objects.visible_to(request.user).select_related("read_by"), pk=pk)
    entries = found.entries.select_related("order__application", "claim__application", "explained_by").order_by("position")
    return render(request, "decisions/banking/statement.html", {"statement": found, "entries": entries})


@allow(*BANK_READERS)
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One movement; an officer explains what did not fit."""
    entries = BankEntry.objects.visible_to(request.user).select_related("statement", "order__application", "claim__application", "explained_by")
    found = get_object_or_404(entries, pk=pk)
    may_explain = found.waits and statement_reading.may_explain(found, request.user)
    form = ExplainForm(request.POST or None)
    if request.method == "POST" and not may_explain:
        messages.error(request, _("Deze regel is al uitgelegd of verwerkt, of u mag dit niet doen. Dit mag: financieel medewerker."))
    elif request.method == "POST" and form.is_valid():
        try:
            statement_reading.explain(entry_id=pk, text=form.cleaned_data["text"], actor=_officer(request))
        except ActError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("De uitleg is vastgelegd."))
            return redirect("decisions:statements")
    return render(request, "decisions/banking/entry.html", {"entry": found, "form": form if may_explain else None})


def _officer(request: HttpRequest) -> Actor:
    return Actor(user=request.user, role=Role.FINANCE_OFFICER)
