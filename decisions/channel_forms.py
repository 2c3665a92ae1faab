"""Digital post or paper, as an applicant chooses it or as an official notes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applicants.consents import WORDS, ChannelConsent


class OwnChannelForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Hoe wilt u post van ons krijgen?"), widget=forms.RadioSelect, choices=[("paper", _("Op papier, naar mijn adres")), ("digital", _("Digitaal, op deze website"))],
        help_text=WORDS, error_messages={"required": _("Kies papier of digitaal.")},
    )

    def values(self) -> dict[str, Any]:
        return {"digital": self.cleaned_data["channel"] == "digital", "how": ChannelConsent.How.WEBSITE}


class NotedChannelForm(OwnChannelForm):
    how = forms.ChoiceField(label=_("Hoe liet de aanvrager dit weten?"), widget=forms.RadioSelect, choices=[c for c in ChannelConsent.How.choices if c[0] != "website"])
    note = forms.CharField(
        label=_("Wie zei dit, en wanneer?"), max_length=300, help_text=_("Dit is ons bewijs. Bewaar een brief ook bij de zaak."),
        error_messages={"required": _("Schrijf op wie dit zei, en wanneer.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].label = _("Hoe wil de aanvrager post krijgen?")
        self.fields["channel"].help_text = ""

    def values(self) -> dict[str, Any]:
        return {**super().values(), "how": self.cleaned_data["how"], "note": self.cleaned_data["note"]}
