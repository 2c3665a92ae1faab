"""Become known as an applicant: the list of for whom one asks, and a page for each kind to add."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applicants import kvk
from applicants.acts import registering
from applicants.acts.refusing import PartyRefused
from applicants.forms import ContactForm, InitiativeForm, KvkForm, MunicipalityForm, OrganisationForm, SelfForm
from applicants.kinds import ORGANISATIONS, ApplicantType
from applicants.models import Applicant, RegisterCheck, Representation
from applicants.papers import PaperRefused
from applicants.views.finding import back, own_party, posted, told
from grants.kernel import clock
from grants.kernel.assurance import requires_level
from grants.kernel.permissions import allow_signed_in

PAGE_OF = {
    ApplicantType.NATUURLIJK_PERSOON: "self", ApplicantType.BEWONERSINITIATIEF: "initiative", ApplicantType.GEMEENTE: "municipality",
    **{kind: "organisation" for kind in ORGANISATIONS},
}


@allow_signed_in
@requires_level("see_case")
@require_GET
def parties(request: HttpRequest) -> HttpResponse:
    """For whom one asks, and whom one can add; `soort` says which kinds the page one comes from asks for."""
    mine = Representation.objects.in_force(clock.today()).filter(user=request.user).order_by("applicant__name", "id")
    checks = RegisterCheck.objects.order_by("applicant", "-at", "-id")
    found = mine.select_related("applicant").prefetch_related(Prefetch("applicant__register_checks", checks, to_attr="checks"))
    wanted = {PAGE_OF[ApplicantType(kind)] for kind in request.GET.getlist("soort") if kind in ApplicantType.values}
    has_self = any(row.applicant.type == ApplicantType.NATUURLIJK_PERSOON and not row.is_third_party for row in found)
    context = {"mandates": found, "wanted": wanted, "has_self": has_self, "next": back(request), "is_official": request.user.is_official}
    return render(request, "parties/parties.html", context)


def _added(request: HttpRequest, made: Applicant) -> HttpResponse:
    messages.success(request, _("%(name)s staat nu bij uw aanvragers.") % {"name": made.name})
    return redirect(back(request) or "parties:parties")


def _page(request: HttpRequest, form: Any, heading: str, intro: str, **more: Any) -> HttpResponse:
    return render(request, "parties/add.html", {"form": form, "heading": heading, "intro": intro, "next": back(request), "has_file": "paper" in form.fields, **more})


@allow_signed_in
@requires_level("register_party")
@require_http_methods(["GET", "POST"])
def oneself(request: HttpRequest) -> HttpResponse:
    form = SelfForm(posted(request)[0], initial={"name": "" if request.user.is_demo else request.user.get_full_name(), "email": request.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            return _added(request, registering.register_self(user=request.user, name=form.cleaned_data["name"], contact=form.contact()))
        except PartyRefused as error:
            told(form, error)
    return _page(request, form, _("Ik vraag aan voor mijzelf"), _("Wij hebben uw naam en adres nodig. Zonder deze gegevens is het geen aanvraag."))


@allow_signed_in
@requires_level("register_party")
@require_http_methods(["GET", "POST"])
def initiative(request: HttpRequest) -> HttpResponse:
    known = registering.itself(request.user)
    start = {} if known is None else {
        "own_name": known.name, "street": known.street, "postcode": known.postcode, "city": known.city, "email": known.email, "phone": known.phone,
    }
    form = InitiativeForm(posted(request)[0], initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = registering.register_initiative(user=request.user, name=data["name"], own_name=data["own_name"], contact=form.contact())
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("%(name)s staat nu bij uw aanvragers. Noem hier de andere deelnemers.") % {"name": made.name})
            return redirect("parties:members", pk=made.pk)
    intro = _("Een bewonersinitiatief is een groep bewoners zonder stichting of vereniging. Daarna noemt u wie er meedoen.")
    return _page(request, form, _("Ik vraag aan met een groep bewoners"), intro)


@allow_signed_in
@requires_level("register_party")
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """First the number, then what the register says about it, and what it does not say."""
    heading = _("Ik vraag aan voor een organisatie")
    asks = "street" not in request.POST
    number = KvkForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not number.is_valid():
        intro = _("Een vereniging, stichting of coöperatie. Met het KvK-nummer zoeken wij de gegevens op.")
        return _page(request, number, heading, intro, button=_("Zoek op"))
    kvk_number = number.cleaned_data["kvk_number"]
    record, is_down = None, False
    try:
        registering.refuse_known(kvk_number)
        record = registering.look_up(kvk_number=kvk_number, user=request.user)
        if record.applicant_type == ApplicantType.GEMEENTE or record.legal_form.lower().startswith("publiekrechtelijk"):
            raise PartyRefused(_("Dit is een overheid. Vraagt u aan voor een gemeente? Ga dan terug en kies voor een gemeente."), "kvk_number")
    except kvk.KvkUnavailable:
        is_down = True
    except PartyRefused as error:
        told(number, error)
        return _page(request, number, heading, "", button=_("Zoek op"))
    start = {"kvk_number": kvk_number, "email": request.user.email}
    start |= {"street": record.street, "postcode": record.postcode, "city": record.city} if record else {}
    form = OrganisationForm(
        None if asks else request.POST, None if asks else request.FILES, initial=start, known=record is not None, kind=record.applicant_type if record else None
    )
    if not asks and form.is_valid():
        data = form.cleaned_data
        try:
            made = registering.register_organisation(
                user=request.user, kvk_number=kvk_number, record=record, type=data.get("type", ""), name=data.get("name", ""), contact=form.contact(),
                capacity=data["capacity"], upload=data["paper"],
            )
            return _added(request, made)
        except (PartyRefused, PaperRefused) as error:
            told(form, error)
    return _page(request, form, heading, "", record=record, is_down=is_down)


@allow_signed_in
@requires_level("register_party")
@require_http_methods(["GET", "POST"])
def municipality(request: HttpRequest) -> HttpResponse:
    form = MunicipalityForm(*posted(request), initial={"email": request.user.email})
    is_down = False
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            record = None
            if data["kvk_number"]:
                registering.refuse_known(data["kvk_number"])
                try:
                    record = registering.look_up(kvk_number=data["kvk_number"], user=request.user)
                except kvk.KvkUnavailable:
                    is_down = True
            made = registering.register_municipality(
                user=request.user, code=data["municipality"], name=form.chosen_name, kvk_number=data["kvk_number"], oin=data["oin"], record=record,
                contact=form.contact(), capacity=data["capacity"], upload=data["paper"],
            )
            return _added(request, made)
        except (PartyRefused, PaperRefused) as error:
            told(form, error)
    return _page(request, form, _("Ik vraag aan voor een gemeente"), _("Kies de gemeente, en vul haar KvK-nummer of OIN in."), is_down=is_down)


@allow_signed_in
@requires_level("change_details")
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the address, as long as nothing was sent in."""
    party = own_party(request, pk)
    form = ContactForm(posted(request)[0], initial={name: getattr(party, name) for name in ("street", "postcode", "city", "email", "phone")})
    if request.method == "POST" and form.is_valid():
        try:
            registering.correct(applicant_id=pk, user=request.user, contact=form.contact())
        except PartyRefused as error:
            told(form, error)
        else:
            messages.success(request, _("De gegevens zijn bewaard."))
            return redirect("parties:party", pk=pk)
    return _page(request, form, _("Adres en bereikbaarheid"), party.name)
