"""What the post room and the handler fill in about post that came back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.life_forms import text_field
from decisions.models import DataBreach, PostReturn
from decisions.models.returned import ReturnState
from decisions.timing_forms import day_field
from grants.kernel.clock import AMSTERDAM
from letters.models import Dispatch


class DispatchChoice(forms.ModelChoiceField):
    def label_from_instance(self, dispatch: Any) -> str:
        return f"{dispatch.letter.name}, {dispatch.sent_on:%d-%m-%Y}"


class NoteForm(forms.Form):
    dispatch = DispatchChoice(Dispatch.objects.none(), label=_("Welke brief?"), empty_label=_("Kies een brief"))
    kind = forms.ChoiceField(label=_("Wat is er gebeurd?"), choices=PostReturn.Kind.choices, widget=forms.RadioSelect)
    found_on = day_field(label=_("Op welke dag bleek dit?"))
    what = text_field(_("Welke gegevens kent een ander nu?"), 3, required=False, help_text=_("Alleen als een ander de brief opende. Dat is een datalek."))
    note = text_field(_("Toelichting"), 3, required=False)

    def __init__(self, *args: Any, chain_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_paper = Dispatch.objects.filter(letter__chain=chain_id, channel=Dispatch.Channel.POST, came_back__isnull=True)
        self.fields["dispatch"].queryset = on_paper.select_related("letter").order_by("-sent_on", "-id")  # type: ignore[attr-defined]
        if not on_paper.exists():
            self.fields["dispatch"].help_text = _("Van deze zaak is geen brief op papier die terug kan komen. Kijk of het zaaknummer klopt.")


class HandleForm(forms.Form):
    record = forms.ModelChoiceField(PostReturn.objects.none(), label=_("Welke brief?"), empty_label=None)
    how = forms.ChoiceField(
        label=_("Wat doet u?"), widget=forms.RadioSelect,
        choices=[("resend", _("Opnieuw verzenden naar het adres dat wij nu kennen")), ("leave", _("Niet opnieuw verzenden"))],
    )
    reason = text_field(_("Waarom?"), 3)

    def __init__(self, *args: Any, application_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].queryset = PostReturn.objects.filter(application=application_id, state=ReturnState.OPEN)  # type: ignore[attr-defined]


class BreachForm(forms.Form):
    breach = forms.ModelChoiceField(DataBreach.objects.none(), label=_("Welk datalek?"), empty_label=None)
    informed = text_field(_("Wie is op de hoogte gebracht?"), 3, help_text=_("De mensen om wie het gaat, en de functionaris gegevensbescherming."))
    reported_at = forms.DateTimeField(
        label=_("Wanneer gemeld bij de Autoriteit Persoonsgegevens?"), required=False, help_text=_("Leeg als melden niet hoeft."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    not_reported_reason = text_field(_("Of: waarom hoeft melden niet?"), 3, required=False)

    def __init__(self, *args: Any, application_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["breach"].queryset = DataBreach.objects.filter(application=application_id, closed_by__isnull=True)  # type: ignore[attr-defined]

    def clean_reported_at(self) -> Any:
        moment = self.cleaned_data["reported_at"]
        return moment.replace(tzinfo=AMSTERDAM) if moment is not None and moment.tzinfo is None else moment
