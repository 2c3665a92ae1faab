"""A change of address, e-mail address or account, as the applicant or an official fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.models import PartyChange
from applicants.postcodes import PostcodeField
from decisions.life_forms import text_field
from grants.kernel import clock


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(label=_("Wat verandert er?"), choices=PartyChange.Kind.choices, widget=forms.RadioSelect)
    street = forms.CharField(label=_("Straat en huisnummer"), required=False, max_length=200, help_text=_("Alleen bij een nieuw adres."))
    postcode = PostcodeField(label=_("Postcode"), required=False)
    city = forms.CharField(label=_("Plaats"), required=False, max_length=100)
    email = forms.EmailField(label=_("E-mailadres"), required=False, help_text=_("Alleen bij een nieuw e-mailadres."))
    iban = forms.CharField(label=_("Rekeningnummer (IBAN)"), required=False, max_length=42, help_text=_("Alleen bij een nieuw rekeningnummer."))

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"kind": data.pop("kind"), "new": data}


class _OfChange(forms.Form):
    change = forms.ModelChoiceField(PartyChange.objects.none(), label=_("Welke wijziging?"), empty_label=None)

    def __init__(self, *args: Any, applicant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = PartyChange.objects.waiting(clock.today()).filter(applicant=applicant_id)
        self.fields["change"].queryset = waiting  # type: ignore[attr-defined]


class CodeForm(_OfChange):
    code = forms.CharField(label=_("De code uit de mail of brief"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}))


class CallBackForm(_OfChange):
    verdict = forms.ChoiceField(
        label=_("Wat zei de aanvrager?"), widget=forms.RadioSelect, choices=[("ja", _("De wijziging klopt")), ("nee", _("De wijziging klopt niet"))]
    )
    note = text_field(_("Wie sprak u, op welk nummer?"), help_text=_("Bel op een nummer dat wij al hadden, niet op een nummer uit de aanvraag om te wijzigen."))


class PrintForm(_OfChange):
    """Which change gets a letter with a code."""
