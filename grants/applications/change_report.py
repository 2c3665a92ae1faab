"""The form to tell that a plan changes. A new end or amount is what the recipient proposes: only a decision changes the grant."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

KINDS = [
    ("later", _("Het plan is later klaar")),
    ("content", _("Wij gaan iets anders doen dan in het plan staat")),
    ("costs", _("De kosten of het geld van anderen veranderen")),
    ("people", _("Iemand anders voert het plan uit, of doet niet meer mee")),
    ("stop", _("Het plan gaat niet door, of wij stoppen ermee")),
    ("other", _("Iets anders")),
]


class ChangeReportForm(forms.Form):
    kind = forms.ChoiceField(label=_("Wat verandert er?"), choices=KINDS, widget=forms.RadioSelect, error_messages={"required": _("Kies wat er verandert.")})
    text = forms.CharField(
        label=_("Wat is er aan de hand?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": _("Schrijf op wat er verandert.")},
        help_text=_("Schrijf op wat er anders gaat, en waarom. Noem ook wat u zelf al hebt gedaan om het op te lossen."),
    )
    new_end = forms.CharField(
        label=_("Tot wanneer hebt u nog nodig? (niet verplicht)"), required=False, max_length=60, help_text=_("Bijvoorbeeld 1 maart 2027. Alleen als het plan later klaar is."),
    )
    new_amount = forms.CharField(
        label=_("Welk bedrag hoort bij het nieuwe plan? (niet verplicht)"), required=False, max_length=60, help_text=_("Bijvoorbeeld 12.500 euro. Alleen als de kosten veranderen."),
    )

    def reason(self) -> str:
        """Everything that was told, as it stands in the letter of receipt."""
        data = self.cleaned_data
        lines = [f"{dict(KINDS)[data['kind']]}. {data['text']}"]
        if data["new_end"]:
            lines.append(_t("Voorstel voor de nieuwe einddatum: %(day)s.") % {"day": data["new_end"]})
        if data["new_amount"]:
            lines.append(_t("Voorstel voor het nieuwe bedrag: %(amount)s.") % {"amount": data["new_amount"]})
        return "\n".join(lines)
