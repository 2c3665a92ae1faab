"""What officials fill in about advice: the question, the answer, and in a decision whether it is followed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from decisions.models import AdviceRequest
from grants.applications.models import Application
from grants.kernel import clock
from grants.kernel.models import RoleAssignment, User
from grants.kernel.roles import STAFF


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def colleagues_of(user: User, day: date) -> Any:
    """Everybody with a role inside the province today, but the person who asks."""
    held = RoleAssignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), role__in=STAFF, valid_from__lte=day)
    return User.objects.filter(is_active=True, id__in=held.values("user")).exclude(id=user.pk).order_by("last_name", "first_name", "id")


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return f"{person}, {person.function_title}" if person.function_title else str(person)


class AskAdviceForm(forms.Form):
    """A question to a colleague, or to an adviser outside whose name is typed."""

    kind = forms.ChoiceField(label=_("Aan wie vraagt u advies?"), choices=AdviceRequest.Kind.choices, widget=forms.RadioSelect)
    adviser = Colleague(User.objects.none(), label=_("Welke collega?"), required=False, help_text=_("Alleen als u een collega vraagt. De collega ziet deze zaak tot het advies er is."))
    expert_name = forms.CharField(label=_("Naam van de adviseur van buiten"), max_length=120, required=False)
    organisation = forms.CharField(label=_("Organisatie van de adviseur van buiten"), max_length=160, required=False)
    basis = forms.CharField(
        label=_("Wettelijk voorschrift"), max_length=200, required=False,
        help_text=_("Alleen als een wettelijk voorschrift deze adviseur noemt. Wijkt het besluit dan af van het advies? Dan moet in het besluit staan waarom."),
    )
    about = forms.ChoiceField(label=_("Waarover gaat het advies?"), choices=AdviceRequest.About.choices)
    question = forms.CharField(label=_("Wat wilt u weten?"), max_length=15_000, widget=forms.Textarea(attrs={"rows": 5}))
    documents = forms.ModelMultipleChoiceField(
        None, label=_("Welke bestanden mag de adviseur zien?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies alleen wat nodig is voor het advies."),
    )
    due_on = day_field(_("Wanneer moet het antwoord er zijn?"))

    def __init__(self, *args: Any, application: Application, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"].queryset = colleagues_of(user, clock.today())
        files = application.documents.order_by("uploaded_at", "id")
        self.fields["documents"].queryset = files
        if not files:
            del self.fields["documents"]

    def clean(self) -> dict[str, Any]:
        """Each error beside the field that it is about."""
        data = self.cleaned_data
        if data.get("kind") == AdviceRequest.Kind.COLLEAGUE:
            if data.get("adviser") is None and "adviser" not in self.errors:
                self.add_error("adviser", _t("Kies de collega aan wie u advies vraagt."))
        elif data.get("kind"):
            for name, text in (("expert_name", _t("Vul de naam van de adviseur in.")), ("organisation", _t("Vul de organisatie van de adviseur in."))):
                if not data.get(name):
                    self.add_error(name, text)
            if data["kind"] == AdviceRequest.Kind.STATUTORY and not data.get("basis"):
                self.add_error("basis", _t("Noem het wettelijk voorschrift waarin staat dat deze adviseur advies geeft."))
        return data

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "documents": [document.pk for document in self.cleaned_data.get("documents", ())]}


class GiveAdviceForm(forms.Form):
    """The answer. What an adviser outside wrote is noted with the day on which it came."""

    answered_on = day_field(_("Op welke dag kwam het advies?"), required=False)
    answer = forms.CharField(label=_("Het advies"), max_length=15_000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outside:
            self.fields["answered_on"].required = True
        else:
            del self.fields["answered_on"]


class WithdrawAdviceForm(forms.Form):
    reason = forms.CharField(label=_("Waarom is het advies niet meer nodig?"), max_length=300)


# -- in a decision ---------------------------------------------------------------------------------------------------
FOLLOWED = [("ja", _("Ja, het besluit volgt het advies")), ("nee", _("Nee, het besluit wijkt af"))]


def add_advice_fields(form: forms.Form, advice: AdviceRequest) -> None:
    """Ask of one statutory advice whether the decision follows it, and why not (Awb 3:50)."""
    name = advice.adviser_name
    form.fields[f"advice_{advice.pk}"] = forms.ChoiceField(
        label=_t("Volgt het besluit het advies van %(name)s?") % {"name": name}, choices=FOLLOWED, widget=forms.RadioSelect, required=False
    )
    form.fields[f"advice_reason_{advice.pk}"] = forms.CharField(
        label=_t("Wijkt het besluit af van het advies van %(name)s: waarom?") % {"name": name}, max_length=5_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_t("Dit staat in de brief."),
    )


def said_about(data: dict[str, Any], key: str) -> dict[str, Any]:
    """What the form says about one advice, as the decision keeps it."""
    answer = data.get(f"advice_{key}", "")
    return {"followed": {"ja": True, "nee": False}.get(answer), "reason": data.get(f"advice_reason_{key}", "").strip()}


def advice_initial(said: dict[str, Any]) -> dict[str, Any]:
    """What a decision says about its advices, as the fields of the form show it."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        found[f"advice_{key}"] = {True: "ja", False: "nee"}.get(value.get("followed"), "")
        found[f"advice_reason_{key}"] = value.get("reason", "")
    return found
