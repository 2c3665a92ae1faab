"""What finance fills in about payment files and statements."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.camt import MOST_BYTES
from decisions.models import PaymentOrder
from decisions.timing_forms import day_field


class PrepareForm(forms.Form):
    """Which approved payments go along, and on which bank day. The payments are drawn by the page, as rows of a table."""

    execute_on = day_field(label=_("Op welke dag moet de bank betalen?"), help_text=_("Een bankdag. Het geld staat de bankdag daarna op de rekening."))

    def __init__(self, *args, orders: list[PaymentOrder], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(order.pk): order.pk for order in orders}

    def chosen(self) -> set[UUID]:
        """The ticked payments that are on the page."""
        return {self.known[key] for key in self.data.getlist("order") if key in self.known} if self.is_bound else set(self.known.values())


class StatementForm(forms.Form):
    statement = forms.FileField(
        label=_("Afschrift van de bank"), help_text=_("Een bestand camt.053 (XML), ten hoogste 2 MB en 500 regels."),
        error_messages={"empty": _("Het bestand is leeg. Kies het afschrift dat u van de bank hebt gekregen.")},
    )

    def clean_statement(self) -> bytes:
        file = self.cleaned_data["statement"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Het bestand is groter dan 2 MB. Vraag de bank om een afschrift per dag. Er is niets verwerkt."))
        return file.read()


class ExplainForm(forms.Form):
    text = forms.CharField(label=_("Waar hoort deze regel bij?"), max_length=300, widget=forms.Textarea, help_text=_("Schrijf geen namen of rekeningnummers op."))
