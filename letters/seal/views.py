"""The page where anyone can learn whether a letter is ours and unchanged."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from grants.kernel.permissions import allow_public
from letters.seal.checking import check_file

LARGEST = 2 * 1024 * 1024
"""In bytes. What is larger is never read into memory; a letter of ours is a few hundred kilobytes."""


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("Brief (PDF)"), widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Kies het bestand zoals u het van ons kreeg. Wij bewaren het niet."),
        error_messages={"required": _("Kies eerst het bestand van de brief."), "empty": _("Dit bestand is leeg. Kies het bestand van de brief.")},
    )

    def clean_file(self):  # type: ignore[no-untyped-def]
        chosen = self.cleaned_data["file"]
        if chosen.size > LARGEST:
            raise forms.ValidationError(_("Dit bestand is groter dan 2 MB. Een brief van ons is veel kleiner, dus dit is er geen. Wij hebben het niet gelezen. Kies het bestand van de brief."))
        return chosen


@allow_public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a file, say whether it is a letter of ours, and forget the file. It tells nothing about a person or a case."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    answer = check_file(form.cleaned_data["file"].read()) if form.is_valid() else None
    return render(request, "letters/check.html", {"form": form, "answer": answer})
