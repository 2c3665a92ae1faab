"""Who asks, for officials: the registers, the people who take part and act, and their authorisations (Awb 2:1(3))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from applicants.acts import mandating
from applicants.acts.refusing import PartyRefused
from applicants.models import Capacity, PaperState, Representation
from applicants.views.finding import posted, told
from decisions import who_asks
from decisions.views.access import official_case
from grants.kernel import clock
from grants.kernel.access import log_read
from grants.kernel.opening import file_answer
from grants.kernel.permissions import allow
from grants.kernel.roles import CASE_READERS, Role

JUDGES = (Role.INTAKE_OFFICER, Role.CASE_HANDLER)


class MandateField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.get_full_name() or _('iemand zonder naam bij ons')}, {obj.capacity}"


class JudgeForm(forms.Form):
    mandate = MandateField(Representation.objects.none(), label=gettext_lazy("Over wie gaat het?"), empty_label=None, widget=forms.RadioSelect)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Wat is er met de machtiging?"), widget=forms.RadioSelect,
        choices=[
            (PaperState.ASKED, gettext_lazy("Ik vraag om een machtiging")), (PaperState.ACCEPTED, gettext_lazy("De machtiging is akkoord")),
            (PaperState.REFUSED, gettext_lazy("De machtiging is niet akkoord: deze persoon treedt niet meer op")),
        ],
    )
    why = forms.CharField(
        label=gettext_lazy("Waarom?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("De aanvrager leest dit. Nodig als u om een machtiging vraagt, of als zij niet akkoord is."),
    )


@allow(*CASE_READERS)
@require_http_methods(["GET", "POST"])
def asks(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    if application.applicant is None:
        messages.error(request, _("Deze zaak is ingelezen uit een register. De aanvrager is niet bekend."))
        return redirect("decisions:case", pk=pk)
    may_judge = request.user.has_role(*JUDGES, scheme_code=application.scheme_id)
    if request.method == "POST" and not may_judge:
        raise PermissionDenied
    day = clock.today()
    mandates = list(application.applicant.representations.select_related("user", "chain").prefetch_related("steps__by", "steps__paper").order_by("id"))
    open_ones = [m.pk for m in mandates if m.ended_on is None and m.kind != Capacity.SELF]
    form = JudgeForm(posted(request)[0]) if may_judge and open_ones else None
    if form is not None:
        form.fields["mandate"].queryset = Representation.objects.filter(pk__in=open_ones).select_related("user").order_by("id")  # type: ignore[attr-defined]
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            mandating.judge(representation_id=data["mandate"].pk, verdict=data["verdict"], why=data["why"], user=request.user)
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("Het is vastgelegd. De aanvrager krijgt bericht."))
            return redirect("decisions:who-asks", pk=pk)
    log_read(request.user, "applicant", application.chain)
    context = {
        "application": application, "party": application.applicant, "checks": application.applicant.register_checks.all(), "form": form,
        "mandates": [(m, m.holds_on(day)) for m in mandates], "members": application.applicant.members.select_related("paper"),
        "warnings": who_asks.warnings(application),
    }
    return render(request, "decisions/who_asks.html", context)


@allow(*CASE_READERS)
@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A paper about the applicant of a case that the official may see."""
    found = get_object_or_404(who_asks.visible_papers(request.user), pk=pk)
    log_read(request.user, f"paper {found.kind}", None)
    return file_answer(request, found)
