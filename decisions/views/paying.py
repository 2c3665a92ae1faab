"""Payments and claims: the lists, and a page for each with what is possible now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions.account import account_of
from decisions.liabilities import shares_of
from decisions.models import Claim, PaymentOrder
from decisions.models.batching import BANK_READERS
from decisions.models.claiming import ClaimState
from decisions.models.paying import PaymentState
from decisions.services import claiming, naming, paying
from decisions.views.access import SEE_ACCOUNT, acting
from grants.applications.beside import SideRecord, can_start_beside, side_act, side_acts
from grants.applications.lifecycle.door import ActError
from grants.applications.templatetags.answer_words import masked
from grants.kernel.access import log_read
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS

PAGE = 50


@allow(*CASE_READERS)
@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """Payment orders by the day they are due."""
    return _list(request, PaymentOrder, PaymentState, ("due_on", "id"), _("Betalingen"), "decisions:payment")


@allow(*CASE_READERS)
@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """Claims by the day of the decision that caused them."""
    return _list(request, Claim, ClaimState, ("since", "id"), _("Terugvorderingen"), "decisions:claim")


def _list(request: HttpRequest, model: type[SideRecord], states: Any, order: tuple[str, str], heading: str, page: str) -> HttpResponse:
    rows = model._default_manager.visible_to(request.user).select_related("application__applicant", "application__scheme")
    chosen = request.GET.get("status", "")
    if chosen in states.values:
        rows = rows.filter(state=chosen)
    day, key = order
    after = request.GET.get("na", "").split("_")
    if len(after) == 2:
        rows = _after(rows, day, *after)
    found = list(rows.order_by(*order)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "rows": [(row, getattr(row, day)) for row in found[:PAGE]], "heading": heading, "states": states.choices, "chosen": chosen, "page": page,
        "next": f"{getattr(last, day)}_{last.pk}" if last else "",
    }
    return render(request, "decisions/money_list.html", context)


def _after(rows: Any, day: str, value: str, pk: str) -> Any:
    try:
        since, last = date.fromisoformat(value), UUID(pk)
    except ValueError:
        return rows
    return rows.filter(Q(**{f"{day}__gt": since}) | Q(**{day: since, "id__gt": last}))


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(act: str, actor: Any, reason: str, day: date | None) -> object:
        return paying.step(order_id=pk, act=act, actor=actor, reason=reason, credited_on=day)

    return _page(request, PaymentOrder, pk, do, "credit_payment", _("Betaling"))


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    def do(act: str, actor: Any, reason: str, day: date | None) -> object:
        return claiming.step(claim_id=pk, act=act, actor=actor, reason=reason, paid_on=day)

    return _page(request, Claim, pk, do, "claim_paid", _("Terugvordering"))


def _page(request: HttpRequest, model: type[SideRecord], pk: UUID, do: Callable[..., object], dated: str, heading: str) -> HttpResponse:
    """One record with the acts that this person may do on it now; a refused act keeps what was typed."""
    found = get_object_or_404(model._default_manager.visible_to(request.user).select_related("application__chain", "application__applicant", "application__version"), pk=pk)
    case = found.application
    log_read(request.user, model._meta.model_name or "", case.chain)
    held = request.user.roles(case.scheme_id)
    acts = [(name, side_act(found, name)) for name in side_acts(model) if can_start_beside(found, name) and held & side_act(found, name).roles]
    acts = [(name, act) for name, act in acts if not act.hidden and (name != "confirm_name" or naming.differs(found))]
    typed = {"reason": request.POST.get("reason", ""), "day": request.POST.get("day", "")}
    if request.method == "POST":
        name = request.POST.get("act", "")
        try:
            if name not in dict(acts):
                messages.error(request, _("Dit kan nu niet. Kijk hieronder wat u wel kunt doen."))
            else:
                do(name, acting(request, case.scheme_id, name), typed["reason"], _day(typed["day"]) if name == dated else None)
                messages.success(request, _("Het is vastgelegd."))
                return redirect(request.path)
        except ActError as error:
            messages.error(request, str(error))
        except ValueError:
            messages.error(request, _("Vul de dag in als jjjj-mm-dd, niet in de toekomst."))
    history = case.chain.events.filter(data__record=found.key).select_related("actor").order_by("position")
    number = getattr(found, "iban", "") or account_of(case)
    whole = request.user.has_role(*SEE_ACCOUNT, scheme_code=case.scheme_id)
    account = number if whole or not number else masked(number)
    context = {"sees_account": whole, "sees_bank": request.user.has_role(*BANK_READERS, scheme_code=case.scheme_id), "account": account or _("niet bekend"), "record": found, "application": case, "acts": acts, "dated": dated, "typed": typed, "heading": heading, "history": history}
    if model is Claim:
        context["shares"] = shares_of(case, found.amount)
    return render(request, "decisions/money_page.html", context)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
