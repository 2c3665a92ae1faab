"""What officials fill in about state aid: the test tree, a declaration of earlier aid, and which companies belong together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.forms import MoneyField
from decisions.models import DeMinimisEntry
from decisions.models.aid import AidTest
from decisions.timing_forms import day_field
from grants.law.state_aid import LABELS, QUESTIONS, Question, walk


class AidTestForm(forms.Form):
    """The questions of the tree, in order. Answers after the one that decides are not asked for and do not count."""

    def __init__(self, *args: Any, last: AidTest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {step.question.key: step for step in last.steps} if last else {}
        for number, question in enumerate(QUESTIONS, 1):
            known = said.get(question.key)
            self.fields[question.key] = forms.TypedChoiceField(
                label=f"{number}. {question.text}", help_text=_help(question), choices=[("ja", _("Ja")), ("nee", _("Nee"))],
                widget=forms.RadioSelect, required=False, coerce=lambda value: value == "ja", empty_value=None,
                initial=None if known is None else ("ja" if known.answer else "nee"),
            )
            self.fields[f"{question.key}_why"] = forms.CharField(
                label=_("Waarom? (vraag %(n)s)") % {"n": number}, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                initial=known.explanation if known else "",
            )
            if question.reference:
                self.fields[f"{question.key}_reference"] = forms.CharField(
                    label=question.reference, required=False, max_length=200,
                    initial=last.reference if last and known is not None and known.answer else "",
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome = walk(self.answers(), self.why())
        if outcome.next is not None:
            if outcome.next.key not in self.errors:
                self.add_error(outcome.next.key, _("Beantwoord deze vraag. Zonder antwoord is er geen uitkomst."))
            return data
        step = outcome.steps[-1]
        if not step.explanation:
            self.add_error(f"{step.question.key}_why", _("Dit antwoord geeft de uitkomst. Schrijf op waarom u het geeft."))
        if step.question.reference and step.answer and not data.get(f"{step.question.key}_reference", "").strip():
            self.add_error(f"{step.question.key}_reference", _("Vul het nummer in. Zonder nummer is de steun niet toegestaan."))
        return data

    def answers(self) -> dict[str, bool]:
        found = {question.key: self.cleaned_data.get(question.key) for question in QUESTIONS}
        return {key: answer for key, answer in found.items() if answer is not None}

    def why(self) -> dict[str, str]:
        return {question.key: self.cleaned_data.get(f"{question.key}_why", "") for question in QUESTIONS}

    def reference(self) -> str:
        """The number that belongs to the answer that decides."""
        decides = walk(self.answers()).steps[-1]
        return str(self.cleaned_data.get(f"{decides.question.key}_reference", "")) if decides.answer else ""


def _help(question: Question) -> str:
    ends = [f"{word} is: {LABELS[verdict]}, en u bent klaar." for word, verdict in (("Ja", question.yes), ("Nee", question.no)) if verdict]
    return f"{question.help} {' '.join(ends)} ({question.article})"


class DeclareForm(forms.Form):
    """De-minimis aid that the applicant declares to have had from another authority."""

    authority = forms.CharField(label=_("Welke overheid gaf de steun?"), max_length=200)
    granted_on = day_field(label=_("Op welke dag is de steun verleend?"), help_text=_("De dag van het besluit, niet die van de betaling."))
    amount = MoneyField(label=_("Bedrag in euro"))
    kind = forms.ChoiceField(label=_("Welke soort de-minimissteun?"), choices=DeMinimisEntry.Kind.choices, help_text=_("Dat staat in het besluit van die overheid."))
    member_state = forms.CharField(label=_("Lidstaat"), initial="NL", min_length=2, max_length=2, help_text=_("Twee letters. Alleen steun uit Nederland (NL) telt mee."))

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Vul een bedrag in dat hoger is dan nul. Is er geen steun? Dan hoeft u niets vast te leggen."))
        return self.cleaned_data["amount"]

    def clean_member_state(self) -> str:
        return str(self.cleaned_data["member_state"]).upper()


class LinkForm(forms.Form):
    """A company that belongs to the same undertaking."""

    kvk_number = forms.RegexField(r"^\d{8}$", label=_("KvK-nummer"), error_messages={"invalid": _("Een KvK-nummer heeft acht cijfers.")})
    name = forms.CharField(label=_("Naam van het bedrijf"), max_length=200)
    source = forms.CharField(label=_("Waaruit blijkt dat de bedrijven bij elkaar horen?"), max_length=300, help_text=_("Bijvoorbeeld: uittreksel uit het handelsregister van 1 mei 2026."))


class SeparateForm(forms.Form):
    """A company that no longer belongs to the undertaking."""

    member = forms.ModelChoiceField(None, label=_("Welk bedrijf hoort er niet meer bij?"))
    source = forms.CharField(label=_("Waaruit blijkt dat?"), max_length=300)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
