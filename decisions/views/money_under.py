"""Where the money is: the ceilings with their ledger, and the budget products with their mutations."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions import distribution
from decisions.ceiling_figures import budgets_of, by_case, figures_of
from decisions.division_forms import MutationForm
from grants.applications.models import Application
from grants.budget import mutating
from grants.budget.models import CEILING_READERS, Budget, Ceiling
from grants.budget.mutating import MutationRefused
from grants.budget.mutations import BudgetMutation
from grants.kernel import clock
from grants.kernel.permissions import allow
from grants.kernel.roles import Role

PAGE = 50
KEEPERS = (Role.SCHEME_MANAGER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER)


@allow(*CEILING_READERS)
@require_GET
def ceilings(request: HttpRequest) -> HttpResponse:
    """Every ceiling with what is available, held, committed, settled, freed and queued."""
    found = Ceiling.objects.visible_to(request.user).select_related("scheme").order_by("scheme__title", "-period_start", "code")
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    return render(request, "decisions/money/ceilings.html", {"rows": figures_of(page.object_list), "page": page})


@allow(*CEILING_READERS)
@require_GET
def ceiling(request: HttpRequest, ceiling: str) -> HttpResponse:
    """One ceiling: the sums, the proof, the cases and the bookings behind them."""
    found = get_object_or_404(Ceiling.objects.visible_to(request.user).select_related("scheme"), code=ceiling)
    cases = Paginator(by_case(found), PAGE).get_page(request.GET.get("zaken"))
    entries = found.entries.select_related("event", "chain__application").order_by("-event__sequence", "-id")
    rows = Paginator(entries, PAGE).get_page(request.GET.get("pagina"))
    shown = {row["chain__application"] for row in cases} | {row.chain.application.pk for row in rows}
    context = {
        "figures": figures_of([found])[0], "ceiling": found, "cases": cases, "rows": rows, "budgets": budgets_of(found),
        "readable": set(Application.objects.visible_to(request.user).filter(pk__in=shown).values_list("pk", flat=True)),
        "returns": (definition := distribution.definition_of(found)) is not None and definition.distribution.released_money_returns,
        "reads_cases": request.user.reads_cases,
    }
    return render(request, "decisions/money/ceiling.html", context)


@allow(*CEILING_READERS)
@require_GET
def budgets(request: HttpRequest) -> HttpResponse:
    """Every budget product with the sum of its mutations."""
    sums = mutating.balances()
    rows = [(budget, sums.get(budget.pk, 0)) for budget in Budget.objects.order_by("-year", "product")]
    context = {"rows": rows, "outside": sums.get(None, 0), "total": sum(sums.values()), "may_enter": request.user.has_role(*KEEPERS)}
    return render(request, "decisions/money/budgets.html", context)


@allow(*CEILING_READERS)
@require_GET
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """One product in one year: its mutations by subject, and the ceilings of the schemes that it pays for."""
    found = get_object_or_404(Budget, pk=pk)
    in_year = Q(period_start__year__lte=found.year, period_end__year__gte=found.year)
    near = [c for c in Ceiling.objects.visible_to(request.user).select_related("scheme").filter(in_year) if found in budgets_of(c)]
    context = {"account": mutating.account_of(found), "ceilings": near, "may_enter": request.user.has_role(*KEEPERS)}
    return render(request, "decisions/money/budget.html", context)


@allow(*KEEPERS)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one line of a budget paper."""
    form = MutationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = mutating.enter(by=request.user, **form.cleaned_data)
        except MutationRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De wijziging is ingevoerd."))
            return redirect("decisions:budget", pk=made.target_id or made.source_id)
    return render(request, "decisions/money/enter.html", {"form": form})


@allow(*KEEPERS)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a mutation back that should not have been entered."""
    wrong = get_object_or_404(BudgetMutation, pk=pk)
    try:
        mutating.correct(mutation_id=pk, by=request.user, day=clock.today())
    except MutationRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De wijziging is teruggeboekt. Beide regels blijven te zien."))
    return redirect("decisions:budget", pk=wrong.target_id or wrong.source_id)
