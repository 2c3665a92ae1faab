"""What officials fill in about a change in the life of an applicant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.models import Correspondent
from applicants.postcodes import PostcodeField
from applicants.services import Instead
from decisions.models import PartyEffect, PartyReport
from decisions.timing_forms import day_field
from grants.applications.files import Inspected, UploadRefused, inspect
from grants.law.succession import kinds_for


def text_field(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class EvidenceField(forms.FileField):
    """A PDF or a photo, looked at by its content. Gives what was inspected, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Bewijsstuk (PDF of foto)"), "required": False, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Inspected | None:
        if data is None and not self.required:
            return None
        try:
            return inspect(data)
        except UploadRefused as error:
            raise forms.ValidationError(str(error)) from error


class ReportForm(forms.Form):
    """What befell the applicant, from which source, and who gets the letters from now on."""

    kind = forms.ChoiceField(label=_("Wat is er gebeurd?"))
    happened_on = day_field(label=_("Op welke dag?"))
    source = forms.CharField(label=_("Waaruit weten wij dit?"), max_length=200, help_text=_("Bijvoorbeeld: Centraal Insolventieregister, nummer F.03/26/12."))
    evidence = EvidenceField()
    to_kind = forms.ChoiceField(label=_("Wie krijgt de brieven?"), required=False, choices=[("", _("De aanvrager, zoals nu")), *Correspondent.Kind.choices])
    name = forms.CharField(label=_("Naam"), required=False, max_length=200)
    street = forms.CharField(label=_("Straat en huisnummer"), required=False, max_length=200)
    postcode = PostcodeField(label=_("Postcode"), required=False)
    city = forms.CharField(label=_("Plaats"), required=False, max_length=100)

    def __init__(self, *args: Any, applicant_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = set(kinds_for(applicant_type))
        self.fields["kind"].choices = [choice for choice in PartyReport.Kind.choices if choice[0] in possible]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to_kind"):
            for field in ("name", "street", "postcode", "city"):
                if not data.get(field, "").strip():
                    self.add_error(field, _("Vul dit in: de brieven gaan naar dit adres."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        instead = None
        if data["to_kind"]:
            instead = Instead(data["to_kind"], data["name"].strip(), data["street"].strip(), data["postcode"].strip(), data["city"].strip())
        return {"kind": data["kind"], "happened_on": data["happened_on"], "source": data["source"], "evidence": data["evidence"], "instead": instead}


class _OfReport(forms.Form):
    report = forms.ModelChoiceField(PartyReport.objects.none(), label=_("Welke gebeurtenis?"), empty_label=None)

    def __init__(self, *args: Any, applicant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].queryset = PartyReport.objects.in_force().filter(applicant=applicant_id)  # type: ignore[attr-defined]


class AnswerForm(_OfReport):
    answer = forms.ChoiceField(label=_("Hoe gaat deze zaak verder?"), choices=PartyEffect.Answer.choices, widget=forms.RadioSelect)
    motivation = text_field(_("Waarom?"), help_text=_("Alleen wij lezen dit."))


class EndReportForm(_OfReport):
    reason = text_field(_("Waarom geldt dit niet meer?"), help_text=_("Noem de bron, bijvoorbeeld het vonnis dat het faillissement opheft."))
