"""What objectors and officials fill in about an objection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import objections
from decisions.forms import MoneyField
from decisions.grounds import DEVIATION_CHOICES
from decisions.models import Objection
from decisions.objection_guards import WAIVERS
from grants.applications.lifecycle.door import act_named
from grants.applications.models import Application
from grants.kernel.clock import AMSTERDAM
from grants.kernel.models import User
from grants.kernel.roles import Role
from grants.law.formats import long_date


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def text_field(label: str, rows: int = 5, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=15_000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ObjectForm(forms.Form):
    """An objection by the applicant. Only the decision is needed: what is missing is asked afterwards (Awb 6:6)."""

    decision = forms.ChoiceField(label=_("Met welk besluit bent u het niet eens?"))
    grounds = text_field(
        _("Waarom bent u het niet eens?"), 8, required=False, help_text=_("Schrijf in uw eigen woorden. Weet u het nog niet precies? Dan kunt u dit later aanvullen.")
    )
    late_reason = text_field(
        _("Is de termijn voorbij? Waarom is uw bezwaar later?"), 3, required=False, help_text=_("Niet verplicht. U kunt uw bezwaar ook insturen als de termijn voorbij is.")
    )
    asks_costs = forms.BooleanField(
        label=_("Ik vraag om vergoeding van mijn kosten"), required=False, help_text=_("Bijvoorbeeld van een advocaat. U krijgt kosten terug als ons besluit niet klopte en dat aan ons ligt.")
    )
    asks_direct_appeal = forms.BooleanField(
        label=_("Ik wil meteen naar de rechter, zonder beslissing op mijn bezwaar"), required=False, help_text=_("Dat kan alleen als wij het daarmee eens zijn.")
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_to = {str(decision.pk): decision for decision in objections.contestable(application)}
        self.fields["decision"].choices = [
            (pk, _("%(label)s, termijn tot en met %(day)s") % {"label": decision.label, "day": long_date(objections.objection_last_day(decision))})
            for pk, decision in self.open_to.items()
        ]


class IntakeForm(ObjectForm):
    """An objection that came on paper."""

    received_on = day_field(_("Op welke dag kwam het bezwaar binnen?"))
    posted_on = day_field(_("Op welke dag is het gepost?"), required=False, help_text=_("Kijk naar het poststempel. Leeg als u het niet weet."))
    has_committee = forms.BooleanField(label=_("Een commissie adviseert over dit bezwaar"), required=False)
    field_order = ["decision", "received_on", "posted_on", "grounds", "late_reason", "has_committee", "asks_costs", "asks_direct_appeal"]


class NothingForm(forms.Form):
    """An act that asks nothing more."""


class AskRepairForm(forms.Form):
    items = text_field(_("Wat ontbreekt er?"), 4, help_text=_("Zet elk punt op een eigen regel, met de reden waarom het nodig is."))

    def clean_items(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip())


class RepairForm(forms.Form):
    text = text_field(_("Uw aanvulling"), 6)


class HearingForm(forms.Form):
    day = day_field(_("Op welke dag is de hoorzitting?"))
    time = forms.TimeField(label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Waar?"), max_length=200)
    officer = forms.ModelChoiceField(User.objects.none(), label=_("Wie hoort de bezwaarmaker?"), help_text=_("Niet iemand die aan het eerste besluit meewerkte."))

    def __init__(self, *args: Any, scheme_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = User.objects.filter(
            is_active=True, role_assignments__role=Role.OBJECTION_HANDLER, role_assignments__scheme_code__in=["", scheme_code]
        ).distinct()
        self.fields["officer"].queryset = holders.order_by("last_name", "id")

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"at": datetime.combine(data["day"], data["time"], tzinfo=AMSTERDAM), "place": data["place"], "officer": data["officer"]}


class WaiverForm(forms.Form):
    ground = forms.ChoiceField(label=_("Waarom hoeft u niet te horen?"), choices=[(code, f"{code}: {words}") for code, words in WAIVERS.items()])
    reason = text_field(_("Toelichting"), help_text=_("Dit staat in de beslissing."))


class ReportForm(forms.Form):
    report = text_field(_("Verslag van de hoorzitting"), 10, help_text=_("Wat zei de bezwaarmaker, en wat zeiden wij? Dit staat in de beslissing."))


class AdviceForm(forms.Form):
    advice = text_field(_("Advies van de commissie"), 10, help_text=_("Dit gaat mee met de beslissing."))


class AdjournForm(forms.Form):
    weeks = forms.IntegerField(label=_("Met hoeveel weken?"), min_value=1, help_text=_("Ten hoogste zes, en een keer."))
    reason = text_field(_("Waarom hebt u meer tijd nodig?"), help_text=_("Dit staat in de brief."))


class AgreeForm(forms.Form):
    until = day_field(_("Tot en met welke dag is het uitstel afgesproken?"))
    consent = forms.BooleanField(label=_("De bezwaarmaker vindt dit uitstel goed"), required=False)
    reason = text_field(_("Waarom hebt u meer tijd nodig?"), help_text=_("Dit staat in de brief."))


class CostsForm(forms.Form):
    asked_on = day_field(_("Op welke dag vroeg de bezwaarmaker om vergoeding?"))


class WithdrawForm(forms.Form):
    how = forms.ChoiceField(label=_("Hoe trok de bezwaarmaker het bezwaar in?"), choices=[("written", _("met een brief")), ("hearing", _("op de hoorzitting"))])


class AppealForm(forms.Form):
    notice_on = day_field(_("Op welke dag kwam het bericht van de rechtbank?"))
    reference = forms.CharField(label=_("Kenmerk van de rechtbank"), max_length=60)


class JudgmentForm(forms.Form):
    judged_on = day_field(_("Op welke dag besliste de rechter?"))
    judgment = text_field(_("Wat besliste de rechter?"))


class DecideForm(forms.Form):
    """The decision on the objection in preparation: its outcome, and what it does to the case."""

    outcome = forms.ChoiceField(label=_("Uitkomst van het bezwaar"), choices=[c for c in Objection.Outcome.choices if c[0] != "withdrawn"])
    act = forms.ChoiceField(label=_("Wat doet de beslissing met de zaak?"), help_text=_("Alleen bij een (deels) gegrond bezwaar komt er een ander besluit."))
    amount = MoneyField(label=_("Bedrag in euro"), required=False, help_text=_("Het nieuwe bedrag. Leeg als de beslissing geen bedrag heeft."))
    motivation = text_field(_("Motivering"), 8, help_text=_("Dit staat in de brief. Schrijf kort en in gewone woorden."))
    advice_followed = forms.ChoiceField(label=_("Volgen wij het advies van de commissie?"), choices=[("", _("Kies")), ("ja", _("Ja")), ("nee", _("Nee"))], required=False)
    deviation_reason = text_field(_("Waarom volgen wij het advies niet?"), 4, required=False)
    rule_ground = forms.ChoiceField(label=_("Is het bedrag hoger dan de berekening?"), choices=DEVIATION_CHOICES, required=False)
    rule_deviation = text_field(_("Waarom wijkt u af van de berekening?"), 3, required=False)
    costs_amount = MoneyField(label=_("Welke kosten van het bezwaar vergoeden wij?"), required=False, help_text=_("In euro. Nul als wij niets vergoeden."))
    is_our_mistake = forms.BooleanField(label=_("Het besluit was onrechtmatig en dat ligt aan ons"), required=False)
    costs_reason = text_field(_("Waarom vergoeden wij wel of niet?"), 3, required=False, help_text=_("Dit staat in de beslissing."))
    direct_appeal_answer = text_field(_("Waarom beslissen wij zelf, en gaat de zaak niet meteen naar de rechter?"), 3, required=False)

    def __init__(self, *args: Any, objection: Objection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(name, act_named(name).label) for name in objections.acts_now(objection, "well_founded")]
        if not objection.has_committee:
            del self.fields["advice_followed"], self.fields["deviation_reason"]
        if objection.costs_asked_on is None:
            del self.fields["costs_amount"], self.fields["is_our_mistake"], self.fields["costs_reason"]
        if not objection.direct_appeal_asked:
            del self.fields["direct_appeal_answer"]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        followed = {"ja": True, "nee": False}.get(data.get("advice_followed", ""))
        return {
            "outcome": data["outcome"], "act": data["act"], "advice_followed": followed, "deviation_reason": data.get("deviation_reason", ""),
            "costs_amount": data.get("costs_amount"), "costs_reason": data.get("costs_reason", ""), "is_our_mistake": data.get("is_our_mistake") or None,
            "direct_appeal_answer": data.get("direct_appeal_answer", ""),
            "values": {
                "amount": data["amount"], "motivation": data["motivation"], "deviation_ground": data["rule_ground"], "deviation": data["rule_deviation"],
            },
        }
