"""What intake fills in about a paper: who sent it, and the day of the stamp."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from applicants.models import Applicant, ApplicantType
from applicants.postcodes import PostcodeField
from decisions.timing_forms import day_field
from grants.kernel import clock

MOST_SCANS = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """One or more files, in the order in which they were chosen. Each is looked at as a single file is."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data]
        found = [file for file in given if file]
        if len(found) > MOST_SCANS:
            raise forms.ValidationError(_("Kies hoogstens %(most)s bestanden. Zet dan eerst enkele scans bij elkaar in een bestand.") % {"most": MOST_SCANS})
        return [super(ScansField, self).clean(file, initial) for file in found or [None]]


class ReceivedForm(forms.Form):
    received_on = day_field(label=_("Dag op het stempel van ontvangst"))
    scan = ScansField(label=_("Scans van het papier"), help_text=_("PDF of foto (JPG of PNG). U mag er meer tegelijk kiezen."))

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("De dag van ontvangst kan niet in de toekomst liggen."))
        return day


class PaperForm(ReceivedForm):
    """A known applicant, or a new one with name and address. `case_id` makes a second click harmless."""

    case_id = forms.UUIDField(widget=forms.HiddenInput)
    applicant = forms.ModelChoiceField(Applicant.objects.none(), label=_("Bekende aanvrager"), required=False, empty_label=_("Nieuwe aanvrager"))
    type = forms.ChoiceField(label=_("Soort aanvrager"), required=False)
    name = forms.CharField(label=_("Naam"), max_length=200, required=False)
    street = forms.CharField(label=_("Straat en huisnummer"), max_length=200, required=False)
    postcode = PostcodeField(label=_("Postcode"), required=False)
    city = forms.CharField(label=_("Plaats"), max_length=100, required=False)
    kvk_number = forms.RegexField(r"^[0-9]{8}$", label=_("KvK-nummer"), required=False, error_messages={"invalid": _("Een KvK-nummer heeft acht cijfers.")})

    field_order = ["case_id", "received_on", "scan"]

    def __init__(self, *args, types=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("case_id", uuid.uuid4())
        self.fields["applicant"].queryset = Applicant.objects.filter(type__in=types).order_by("name", "id")
        self.fields["type"].choices = [(value, label) for value, label in ApplicantType.choices if value in types]

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("applicant"):
            for name in ("type", "name", "street", "postcode", "city"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Kies een bekende aanvrager, of vul dit in: zonder naam en adres is het geen aanvraag (artikel 4:2 Awb)."))
        return data

    def new_applicant(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("type", "name", "street", "postcode", "city", "kvk_number")}
