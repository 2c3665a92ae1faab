"""What officials fill in about the end of a term."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.applications.services.timing import Pause
from grants.applications.term_changes import TermChange


def day_field(**kwargs) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class DelayForm(forms.Form):
    """A notice with a day, or an extension in weeks where the ordinance gives one."""

    until = day_field(label=_("Het besluit komt uiterlijk op"), required=False, help_text=_("Alleen bij een bericht. De wettelijke termijn blijft dan zoals die is."))
    weeks = forms.IntegerField(
        label=_("Of: verlengen met zoveel weken"), required=False, min_value=1, max_value=52,
        help_text=_("Alleen als de regeling verlengen toestaat, en een keer. De termijn schuift dan op."),
    )
    reason = forms.CharField(label=_("Waarom lukt het niet op tijd?"), widget=forms.Textarea, help_text=_("Dit staat in de brief."))

    def clean(self) -> dict:
        data = super().clean()
        if bool(data.get("until")) == bool(data.get("weeks")) and not self.errors:
            raise forms.ValidationError(_("Vul een datum in of een aantal weken, niet allebei."))
        data["weeks"] = data.get("weeks") or 0
        return data


class SuspendForm(forms.Form):
    kind = forms.ChoiceField(label=_("Waarom staat de termijn stil?"), choices=[(kind.value, kind.label) for kind in TermChange.SUSPENSIONS])
    first_day = day_field(label=_("Eerste dag die niet meetelt"))
    last_day = day_field(label=_("Laatste dag die niet meetelt"), required=False, help_text=_("Bij afgesproken uitstel verplicht. Laat leeg zolang de reden nog duurt."))
    evidence = forms.CharField(
        label=_("Waaruit blijkt dat?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Bijvoorbeeld: de brief van de aanvrager van 3 maart 2026.")
    )

    def pause(self) -> Pause:
        return Pause(**self.cleaned_data)


class EndSuspensionForm(forms.Form):
    change = forms.ModelChoiceField(TermChange.objects.none(), label=_("Welke opschorting is voorbij?"), empty_label=None)
    last_day = day_field(label=_("Laatste dag die niet meetelt"))

    def __init__(self, *args, open_ones, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["change"].queryset = open_ones


class FreeDayForm(forms.Form):
    """A day with the decree that names it, or a day to take out again."""

    day = day_field(label=_("Dag"))
    decree = forms.CharField(label=_("Koninklijk besluit"), required=False, max_length=200, help_text=_("Bijvoorbeeld: Stb. 2025, 123."))
    remove = forms.BooleanField(label=_("Deze dag uit de tabel halen"), required=False, help_text=_("Alleen voor een dag die nog komt en die per vergissing is ingevoerd."))

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("remove") and not data.get("decree"):
            self.add_error("decree", _("Vul in welk koninklijk besluit deze dag gelijkstelt. Zonder besluit telt de dag gewoon mee."))
        return data
