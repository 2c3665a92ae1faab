"""An initiative names its members and how they answer for the money."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from applicants.models import Applicant
from decisions.models import LiabilityAgreement
from decisions.services import accepting
from grants.applications.lifecycle.door import ActError
from grants.applications.views.access import as_applicant, own_case
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in


class MembersForm(forms.Form):
    people = forms.CharField(
        label=gettext_lazy("Wie doen er mee?"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Zet ieder op een eigen regel: naam; adres. De eerste is de contactpersoon."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Moet er geld terug, wie betaalt dan?"), choices=LiabilityAgreement.Kind.choices, widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label=gettext_lazy("Alle deelnemers weten dit en zijn het ermee eens."))

    def clean_people(self) -> tuple[tuple[str, str], ...]:
        found = []
        for line in self.cleaned_data["people"].splitlines():
            if not line.strip():
                continue
            name, _sep, address = (part.strip() for part in line.partition(";"))
            if not name or not address:
                raise forms.ValidationError(_("In de regel '%(line)s' staat geen naam en adres met een puntkomma ertussen.") % {"line": line.strip()})
            found.append((name, address))
        return tuple(found)


def members_of(applicant: Applicant) -> str:
    """The residents who take part in the initiative, as the form takes them; an address that we do not have stays to be filled in."""
    people = sorted(applicant.members.present(), key=lambda member: not member.is_contact)
    return "\n".join(f"{member.name}; {member.address}" for member in people)


@allow_signed_in
@requires_level("name_members")
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = own_case(request, pk)
    known = LiabilityAgreement.objects.filter(application=application).prefetch_related("people").first()
    start: dict[str, Any] = {} if application.applicant is None else {"people": members_of(application.applicant)}
    if known is not None:
        start = {"kind": known.kind, "people": "\n".join(f"{person.name}; {person.address}" for person in known.people.all())}
    form = MembersForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            accepting.accept(
                application_id=pk, kind=form.cleaned_data["kind"], people=form.cleaned_data["people"], actor=as_applicant(request)
            )
        except ActError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het is bewaard. Na het insturen verandert dit niet meer."))
            return redirect("changing:members", pk=pk)
    context = {"application": application, "form": form if application.status == "draft" else None, "known": known}
    return render(request, "decisions/life/members.html", context)
