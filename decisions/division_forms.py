"""What officials fill in when a ceiling is divided, when they score, and when a budget changes."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.forms import MoneyField
from decisions.timing_forms import day_field
from grants.budget.models import Budget
from grants.budget.mutations import BudgetMutation
from grants.law.formats import euro
from grants.law.tender import Weighed


class DrawForm(forms.Form):
    """The moment of the draw: who saw it, and the word that nobody could know before."""

    witnesses = forms.CharField(
        label=_("Wie zijn de getuigen?"), max_length=300, help_text=_("Naam en functie. Neem iemand die niet zelf loot en de aanvragen niet behandelt.")
    )
    word = forms.CharField(
        label=_("Welk woord noemen de getuigen?"), max_length=60, help_text=_("Letters zonder accenten, cijfers en spaties. Bijvoorbeeld een woord en een getal dat zij zelf bedenken.")
    )

    def __init__(self, *args, needs_lot: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not needs_lot:
            for name in self.fields:
                self.fields[name].required = False


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Waarom vervalt deze verdeling?"), widget=forms.Textarea(attrs={"rows": 3}))


class ScoreForm(forms.Form):
    """Points and a reason for each criterion; a draft may be empty in places."""

    def __init__(self, *args, criteria: tuple[Weighed, ...], draft: dict[str, dict[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            stored = draft.get(criterion.key, {})
            self.fields[f"punten_{criterion.key}"] = forms.DecimalField(
                label=_("Punten: %(label)s") % {"label": criterion.label}, max_digits=7, decimal_places=2, min_value=0, max_value=criterion.most, required=False, localize=True,
                initial=str(stored.get("points", "")).replace(".", ","), widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
                help_text=_("0 tot en met %(most)s. Telt %(weight)s keer. Minder dan %(least)s is niet genoeg.")
                % {"most": criterion.most, "weight": criterion.weight, "least": criterion.least},
            )
            self.fields[f"reden_{criterion.key}"] = forms.CharField(
                label=_("Waarom: %(label)s") % {"label": criterion.label}, required=False, initial=stored.get("reason", ""), widget=forms.Textarea(attrs={"rows": 3})
            )

    def scores(self) -> dict[str, tuple]:
        data = self.cleaned_data
        return {c.key: (data[f"punten_{c.key}"], data[f"reden_{c.key}"]) for c in self.criteria}


class MutationForm(forms.Form):
    """One line of a budget paper. An empty side is outside: the general means."""

    kind = forms.ChoiceField(label=_("Soort wijziging"), choices=BudgetMutation.Kind.choices)
    source = forms.ModelChoiceField(Budget.objects.order_by("product", "year"), label=_("Van"), required=False, empty_label=_("algemene middelen"))
    target = forms.ModelChoiceField(Budget.objects.order_by("product", "year"), label=_("Naar"), required=False, empty_label=_("algemene middelen"))
    amount = MoneyField(label=_("Bedrag in euro"), help_text=_("Altijd boven nul. Gaat er geld af, zet het product dan bij Van."))
    precision = forms.TypedChoiceField(
        label=_("Waarop heeft het document afgerond?"), coerce=int, choices=[(1, _("niet afgerond")), *((p, euro(Decimal(p))) for p in BudgetMutation.PRECISIONS[1:])],
        help_text=_("Staat er € 0,83 miljoen? Vul dan 830.000 in, en kies € 10.000,00."),
    )
    is_structural = forms.BooleanField(label=_("De wijziging geldt ook voor de jaren erna (structureel)"), required=False)
    subject = forms.CharField(label=_("Onderwerp"), max_length=120, help_text=_("Regels met hetzelfde onderwerp krijgen samen een tussentelling."))
    document = forms.CharField(label=_("Document"), max_length=120, help_text=_("Bijvoorbeeld: Najaarsnota 2025."))
    decided_on = day_field(label=_("Vastgesteld op"))
