"""Who is away, and who does the work meanwhile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.timing_forms import day_field
from grants.kernel.models import User
from grants.kernel.roles import CASE_READERS, Role


class AbsenceForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Wie is er weg?"))
    substitute = forms.ModelChoiceField(User.objects.none(), label=_("Wie vervangt?"))
    valid_from = day_field(label=_("Eerste dag weg"))
    valid_to = day_field(label=_("Laatste dag weg"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officials = User.objects.filter(role_assignments__role__in=[str(role) for role in CASE_READERS], is_active=True).distinct().order_by("last_name", "id")
        self.fields["substitute"].queryset = officials.exclude(pk=by.pk) if not by.has_role(Role.ADMIN) else officials  # type: ignore[attr-defined]
        self.fields["user"].queryset = officials if by.has_role(Role.ADMIN) else officials.filter(pk=by.pk)  # type: ignore[attr-defined]
        if not by.has_role(Role.ADMIN):
            self.fields["user"].initial = by.pk
            self.fields["user"].empty_label = None  # type: ignore[attr-defined]
