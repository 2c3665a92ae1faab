"""What is filled in on the pages of the network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from grants.control.learning.codes import area_names, goal_labels, joined, municipality_names, municipality_of, theme_labels
from grants.control.learning.models import Expert, Lesson, Meeting
from grants.control.learning.services.reviewing import Written

EMPTY = ("", _("Kies als het past"))


def _none_or(choices: dict[str, str]) -> list[tuple[Any, Any]]:
    return [EMPTY, *choices.items()]


def labels(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    return [(choice.value, choice.label) for choice in choices]


class LessonForm(forms.Form):
    """A lesson as the public will read it."""

    kind = forms.ChoiceField(label=_("Soort"), choices=labels(Lesson.Kind), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Titel"), max_length=150, help_text=_("Zeg in een paar woorden wat een ander hieraan heeft."))
    text = forms.CharField(
        label=_("Tekst"), max_length=6000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Schrijf zonder namen, adressen en andere gegevens die naar een persoon wijzen."),
    )
    themes = forms.MultipleChoiceField(label=_("Thema's"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Kies minstens een thema. Daarmee vinden anderen deze les.")})
    goals = forms.MultipleChoiceField(label=_("Doelen"), widget=forms.CheckboxSelectMultiple, required=False)
    area = forms.ChoiceField(label=_("Gebied"), required=False, help_text=_("Laat leeg als het gebied een project kan verraden."))
    municipality = forms.ChoiceField(label=_("Gemeente"), required=False, help_text=_("Bij een gebied vullen wij de gemeente zelf in."))
    bottleneck_state = forms.ChoiceField(
        label=_("Stand van het knelpunt"), required=False, choices=[("", _("Geen knelpunt")), *labels(Lesson.BottleneckState)]
    )
    answers = forms.ModelChoiceField(label=_("Antwoord op de open vraag"), queryset=Lesson.objects.none(), required=False, empty_label=_("Geen antwoord op een vraag"))
    checked = forms.BooleanField(label=_("Ik heb elke aanwijzing bekeken. Niemand is in deze tekst te herkennen."), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = list(theme_labels().items())
        self.fields["goals"].choices = list(goal_labels().items())
        self.fields["area"].choices = _none_or(area_names())
        self.fields["municipality"].choices = _none_or(municipality_names())
        self.fields["answers"].queryset = Lesson.objects.open_questions().only("title").order_by("title")

    def written(self) -> Written:
        data = self.cleaned_data
        return Written(
            kind=data["kind"], title=data["title"], text=data["text"], themes=tuple(data["themes"]), goals=tuple(data["goals"]), area=data["area"],
            municipality=data["municipality"], bottleneck_state=data["bottleneck_state"], answers=data["answers"].pk if data["answers"] else None,
        )

    def place_and_goals(self) -> tuple[str, str, list[str]]:
        """Area, municipality and goals as they stand in the form now, right or wrong."""
        known = [code for code in self["goals"].value() or [] if code in goal_labels()]
        area = str(self["area"].value() or "")
        return area if municipality_of(area) else "", str(self["municipality"].value() or "")[:6], known


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Waarom?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """Somebody answers an open question."""

    text = forms.CharField(
        label=_("Uw antwoord"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Noem geen namen of adressen. Een medewerker leest uw antwoord voordat het op de site komt."),
    )
    agreed = forms.BooleanField(
        label=_("U mag mijn antwoord zonder mijn naam op de site zetten."),
        error_messages={"required": _("Zonder uw toestemming kunnen wij uw antwoord niet gebruiken. Zet het vinkje, of stuur niets in.")},
    )


class RegisterForm(forms.Form):
    """Somebody comes to a meeting."""

    name = forms.CharField(label=_("Uw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Uw e-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Hier sturen wij de bevestiging naartoe, met een link om u af te melden."),
    )


class MessageForm(forms.Form):
    """A message to an expert."""

    reply_to = forms.EmailField(label=_("Uw e-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}), help_text=_("De expert ziet dit adres en kan u daar antwoorden."))
    text = forms.CharField(label=_("Uw bericht"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}))


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ExpertForm(forms.ModelForm):
    """Somebody for the pool, with the days of the consent."""

    themes = forms.MultipleChoiceField(label=_("Thema's"), widget=forms.CheckboxSelectMultiple, required=False)
    goals = forms.MultipleChoiceField(label=_("Doelen"), widget=forms.CheckboxSelectMultiple, required=False)
    municipalities = forms.MultipleChoiceField(label=_("Gemeenten"), widget=forms.CheckboxSelectMultiple, required=False, help_text=_("Kies niets als het voor heel Limburg geldt."))

    class Meta:
        model = Expert
        fields = ["name", "organisation", "email", "text", "themes", "goals", "municipalities", "consent_on", "consent_until"]
        widgets = {"consent_on": DAY, "consent_until": DAY}
        help_texts = {
            "email": _("Dit adres komt niet op de site. Wij sturen er berichten naartoe."),
            "consent_until": _("Na deze dag staat de expert niet meer op de site. Dertig dagen later verwijderen wij de gegevens."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("themes", theme_labels()), ("goals", goal_labels()), ("municipalities", municipality_names())):
            self.fields[name].choices = list(choices.items())
        if self.instance.pk:
            self.initial |= {"themes": self.instance.theme_codes, "goals": self.instance.goal_codes, "municipalities": self.instance.municipality_codes}

    def clean_themes(self) -> str:
        return joined(self.cleaned_data["themes"])

    def clean_goals(self) -> str:
        return joined(self.cleaned_data["goals"])

    def clean_municipalities(self) -> str:
        return joined(self.cleaned_data["municipalities"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("consent_on"), data.get("consent_until")
        if start and end and end < start:
            self.add_error("consent_until", _("De toestemming eindigt voor zij begint. Controleer de twee dagen."))
        return data


class MeetingForm(forms.ModelForm):
    online_url = forms.URLField(
        label=_("Adres van de onlinebijeenkomst"), required=False, max_length=200, assume_scheme="https",
        help_text=_("Alleen wie zich aanmeldt, krijgt dit adres."),
    )

    class Meta:
        model = Meeting
        fields = ["title", "starts_at", "ends_at", "place", "online_url", "audience", "programme", "capacity", "is_published"]
        widgets = {"starts_at": MOMENT, "ends_at": MOMENT}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("De bijeenkomst eindigt voor zij begint. Controleer de twee tijden."))
        if not data.get("place") and not data.get("online_url") and not {"place", "online_url"} & set(self.errors):
            self.add_error("place", _("Vul een plaats in, of het adres van de onlinebijeenkomst."))
        return data
