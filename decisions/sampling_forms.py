"""What officials fill in for a sample."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.models import SampleCheck
from decisions.objection_forms import day_field, text_field
from decisions.sample_sources import drawable
from decisions.sampling_points import ANSWERS
from grants.law.formats import percent
from grants.schemes.models import Scheme


class DrawForm(forms.Form):
    """Which cases come on the list. The percentage is the scheme's."""

    source = forms.ChoiceField(label=_("Regeling en arrangement"), help_text=_("Alleen waarvoor de regeling een percentage noemt."))
    period_start = day_field(_("Vastgesteld vanaf"))
    period_end = day_field(_("Vastgesteld tot en met"))

    def __init__(self, *args: Any, codes: frozenset[str] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = Scheme.objects.filter(is_historical=False)
        found = drawable(schemes if codes is None else schemes.filter(code__in=codes))
        self.sources = {f"{scheme.code}/{a.code}": (scheme.code, a.code) for scheme, a in found}
        labels = [f"{scheme.title}, {a.code} ({percent(a.sample_percentage)})" for scheme, a in found]
        self.fields["source"].choices = [("", _("Kies")), *zip(self.sources, labels, strict=True)]

    def chosen(self) -> tuple[str, str]:
        """The scheme's code and the arrangement."""
        return self.sources[self.cleaned_data["source"]]


class ReceivedForm(forms.Form):
    received_on = day_field(_("Op welke dag kwam het bewijs binnen?"), help_text=_("Leeg: vandaag."), required=False)


class DropForm(forms.Form):
    reason = text_field(_("Waarom komt er toch geen ander besluit?"), 3)


class CheckForm(forms.Form):
    """The check list of one case, with its outcome."""

    outcome = forms.ChoiceField(label=_("Uitkomst"), choices=[("", _("Kies")), *SampleCheck.Outcome.choices])
    note = text_field(_("Toelichting"), 4, required=False, help_text=_("Verplicht als niet alles in orde is."))

    def __init__(self, *args: Any, points: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(points)
        for place, point in enumerate(points):
            self.fields[f"answer-{place}"] = forms.ChoiceField(
                label=f"{place + 1}. {point['text']} ({point['source']})", choices=ANSWERS, widget=forms.RadioSelect, required=False, initial=point["answer"]
            )
            self.fields[f"note-{place}"] = forms.CharField(
                label=_("Wat is er niet in orde bij punt %(number)s?") % {"number": place + 1}, max_length=500, required=False, initial=point["note"]
            )
        self.order_fields([*(name for place in range(self.count) for name in (f"answer-{place}", f"note-{place}")), "outcome", "note"])

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {place: (data[f"answer-{place}"], data[f"note-{place}"]) for place in range(self.count)}
        return {"answers": answers, "outcome": data["outcome"], "note": data["note"]}
