"""What is filled in on the work list: who gets cases, why many are refused, and the name of a saved view."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.forms import VIEW_REASONS
from decisions.models import SavedView
from grants.kernel import clock
from grants.kernel.models import User
from grants.kernel.roles import Role


def handlers() -> list[User]:
    """Everybody who handles cases of some scheme today, by name."""
    today = clock.today()
    people = User.objects.filter(is_active=True, role_assignments__role=Role.CASE_HANDLER).distinct().prefetch_related("role_assignments")
    return [person for person in people.order_by("last_name", "first_name", "id") if person.has_role(Role.CASE_HANDLER, day=today)]


class HandlerForm(forms.Form):
    """Who becomes the handler."""

    handler = forms.TypedChoiceField(label=_("Behandelaar"), coerce=int, empty_value=None)

    def __init__(self, *args, cases=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in handlers()}
        self.fields["handler"].choices = [("", _("Kies een behandelaar")), *((pk, str(person)) for pk, person in self.people.items())]

    def values(self) -> dict:
        return {"handler": self.people[self.cleaned_data["handler"]]}


class RefusalForm(forms.Form):
    """The reasons of a refusal that many cases share: a ground of their scheme as data, and the words of the letter."""

    ground = forms.ChoiceField(label=_("Grond"), help_text=_("Alleen gronden van de regelingen van de gekozen zaken."))
    motivation = forms.CharField(
        label=_("Motivering"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dit staat in elke brief. Het moet dus voor elke gekozen zaak kloppen. Past het niet, stel dat besluit dan apart op."),
    )
    proportionality = forms.CharField(label=_("Evenredigheid"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    view_not_required = forms.ChoiceField(label=_("Zienswijze"), choices=VIEW_REASONS, required=False)

    def __init__(self, *args, cases=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        versions = {case.version_id: case.version for case in cases if case.version is not None}
        grounds = {g.code: f"{g.text} ({g.article})" for version in versions.values() for g in version.definition.refusal_grounds}
        self.fields["ground"].choices = [("", _("Kies een grond")), *grounds.items()]

    def values(self) -> dict:
        return dict(self.cleaned_data)


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]

    def __init__(self, *args, owner: User, may_share: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        if not may_share:
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if SavedView.objects.filter(owner=self.owner, name=name).exists():
            raise forms.ValidationError(_("U hebt al een weergave met deze naam. Kies een andere naam, of verwijder de oude eerst."))
        return name
