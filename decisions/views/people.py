"""An interest in a case, and the mandate register."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from decisions import interest
from decisions.models import MandateRule, Substitution
from decisions.people_forms import EndRuleForm, InterestForm, MandateRuleForm, SubstitutionForm
from decisions.related_panels import ACTORS
from decisions.services import assessing, registering
from decisions.views.access import acting, official_case
from decisions.views.handling import attempted
from grants.kernel import clock
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def declare_interest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Declare whether one has a personal interest in this case."""
    application = official_case(request, pk)
    found = interest.look(application, request.user)
    form = InterestForm(request.POST or None, reason_for_no=any(hint.strong for hint in found.hints))
    if request.method == "POST" and form.is_valid():
        actor = acting(request, application.scheme_id, "prepare_decision")
        answer = attempted(
            request, application, _("Uw verklaring is vastgelegd."),
            lambda: assessing.declare_interest(application_id=pk, actor=actor, **form.cleaned_data), form,
        )
        if answer is not None:
            return answer
    context = {"application": application, "form": form, "heading": _("Persoonlijk belang"), "button": _("Verklaren"), "warnings": [hint.text for hint in found.hints]}
    return render(request, "decisions/form.html", context)


FORMS = {"regel": MandateRuleForm, "einde": EndRuleForm, "vervanging": SubstitutionForm}


@allow(*CASE_READERS, Role.ADMIN)
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """The mandate register on a day; the administrator adds and ends rules and arranges substitution."""
    may_change = request.user.has_role(Role.ADMIN)
    asked = request.POST.get("wat", "") if request.method == "POST" else ""
    if asked and not may_change:
        messages.error(request, _("Alleen de functioneel beheerder verandert het mandaatregister."))
        return redirect("decisions:mandates")
    forms = {
        name: form(request.POST if name == asked else None, prefix=name, **({"day": clock.today()} if name == "einde" else {}))
        for name, form in FORMS.items()
    }
    if asked in forms and forms[asked].is_valid():
        _store(asked, forms[asked])
        messages.success(request, _("Het mandaatregister is bijgewerkt."))
        return redirect("decisions:mandates")
    day = _day(request.GET.get("dag", ""))
    context = {
        "day": day,
        "rules": MandateRule.objects.on(day).select_related("holder").order_by("decision_kind", "scheme_code", "amount_below", "id"),
        "substitutions": Substitution.objects.filter(valid_to__gte=day).select_related("absent", "substitute"),
        "forms": [(name, title, forms[name]) for name, title in TITLES.items()] if may_change else [],
    }
    return render(request, "decisions/mandates.html", context)


TITLES = {"regel": gettext_lazy("Regel toevoegen"), "einde": gettext_lazy("Regel laten eindigen"), "vervanging": gettext_lazy("Vervanging regelen")}


def _store(asked: str, form) -> None:
    if asked == "einde":
        registering.end_mandate(rule_id=form.cleaned_data["rule"].pk, last_day=form.cleaned_data["last_day"])
    else:
        form.save()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
