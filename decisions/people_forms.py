"""What officials fill in about themselves, and what the administrator keeps: interest, mandates, substitution."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.models import MandateRule, OutsidePosition, Substitution
from decisions.timing_forms import day_field
from grants.applications.lifecycle.table import rows
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.schemes.models import Scheme


class InterestForm(forms.Form):
    has_interest = forms.TypedChoiceField(
        label=_("Hebt u een persoonlijk belang bij deze zaak?"), choices=[("nee", _("Nee")), ("ja", _("Ja"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "ja",
    )
    remark = forms.CharField(
        label=_("Toelichting"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Staat hierboven een teken van een belang, en hebt u toch geen belang? Leg dan uit waarom niet."),
    )

    def __init__(self, *args, reason_for_no: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.reason_for_no = reason_for_no

    def clean(self) -> dict:
        """A no against a strong sign needs its reason."""
        data = super().clean() or {}
        if self.reason_for_no and data.get("has_interest") is False and not data.get("remark", "").strip():
            self.add_error("remark", _("Leg uit waarom u geen persoonlijk belang hebt. Er is een teken dat u met de aanvrager verbindt."))
        return data


class PositionForm(forms.Form):
    organisation = forms.CharField(label=_("Organisatie"), max_length=200)
    kvk_number = forms.RegexField(r"^\d{8}$", label=_("KvK-nummer"), error_messages={"invalid": _("Een KvK-nummer heeft acht cijfers.")})
    position = forms.CharField(label=_("Functie"), max_length=120)
    valid_from = day_field(label=_("Sinds welke dag?"))


class EndPositionForm(forms.Form):
    position = forms.ModelChoiceField(OutsidePosition.objects.none(), label=_("Welke nevenfunctie eindigt?"))
    last_day = day_field(label=_("Laatste dag"))

    def __init__(self, *args, own, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = own

    def clean(self) -> dict:
        data = super().clean() or {}
        if "position" in data and "last_day" in data and data["last_day"] < data["position"].valid_from:
            self.add_error("last_day", _("De laatste dag ligt voor de eerste dag van deze nevenfunctie."))
        return data


class MandateRuleForm(forms.ModelForm):
    """A new rule of the mandate register. A rule is never changed: it gets a last day, and a new one follows."""

    valid_from = day_field(label=_("Geldt vanaf"))
    valid_to = day_field(label=_("Geldt tot en met"), required=False)
    decision_kind = forms.ChoiceField(label=_("Soort besluit"))
    scheme_code = forms.ChoiceField(label=_("Regeling"), required=False)
    amount_below = forms.DecimalField(label=_("Voor bedragen onder (euro)"), required=False, min_value=0, decimal_places=2, max_digits=13, localize=True)
    role = forms.ChoiceField(label=_("Rol"), choices=[(r.value, r.label) for r in (Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER, Role.CASE_HANDLER)])

    class Meta:
        model = MandateRule
        fields = ["decision_kind", "amount_below", "role", "holder", "scheme_code", "basis", "valid_from", "valid_to"]
        labels = {"holder": _("Op naam van"), "basis": _("Grondslag")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(row.name, row.act.label) for row in rows() if row.act.decision or row.name == "delay_notice"]
        self.fields["decision_kind"].choices = [("*", _("elk besluit")), *kinds]
        self.fields["scheme_code"].choices = [("", _("elke regeling")), *Scheme.objects.order_by("code").values_list("code", "title")]
        self.fields["holder"].queryset = _officials()


class EndRuleForm(forms.Form):
    rule = forms.ModelChoiceField(MandateRule.objects.none(), label=_("Welke regel eindigt?"))
    last_day = day_field(label=_("Laatste dag"))

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = MandateRule.objects.filter(valid_to__isnull=True).order_by("decision_kind", "id")
        self.day = day

    def clean_last_day(self):
        chosen = self.cleaned_data["last_day"]
        if chosen < self.day:
            raise forms.ValidationError(_("De laatste dag ligt voor vandaag. Besluiten van die dagen rusten op deze regel."))
        return chosen


class SubstitutionForm(forms.ModelForm):
    valid_from = day_field(label=_("Van"))
    valid_to = day_field(label=_("Tot en met"))

    class Meta:
        model = Substitution
        fields = ["absent", "substitute", "basis", "valid_from", "valid_to"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "substitute"):
            self.fields[name].queryset = _officials()


def _officials():
    holders = (Role.MANDATE_HOLDER, Role.OBJECTION_DECIDER, Role.CASE_HANDLER)
    return User.objects.filter(role_assignments__role__in=holders).distinct().order_by("last_name", "id")
