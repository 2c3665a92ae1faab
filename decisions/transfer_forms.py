"""What is filled in about a transfer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from applicants.models import ApplicantType
from applicants.postcodes import PostcodeField
from decisions.life_forms import EvidenceField, text_field
from decisions.models import Transfer
from decisions.services.transferring import NewParty


class ProposeForm(forms.Form):
    basis = forms.ChoiceField(label=_("Waarop rust de overdracht?"), choices=Transfer.Basis.choices, widget=forms.RadioSelect)
    type = forms.ChoiceField(label=_("Soort nieuwe aanvrager"), choices=ApplicantType.choices)
    name = forms.CharField(label=_("Naam van de nieuwe aanvrager"), max_length=200)
    kvk_number = forms.CharField(
        label=_("KvK-nummer"), required=False, validators=[RegexValidator(r"^[0-9]{8}$", _("Een KvK-nummer heeft 8 cijfers."))],
        help_text=_("Met dit nummer vinden wij een aanvrager die wij al kennen."),
    )
    street = forms.CharField(label=_("Straat en huisnummer"), max_length=200)
    postcode = PostcodeField(label=_("Postcode"))
    city = forms.CharField(label=_("Plaats"), max_length=100)
    evidence = EvidenceField(label=_("De akte, verklaring of overeenkomst (PDF of foto)"))
    reason = text_field(_("Toelichting"), 3)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        to = NewParty(data["type"], data["name"].strip(), data["street"].strip(), data["postcode"].strip(), data["city"].strip(), data["kvk_number"])
        return {"to": to, "basis": data["basis"], "reason": data["reason"], "evidence": data["evidence"]}


class CarryOutForm(forms.Form):
    how = forms.ChoiceField(label=_("Wat doet u?"), choices=[("do", _("De overdracht uitvoeren")), ("cancel", _("De overdracht intrekken"))], widget=forms.RadioSelect)
    reason = text_field(_("Waarom? (nodig bij intrekken)"), 3, required=False)
