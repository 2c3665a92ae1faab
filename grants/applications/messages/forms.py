"""What somebody writes to the other side."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.applications.messages.services import LONGEST


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Uw bericht"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}), error_messages={"required": _("Schrijf eerst uw bericht.")},
        help_text=_("Zet er geen burgerservicenummer in."),
    )
