"""What the post room fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.kernel import clock


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), error_messages={"required": _("Vul een dag in."), "invalid": _("Dit is geen datum.")}, **more)


class PileForm(forms.Form):
    """How a pile is made; which letters go along are boxes on the page."""

    day = _day(_("Op welke dag gaan de brieven op de post?"), help_text=_("Deze dag komt op de brieven te staan. Kies morgen als u vandaag print en morgen post."))
    sides = forms.ChoiceField(label=_("Hoe print u?"), choices=[("2", _("Dubbelzijdig")), ("1", _("Enkelzijdig"))], widget=forms.RadioSelect, initial="2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": clock.today(), "sides": "2"}, **kwargs)


class ConfirmForm(forms.Form):
    posted_on = _day(_("Op welke dag gingen de brieven op de post?"), help_text=_("Die dag telt: dan gaan de besluiten in en beginnen de termijnen."))
    other_day = forms.BooleanField(
        label=_("Dit is een andere dag dan op de brieven staat, en de brieven zijn al weg"), required=False,
        help_text=_("De termijnen beginnen op de dag van de post, niet op de dag die op de brief staat."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Waarom?"), max_length=300, error_messages={"required": _("Schrijf op waarom.")})
