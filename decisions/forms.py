"""What officials fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import calculating
from decisions.advice_forms import add_advice_fields, said_about
from decisions.grounds import DEVIATION_CHOICES, grounds_for
from decisions.models import Assessment
from grants.law.zienswijze import reasons_for
from grants.schemes import answer_values
from grants.schemes.answer_values import Unreadable
from grants.schemes.models import Area, Goal
from letters.models import Letter

VIEW_REASONS = [
    ("", _("Er is een zienswijze gevraagd, of die is niet aan de orde")),
    ("4:7(1)", _("4:7, eerste lid: de feiten zijn van de aanvrager zelf")),
    ("4:7(2)", _("4:7, tweede lid: het verschil is gering")),
    ("4:8(1)", _("4:8, eerste lid: de feiten zijn van de belanghebbende zelf")),
    ("4:8(2)", _("4:8, tweede lid: de belanghebbende gaf gegevens niet die hij moest geven")),
    ("4:11", _("4:11: spoed, al gehoord, of het doel zou niet worden bereikt")),
    ("4:12(1)", _("4:12, eerste lid: financieel besluit, gevolgen zijn te herstellen")),
]


class MoneyField(forms.DecimalField):
    """An amount in euros, typed the Dutch way; two decimals, never negative."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_digits=13, decimal_places=2, min_value=0, localize=True, **kwargs)

    def to_python(self, value):
        """Also with dots for thousands, and with a euro sign: 1.000,00 and € 1.000 are what people write."""
        if isinstance(value, str) and value.strip():
            try:
                value = answer_values.amount(value)  # a number from here on: whatever language the page speaks, 1.000 is a thousand
            except Unreadable:
                pass  # Django's own sentence says what is wrong
        return super().to_python(value)


class CompletionForm(forms.Form):
    items = forms.CharField(
        label=_("Wat ontbreekt er?"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Zet elk punt op een eigen regel, met de reden waarom het nodig is.")
    )

    questions = forms.MultipleChoiceField(
        label=_("Welke vragen kan de aanvrager opnieuw invullen?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Kiest u niets, dan staan de vragen open waarin iets ontbreekt."),
    )

    def __init__(self, *args, definition=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if definition is None:
            del self.fields["questions"]
        else:
            self.fields["questions"].choices = [(q.key, q.label) for q in definition.questions if q.kind != "file"]

    def clean_items(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip())

    def values(self) -> dict:
        data = self.cleaned_data
        return {"items": data["items"], **({"questions": tuple(data["questions"])} if "questions" in self.fields else {})}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Waarom?"), widget=forms.Textarea)


class DefaultNoticeForm(forms.Form):
    received_on = forms.DateField(
        label=_("Op welke dag kwam de ingebrekestelling binnen?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


    term = forms.ChoiceField(label=_("Over welk besluit gaat de brief?"), required=False)

    def __init__(self, *args, terms=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if len(terms) > 1:
            self.fields["term"].choices = terms
        else:
            del self.fields["term"]


class ResendForm(forms.Form):
    letter = forms.ModelChoiceField(Letter.objects.none(), label=_("Welke brief kwam niet aan?"))
    how = forms.ChoiceField(
        label=_("Hoe gaat de brief opnieuw?"), widget=forms.RadioSelect,
        choices=[("paper", _("Op papier. De dag waarop hij op de post gaat, telt.")), ("portal", _("Nog eens in het berichtenvak. Vandaag telt."))],
    )
    reason = forms.CharField(label=_("Waarom verzenden wij opnieuw?"), widget=forms.Textarea)

    def __init__(self, *args, chain_id, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].queryset = Letter.objects.of_chain(chain_id).filter(state=Letter.State.SENT)


class LabelsForm(forms.Form):
    """The goals and area that figures count by."""

    goals = forms.ModelMultipleChoiceField(Goal.objects.none(), label=_("Doelen"), required=False, widget=forms.CheckboxSelectMultiple)
    main_goal = forms.ModelChoiceField(Goal.objects.none(), label=_("Hoofddoel"), required=False)
    area = forms.ModelChoiceField(Area.objects.all(), label=_("Gebied"), required=False)
    reason = forms.CharField(label=_("Waarom klopt het kenmerk niet?"), widget=forms.Textarea)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("goals", "main_goal"):
            self.fields[name].queryset = Goal.objects.filter(is_historical=False)

    def codes(self) -> tuple[str, ...]:
        """The chosen codes, the main goal first."""
        main, others = self.cleaned_data["main_goal"], self.cleaned_data["goals"]
        return tuple(dict.fromkeys([*([main.pk] if main else []), *(goal.pk for goal in others)]))


class AssessmentForm(forms.ModelForm):
    has_interest = forms.TypedChoiceField(
        label=_("Hebt u een persoonlijk belang bij deze zaak?"), choices=[("nee", _("Nee")), ("ja", _("Ja"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "ja", required=False, empty_value=None,
    )
    advised_amount = MoneyField(label=_("Geadviseerd bedrag in euro"), required=False)

    class Meta:
        model = Assessment
        fields = ["has_interest", "facts", "weighing", "advice", "advised_amount"]

    def __init__(self, *args, criteria=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance and self.instance.has_interest is not None:
            self.initial["has_interest"] = "ja" if self.instance.has_interest else "nee"
        findings = (self.instance.findings if self.instance else None) or {}
        for criterion in criteria:
            self.fields[f"criterion_{criterion.key}"] = forms.CharField(
                label=criterion.label, help_text=criterion.explanation, required=False, widget=forms.Textarea(attrs={"rows": 3}),
                initial=findings.get(criterion.key, ""),
            )

    def values(self) -> dict:
        """The values to store: the columns, and the findings per criterion."""
        data = dict(self.cleaned_data)
        findings = {name.removeprefix("criterion_"): data.pop(name) for name in list(data) if name.startswith("criterion_")}
        return {**data, "findings": findings}


ON_SETTLEMENT = ("amend_settlement", "withdraw_settlement")
ON_GRANT = ("amend", "withdraw_grant")
DAYS = ("breach_on", "takes_effect_on")
"""Days that only some decisions ask for."""


class DecisionForm(forms.Form):
    """A decision in preparation. The grounds are the scheme's."""

    amount = MoneyField(label=_("Bedrag in euro"), required=False, help_text=_("Leeg als het besluit geen bedrag heeft."))
    ground = forms.ChoiceField(label=_("Grond"), required=False)
    motivation = forms.CharField(label=_("Motivering"), widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text=_("Dit staat in de brief. Schrijf kort en in gewone woorden."))
    proportionality = forms.CharField(label=_("Evenredigheid"), widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text=_("Bij een besluit in het nadeel: waarom is het gevolg niet te zwaar?"))
    view_not_required = forms.ChoiceField(label=_("Zienswijze"), choices=VIEW_REASONS, required=False)

    takes_effect_on = forms.DateField(
        label=_("Vanaf welke dag geldt het besluit?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Alleen bij een grond uit artikel 4:50: dan geldt het pas na een redelijke termijn."),
    )
    breach_on = forms.DateField(
        label=_("Op welke dag is de verplichting niet nagekomen?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Alleen bij grond 4:49, eerste lid, c. Vanaf die dag lopen de vijf jaar waarin wij kunnen wijzigen, intrekken en terugvorderen."),
    )

    deviation_ground = forms.ChoiceField(
        label=_("Anders dan de berekening?"), choices=DEVIATION_CHOICES, required=False, help_text=_("Alleen als het bedrag hoger is dan wat uit de regeling komt.")
    )
    deviation = forms.CharField(label=_("Waarom wijkt u af?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text=_("Dit staat in de brief. De toetser en de ondertekenaar kijken mee."))

    still_missing = forms.MultipleChoiceField(
        label=_("Wat ontbreekt er nog?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Dit staat in de brief. Haal het vinkje weg bij wat de aanvrager wel heeft gestuurd."),
    )

    def __init__(self, *args, definition=None, act="", advices=(), asked=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(asked)
        if self.asked:
            self.fields["still_missing"].choices = [(str(place), item) for place, item in enumerate(self.asked)]
            kept = self.initial.get("still_missing", self.asked)
            self.initial["still_missing"] = [str(place) for place, item in enumerate(self.asked) if item in kept]
        else:
            del self.fields["still_missing"]
        self.advices = [str(advice.pk) for advice in advices]
        for advice in advices:
            add_advice_fields(self, advice)
        refusals = definition.refusal_grounds if definition and act in ("reject", "grant_partly", "") else ()
        self.grounds = {g.code: f"{g.text} ({g.article})" for g in refusals} | dict(grounds_for(act))
        self.fields["ground"].choices = [("", _("Geen")), *self.grounds.items()]
        chosen = self.initial.get("ground")
        if chosen and chosen not in self.grounds:  # a ground that an earlier version knew stays
            self.grounds[chosen] = self.initial.get("ground_text") or chosen
            self.fields["ground"].choices = [*self.fields["ground"].choices, (chosen, self.grounds[chosen])]
        if act:
            self.fields["view_not_required"].choices = [(code, text) for code, text in VIEW_REASONS if not code or code in reasons_for(act)]
        if act and act not in ON_SETTLEMENT:
            del self.fields["breach_on"]
        if act and act not in ON_GRANT:
            del self.fields["takes_effect_on"]
        if act not in calculating.GRANTS | calculating.SETTLES | calculating.RAISES_GRANT | calculating.RAISES_SETTLEMENT:
            del self.fields["deviation_ground"], self.fields["deviation"]

    def values(self) -> dict:
        data = self.cleaned_data
        missing = {"still_missing": [self.asked[int(place)] for place in data["still_missing"]]} if self.asked else {}
        return {
            **missing,
            **{name: data[name] or None for name in DAYS if name in self.fields},
            "amount": data["amount"],
            "ground": data["ground"],
            "ground_text": self.grounds.get(data["ground"], ""),
            "motivation": data["motivation"],
            "proportionality": data["proportionality"],
            "deviation_ground": data.get("deviation_ground", ""),
            "deviation": data.get("deviation", ""),
            "advice": {key: said_about(data, key) for key in self.advices},
        }

    def typed(self) -> tuple[dict, str]:
        """(the values, the reason for no view) as far as they can be read now: what was posted, else what the form starts with."""
        if self.is_bound:
            self.is_valid()
            read = {name: self.cleaned_data.get(name) for name in self.fields}
        else:
            read = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        known = {name: read[name] if name == "amount" else read[name] or "" for name in self.fields}
        self.cleaned_data, before = known, getattr(self, "cleaned_data", None)
        try:
            return self.values(), known["view_not_required"]
        finally:
            self.cleaned_data = before
