"""What a person does about a notice that did not arrive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.models import Notice, NoticeStep

REPEAT, BOUNCED = "repeat", "bounced"


class HandleForm(forms.Form):
    """The choices depend on how the notice stands: what was sent can only come back."""

    how = forms.ChoiceField(label=_("Wat doet u?"), widget=forms.RadioSelect)
    address = forms.EmailField(
        label=_("E-mailadres"), required=False,
        help_text=_("Alleen als de melding opnieuw gaat. Het adres van de aanvrager zelf verandert hierdoor niet."),
        error_messages={"invalid": _("Dit is geen e-mailadres. Kijk het na: een naam, een apenstaart, en een domein zoals voorbeeld.nl.")},
    )
    note = forms.CharField(
        label=_("Toelichting"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Waarom het opnieuw gaat, of wie u wanneer hebt gesproken of geschreven."),
        error_messages={"required": _("Schrijf op wat er is gebeurd. Dit is ons bewijs.")},
    )

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if notice.state == Notice.State.SENT:
            choices = [(BOUNCED, _("De melding kwam later terug"))]
            del self.fields["address"]
        else:
            other = [(kind.value, kind.label.capitalize()) for kind in (NoticeStep.Kind.PHONE, NoticeStep.Kind.PAPER, NoticeStep.Kind.DESK)]
            choices = [(REPEAT, _("De melding opnieuw sturen")), *other]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("how") == REPEAT and not data.get("address") and "address" not in self.errors:
            self.add_error("address", _("Vul in naar welk e-mailadres de melding gaat."))
        return data
