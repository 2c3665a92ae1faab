"""What people fill in about who asks. Each error says what to do; what was typed stays in the field."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from applicants import choices
from applicants.acts.registering import Contact
from applicants.kinds import ORGANISATIONS, ApplicantType
from applicants.models import Applicant, Capacity
from applicants.postcodes import PostcodeField

KVK_HELP = _("Acht cijfers. U vindt het nummer op kvk.nl.")
CAPACITIES = [
    (Capacity.BOARD, _("Ik ben bestuurslid, volgens het Handelsregister")),
    (Capacity.COLLEAGUE, _("Ik werk of help bij de organisatie")),
    (Capacity.THIRD_PARTY, _("Ik ben gemachtigd: ik hoor niet bij de organisatie")),
]
PAPER_HELP = _("Een PDF of een foto (JPG of PNG). Bent u gemachtigd? Voeg dan een machtiging toe met een handtekening. Dit mag ook later.")


class MailField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Dit is geen e-mailadres. Schrijf het zo: naam@voorbeeld.nl.")}
        super().__init__(**{"label": _("E-mailadres"), "error_messages": wrong, "max_length": 254, **kwargs})


class KvkField(forms.CharField):
    """Eight digits; spaces and dots between them are no error."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("KvK-nummer"), "help_text": KVK_HELP, "max_length": 20, **kwargs})
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value: Any) -> str:
        text = re.sub(r"[\s.]", "", super().clean(value))
        if text and re.fullmatch("[0-9]{8}", text) is None:
            raise forms.ValidationError(_now("Een KvK-nummer heeft acht cijfers. Kijk het na en vul het opnieuw in."))
        return text


class ContactForm(forms.Form):
    """Where letters and mails go."""

    street = forms.CharField(label=_("Straat en huisnummer"), max_length=200)
    postcode = PostcodeField(label=_("Postcode"))
    city = forms.CharField(label=_("Plaats"), max_length=100)
    email = MailField(help_text=_("Hier sturen wij een bericht naartoe als er iets voor u klaarstaat."))
    phone = forms.CharField(label=_("Telefoonnummer (hoeft niet)"), max_length=30, required=False)

    filled = {
        "street": "street-address", "postcode": "postal-code", "city": "address-level2", "email": "email", "phone": "tel", "name": "name",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in self.filled.items():
            if name in self.fields:
                self.fields[name].widget.attrs.setdefault("autocomplete", purpose)

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and (len(re.sub(r"\D", "", phone)) < 8 or re.fullmatch(r"[0-9+() -]+", phone) is None):
            raise forms.ValidationError(_now("Dit is geen telefoonnummer. Schrijf alleen cijfers, zoals 06 12345678."))
        return phone

    def contact(self) -> Contact:
        data = self.cleaned_data
        return Contact(data["street"], data["postcode"], data["city"], data["email"], data["phone"])


class SelfForm(ContactForm):
    name = forms.CharField(label=_("Uw voornaam en achternaam"), max_length=200)
    field_order = ["name"]


class InitiativeForm(ContactForm):
    name = forms.CharField(label=_("Hoe heet uw groep of plan?"), max_length=200, help_text=_("Bijvoorbeeld: Bewonersgroep Bloemstraat."))
    own_name = forms.CharField(label=_("Uw voornaam en achternaam"), max_length=200, help_text=_("U bent de contactpersoon. Brieven gaan naar uw adres."))
    field_order = ["name", "own_name"]
    filled = {**{k: v for k, v in ContactForm.filled.items() if k != "name"}, "own_name": "name"}


class KvkForm(forms.Form):
    kvk_number = KvkField()


class OrganisationForm(ContactForm):
    """What the register does not tell, or all of it when the register could not be asked."""

    kvk_number = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Naam van de organisatie"), max_length=200)
    type = forms.ChoiceField(label=_("Wat voor organisatie is het?"), choices=[(kind.value, kind.label) for kind in ORGANISATIONS], widget=forms.RadioSelect)
    capacity = forms.ChoiceField(label=_("Hoe treedt u op?"), choices=CAPACITIES, widget=forms.RadioSelect)
    paper = forms.FileField(label=_("Machtiging (hoeft niet)"), required=False, help_text=PAPER_HELP)
    field_order = ["kvk_number", "name", "type", "street", "postcode", "city", "email", "phone", "capacity", "paper"]
    filled = {k: v for k, v in ContactForm.filled.items() if k != "name"} | {"name": "organization"}

    def __init__(self, *args: Any, known: bool = False, kind: ApplicantType | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["name"]
        if kind is not None:
            del self.fields["type"]


class MunicipalityForm(ContactForm):
    municipality = forms.ChoiceField(label=_("Gemeente"))
    kvk_number = KvkField(required=False, label=_("KvK-nummer van de gemeente"))
    oin = forms.CharField(
        label=_("OIN (alleen als u geen KvK-nummer hebt)"), required=False, max_length=30, help_text=_("Twintig cijfers: het nummer waarmee overheden elkaar herkennen.")
    )
    capacity = forms.ChoiceField(label=_("Hoe treedt u op?"), choices=[(Capacity.COLLEAGUE, _("Ik werk bij de gemeente")), CAPACITIES[2]], widget=forms.RadioSelect)
    paper = forms.FileField(label=_("Machtiging (hoeft niet)"), required=False, help_text=PAPER_HELP)
    field_order = ["municipality", "kvk_number", "oin"]
    filled = {k: v for k, v in ContactForm.filled.items() if k != "name"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = [("", _("Kies een gemeente")), *choices.municipalities()]  # type: ignore[attr-defined]

    def clean_oin(self) -> str:
        oin = re.sub(r"\s", "", self.cleaned_data["oin"])
        if oin and re.fullmatch("[0-9]{20}", oin) is None:
            raise forms.ValidationError(_now("Een OIN heeft twintig cijfers. Kijk het na en vul het opnieuw in."))
        return oin

    @property
    def chosen_name(self) -> str:
        named = dict(choices.municipalities())[self.cleaned_data["municipality"]]
        return _now("Gemeente %(name)s") % {"name": named}


class InviteForm(forms.Form):
    email = MailField(label=_("E-mailadres van degene die u uitnodigt"))
    kind = forms.ChoiceField(
        label=_("Hoe treedt deze persoon op?"), widget=forms.RadioSelect,
        choices=[
            (Capacity.COLLEAGUE, _("Als collega of medebestuurslid: ziet alle zaken en mag alles doen")),
            (Capacity.THIRD_PARTY, _("Als gemachtigde: hoort niet bij ons, en mag voor ons optreden")),
        ],
    )
    case = forms.ChoiceField(label=_("Voor welke zaak?"), required=False)
    valid_to = forms.DateField(
        label=_("Tot en met welke dag? (hoeft niet)"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Dit is geen datum. Schrijf dag, maand en jaar, zoals 31-12-2027.")},
    )
    paper = forms.FileField(label=_("Machtiging met handtekening (hoeft niet)"), required=False, help_text=_("Een PDF of een foto (JPG of PNG). Wij kunnen er later om vragen."))

    def __init__(self, *args: Any, applicant: Applicant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [("", _("Alle zaken")), *choices.cases(applicant)]  # type: ignore[attr-defined]
        if applicant.type == ApplicantType.NATUURLIJK_PERSOON:
            self.fields["kind"].choices = self.fields["kind"].choices[1:]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code van zes cijfers"), max_length=12, help_text=_("U krijgt de code van degene die u uitnodigde. De code staat niet in de e-mail."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Voornaam en achternaam"), max_length=200)
    email = MailField(required=False, help_text=_("Wij sturen een link om ja te zeggen."))
    address = forms.CharField(label=_("Adres (als er geen e-mailadres is)"), max_length=300, required=False)


class PaperForm(forms.Form):
    paper = forms.FileField(label=_("Bestand"), help_text=_("Een PDF of een foto (JPG of PNG) van het papier, met een handtekening."))


class EndForm(forms.Form):
    why = forms.CharField(label=_("Waarom? (hoeft niet)"), max_length=300, required=False)
