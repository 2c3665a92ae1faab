"""What officials fill in about a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.models import CaseNote


class NoteForm(forms.Form):
    """A note of one's own, or of somebody who came or called: then with whom and when."""

    kind = forms.ChoiceField(label=_("Wat voor notitie is het?"), choices=CaseNote.Kind.choices, widget=forms.RadioSelect, initial="note")
    with_whom = forms.CharField(label=_("Met wie was het gesprek?"), max_length=120, required=False, help_text=_("Alleen bij een bezoek of een telefoongesprek."))
    happened_at = forms.DateTimeField(
        label=_("Wanneer was het gesprek?"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Alleen bij een bezoek of een telefoongesprek."),
    )
    text = forms.CharField(label=_("Wat is er gezegd of gebeurd?"), max_length=15_000, widget=forms.Textarea(attrs={"rows": 5}))

    def clean(self) -> dict[str, Any]:
        """Who and when belong to a visit and a call; the error stands beside the field."""
        data = self.cleaned_data
        if data.get("kind") in CaseNote.CONTACTS:
            if not data.get("with_whom"):
                self.add_error("with_whom", _t("Schrijf op met wie het gesprek was."))
            if not data.get("happened_at") and "happened_at" not in self.errors:
                self.add_error("happened_at", _t("Vul de dag en de tijd van het gesprek in."))
        return data
