"""The pages about this website: accessibility, privacy, contact; and the page that shows its parts."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from grants.kernel.permissions import allow_public


@allow_public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "project/accessibility.html")


@allow_public
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "project/privacy.html")


@allow_public
@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "project/contact.html", {"sender": settings.LETTER_SENDER})


class Example(forms.Form):
    """One field of each kind, for the page of the parts."""

    may_be_empty = ("note",)
    title = forms.CharField(label=_("Hoe heet uw plan?"), help_text=_("Een korte naam, bijvoorbeeld: Bankjes in de Dorpsstraat."))
    note = forms.CharField(label=_("Wilt u nog iets vertellen?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = forms.DateField(label=_("Wanneer begint u?"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}))
    kind = forms.ChoiceField(label=_("Wat gaat u doen?"), choices=[("groen", _("Groen in de straat")), ("sport", _("Sport en spel"))])
    place = forms.ChoiceField(label=_("Waar is het?"), widget=forms.RadioSelect, choices=[("straat", _("Op straat")), ("park", _("In een park"))])
    goals = forms.MultipleChoiceField(
        label=_("Waar helpt uw plan bij?"), widget=forms.CheckboxSelectMultiple, choices=[("ontmoeten", _("Elkaar ontmoeten")), ("veilig", _("Veiligheid"))]
    )


@allow_public
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every part that repeats, once. Only in the demonstration."""
    if not settings.VERLEEND_DEMO:
        raise Http404
    return render(request, "project/style.html", {
        "form": Example(auto_id="voorbeeld_%s"), "faulty": Example({"note": "-"}, auto_id="fout_%s"), "day": date(2026, 3, 2),
        "facts": [(_("Bedrag"), "€ 2.500,00"), (_("Ingestuurd"), _("2 maart 2026")), (_("Zaaknummer"), "LB-INW-2026-0001")],
        "trail": [(_("Regelingen"), "/"), (_("Mijn subsidies"), "/mijn/")], "lines": [_("Vul een bedrag in."), _("Kies een plek.")],
    })
