"""What is filled in inside the Bibob compartment, and by the administrator who keeps its circle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.forms import MoneyField
from decisions.life_forms import EvidenceField, text_field
from decisions.models import BibobFile, BibobLine
from decisions.timing_forms import day_field
from grants.kernel.models import User
from grants.kernel.roles import CASE_READERS
from grants.schemes.models import Scheme


class NoteForm(forms.Form):
    text = text_field(_("Notitie"), required=False)
    evidence = EvidenceField()


class FinishForm(forms.Form):
    result = forms.ChoiceField(label=_("Uitkomst"), choices=BibobFile.Result.choices, widget=forms.RadioSelect)
    consequence = forms.ChoiceField(
        label=_("Gevolg"), choices=BibobFile.Consequence.choices, widget=forms.RadioSelect, help_text=_("Alleen dit gevolg is buiten de Bibob-kring te zien."),
    )


class AppointForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Wie komt erbij?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers = User.objects.filter(role_assignments__role__in=[str(role) for role in CASE_READERS], is_active=True)
        self.fields["user"].queryset = readers.distinct().order_by("last_name", "id")  # type: ignore[attr-defined]


class LineForm(forms.ModelForm):
    scheme_code = forms.ChoiceField(label=_("Regeling"), required=False)
    from_amount = MoneyField(label=_("Vanaf dit gevraagde bedrag in euro"))
    valid_from = day_field(label=_("Geldt vanaf"))
    valid_to = day_field(label=_("Geldt tot en met"), required=False)

    class Meta:
        model = BibobLine
        fields = ["scheme_code", "from_amount", "basis", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme_code"].choices = [("", _("elke regeling")), *Scheme.objects.order_by("code").values_list("code", "title")]  # type: ignore[attr-defined]
