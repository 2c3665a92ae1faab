"""What an applicant fills in to ask or answer us, and what an official answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.forms import MoneyField
from decisions.objection_forms import day_field, text_field


class ViewForm(forms.Form):
    """A view on an intended decision (zienswijze)."""

    text = text_field(
        _("Wat vindt u van ons voornemen?"), 8, error_messages={"required": _("Schrijf uw reactie op.")},
        help_text=_("Kloppen de feiten? Zijn er redenen om anders te beslissen? Schrijf het in uw eigen woorden."),
    )


class MoreTimeForm(forms.Form):
    text = text_field(
        _("Waarom hebt u meer tijd nodig, en tot welke dag?"), 4, error_messages={"required": _("Schrijf op waarom, en tot welke dag.")},
    )


class AdvanceForm(forms.Form):
    amount = MoneyField(label=_("Welk bedrag hebt u nu nodig, in euro?"), error_messages={"required": _("Vul een bedrag in.")})
    text = text_field(
        _("Waarvoor hebt u dit nu nodig?"), 5, error_messages={"required": _("Schrijf op waarvoor.")},
        help_text=_("Bijvoorbeeld een rekening die u moet betalen voordat uw plan klaar is."),
    )

    def __init__(self, *args: Any, room: Decimal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_t("Vul een bedrag boven nul in."))
        return amount


class OwnDefaultForm(forms.Form):
    """The applicant says in writing that we are late. Which decision it is about, only when we owe more than one."""

    term = forms.ChoiceField(label=_("Over welk besluit gaat het?"), widget=forms.RadioSelect, error_messages={"required": _("Kies over welk besluit het gaat.")})
    sure = forms.BooleanField(label=_("Ja, ik wil dat u alsnog binnen twee weken beslist"), error_messages={"required": _("Zet een vinkje als u dit wilt.")})

    def __init__(self, *args: Any, terms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(terms) > 1:
            self.fields["term"].choices = terms
        else:
            del self.fields["term"]


class GiveTimeForm(forms.Form):
    """What an official answers to a request for more time."""

    verdict = forms.ChoiceField(label=_("Krijgt de aanvrager meer tijd?"), choices=[("ja", _("Ja")), ("nee", _("Nee"))], widget=forms.RadioSelect)
    new_last_day = day_field(_("Nieuwe laatste dag"), required=False, help_text=_("Alleen bij ja."))
    answer = text_field(_("Uw antwoord aan de aanvrager"), 4, required=False, help_text=_("Bij nee is dit nodig. Het antwoord gaat als bericht naar de aanvrager."))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("verdict") == "ja" and not data.get("new_last_day") and "new_last_day" not in self.errors:
            self.add_error("new_last_day", _t("Vul de nieuwe laatste dag in."))
        if data.get("verdict") == "nee" and not data.get("answer"):
            self.add_error("answer", _t("Schrijf op waarom niet."))
        return data
