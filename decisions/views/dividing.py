"""The order before a ceiling, and the divisions and draws that are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions import distribution
from decisions.ceiling_figures import figures_of
from decisions.distribution import WHOLE, Plan, plan_for
from decisions.division_forms import DrawForm, VoidForm
from decisions.draw_outcome import differs
from decisions.models import Assessment, Draw
from decisions.queue import waiting_under
from decisions.services import dividing
from decisions.views.access import acting
from grants.applications.lifecycle.dividing_acts import DIVIDERS
from grants.applications.lifecycle.door import ActError
from grants.applications.models import Application
from grants.budget.models import Ceiling
from grants.kernel import clock
from grants.kernel.money import ZERO
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role


def ceilings_for(request: HttpRequest):
    """The ceilings of the schemes whose cases this person reads."""
    codes = request.user.scheme_codes_for(CASE_READERS)
    found = Ceiling.objects.select_related("scheme")
    return found if codes is None else found.filter(scheme__in=codes)


@allow(*CASE_READERS)
@require_GET
def ceilings(request: HttpRequest) -> HttpResponse:
    """Every ceiling with applications that wait for a decision."""
    rows = [row for row in figures_of(ceilings_for(request).order_by("scheme__title", "period_start")) if row.cases]
    draws = Draw.objects.visible_to(request.user).live().select_related("ceiling__scheme").order_by("-announced_on", "-id")[:20]
    return render(request, "decisions/division/ceilings.html", {"rows": rows, "draws": draws})


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the order: what it asks, what all up to here ask, and whether that fits. `left_out` says why it does not take part."""

    case: Application
    asks: Decimal
    sum: Decimal
    fits: str
    tied: bool
    left_out: str = ""


@allow(*CASE_READERS)
@require_GET
def ceiling(request: HttpRequest, ceiling: str) -> HttpResponse:
    """The undecided cases under one ceiling by rank, and what must be divided."""
    found = get_object_or_404(ceilings_for(request), code=ceiling)
    today = clock.today()
    definition = distribution.definition_of(found)
    method = distribution.method_of(definition.distribution) if definition else None
    cases = waiting_under(found.code).filter(complete_on__isnull=False).select_related("applicant", "assessment").order_by("complete_on", "drawn", "case_number")
    rows, reached = _rows(list(cases), found.available)
    plan = None
    if definition is not None and method in WHOLE:
        plan = plan_for(found, distribution.closing_day(found, definition), today)
    elif reached is not None:
        plan = plan_for(found, reached, today)
    draws = list(found.draws.select_related("made_by").order_by("-announced_on", "-id"))
    live = next((draw for draw in draws if plan is not None and draw.day == plan.day and draw.state in Draw.LIVE), None)
    context = {
        "figures": figures_of([found])[0], "ceiling": found, "rows": rows, "plan": plan, "live": live, "rules": definition.distribution if definition else None,
        "whole": method in WHOLE, "method": method, "draws": draws,
        "may_divide": request.user.has_role(*DIVIDERS, scheme_code=found.scheme_id),
        "unfinished": waiting_under(found.code).filter(complete_on__isnull=True).count(),
    }
    return render(request, "decisions/division/ceiling.html", context)


def _rows(cases: list[Application], left: Decimal) -> tuple[list[Row], date | None]:
    """The rows, and the day on which the ceiling is reached (None: all fits)."""
    total, reached, rows = ZERO, None, []
    for case in cases:
        before, total = total, total + case.asks
        fits = "ja" if total <= left else "deels" if before < left else "nee"
        if fits != "ja" and reached is None and case.asks > 0:
            reached = case.complete_on
        rows.append((case, total, fits))
    return [_row(case, sum, fits, case.complete_on == reached) for case, sum, fits in rows], reached


def _row(case: Application, sum: Decimal, fits: str, tied: bool) -> Row:
    """Whose advice is to refuse asks nothing of the ceiling: the page shows what was asked, and why that does not count."""
    assessment = getattr(case, "assessment", None)
    if assessment is not None and assessment.advice == Assessment.Advice.NEGATIVE:
        return Row(case, case.requested_amount or ZERO, sum, fits, tied=False, left_out=_("doet niet mee: het advies is afwijzen"))
    return Row(case, distribution.asks_of(case), sum, fits, tied)


@allow(*DIVIDERS)
@require_POST
def divide(request: HttpRequest, ceiling: str) -> HttpResponse:
    """Make the division of a day, or close the list of a draw or tender."""
    found = get_object_or_404(ceilings_for(request), code=ceiling)
    try:
        day = date.fromisoformat(request.POST.get("dag", ""))
    except ValueError:
        messages.error(request, _("Kies de dag die u wilt verdelen vanaf de pagina van het plafond."))
        return redirect("decisions:division", ceiling=ceiling)
    plan: Plan | None = plan_for(found, day, clock.today())
    by_lot = plan is not None and plan.is_by_lot
    actor = acting(request, found.scheme_id, "rank_in_draw")
    try:
        service = dividing.announce if by_lot else dividing.divide
        made = service(ceiling_code=ceiling, day=day, actor=actor)
    except ActError as error:
        messages.error(request, str(error))
        return redirect("decisions:division", ceiling=ceiling)
    messages.success(request, _("De lijst is gesloten. Nu kan er worden gerangschikt of geloot.") if by_lot else _("De verdeling is gemaakt en vastgelegd."))
    return redirect(made)


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One division on record: how it was made, how to run it again, and what is still to do."""
    found = get_object_or_404(Draw.objects.visible_to(request.user).select_related("ceiling__scheme", "made_by", "announced_by", "voided_by"), pk=pk)
    may_run = found.state == Draw.State.ANNOUNCED and request.user.has_role(*DIVIDERS, scheme_code=found.ceiling.scheme_id)
    may_void = found.state in Draw.LIVE and request.user.has_role(Role.MANDATE_HOLDER, scheme_code=found.ceiling.scheme_id)
    asked = request.POST.get("wat", "") if request.method == "POST" else ""
    run_form = DrawForm(request.POST if asked == "loten" else None, needs_lot=found.method == Draw.Method.LOTTERY) if may_run else None
    void_form = VoidForm(request.POST if asked == "vervallen" else None) if may_void else None
    chosen = {"loten": run_form, "vervallen": void_form}.get(asked)
    if request.method == "POST" and chosen is None:
        messages.error(request, _("Dit kan nu niet. Kijk hieronder wat u wel kunt doen."))
    if chosen is not None and chosen.is_valid():
        try:
            if asked == "loten":
                dividing.run(draw_id=pk, actor=acting(request, found.ceiling.scheme_id, "rank_in_draw"), **chosen.cleaned_data)
            else:
                dividing.void(draw_id=pk, actor=acting(request, found.ceiling.scheme_id, "void_draw"), **chosen.cleaned_data)
        except ActError as error:
            chosen.add_error(None, str(error))
        else:
            messages.success(request, _("De uitslag is vastgelegd.") if asked == "loten" else _("De verdeling is vervallen. Zij blijft te zien."))
            return redirect(found)
    is_made = found.state == Draw.State.MADE
    entries = found.entries.select_related("application__applicant").order_by("rank", "application__case_number")
    context = {
        "draw": found, "entries": entries, "run_form": run_form, "void_form": void_form, "problem": differs(found) if is_made else "",
        "is_open": found.state == Draw.State.ANNOUNCED, "is_made": is_made, "by_lot": found.method in Draw.BY_LOT,
        "is_tender": found.method == Draw.Method.TENDER, "shares": found.method not in Draw.BY_LOT, "today": clock.today(),
    }
    return render(request, "decisions/division/draw.html", context)
