"""What an official fills in when the address of a member of an initiative is wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.life_forms import text_field
from decisions.models import LiablePerson


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member: Any) -> str:
        return f"{member.name}, {member.address}"


class MemberAddressForm(forms.Form):
    person = MemberChoice(LiablePerson.objects.none(), label=_("Van welke deelnemer?"), empty_label=_("Kies een deelnemer"))
    address = forms.CharField(
        label=_("Het goede adres"), max_length=300, help_text=_("Straat en huisnummer, en na een komma de postcode en de plaats."),
        error_messages={"required": _("Vul het goede adres in.")},
    )
    reason = text_field(
        _("Hoe weet u dit?"), 2, max_length=300, help_text=_("Bijvoorbeeld: wie u belde, of waar u het adres vond."),
        error_messages={"required": _("Schrijf op hoe u weet dat dit het goede adres is.")},
    )

    def __init__(self, *args: Any, application_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = LiablePerson.objects.filter(agreement__application=application_id)  # type: ignore[attr-defined]
