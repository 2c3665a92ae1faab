"""The address of a member of an initiative turned out wrong: an official puts it right."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.member_forms import MemberAddressForm
from decisions.services import accepting
from decisions.views.access import acting, official_case
from decisions.views.life import form_page
from grants.kernel.permissions import allow


@allow(*accepting.CORRECTORS)
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = official_case(request, pk)
    form = MemberAddressForm(request.POST or None, application_id=pk)
    actor = acting(request, application.scheme_id, "note_returned_post")

    def act() -> object:
        data = form.cleaned_data
        return accepting.correct_address(person_id=data["person"].pk, address=data["address"], reason=data["reason"], actor=actor)

    return form_page(
        request, application, form, _("Adres van een deelnemer verbeteren"), _("Adres bewaren"),
        _("Het adres is verbeterd. Brieven die nog niet weg zijn, krijgen het nieuwe adres."), act,
    )
