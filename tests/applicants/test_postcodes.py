"""A postcode is checked where it is typed, and stored in one form."""

from __future__ import annotations

import pytest

from applicants.models import PartyChange
from applicants.postcodes import InvalidPostcode, normal
from decisions.change_forms import ChangeForm
from decisions.life_forms import ReportForm
from decisions.paper_forms import PaperForm
from decisions.services import party_changes
from decisions.services.party_changes import ChangeRefused
from decisions.transfer_forms import ProposeForm


@pytest.mark.parametrize(("typed", "stored"), [
    ("6411 CC", "6411 CC"), ("6411cc", "6411 CC"), (" 6411  cc ", "6411 CC"), ("", ""), ("B-3620", "B-3620"), ("b 3620", "B-3620"), ("D-52062", "D-52062"), ("DE 52062", "DE52062"),
])
def test_a_postcode_is_stored_in_one_form(typed, stored):
    assert normal(typed) == stored


@pytest.mark.parametrize("typed", ["6411", "CC 6411", "0411 CC", "6411 SS", "6411 C", "64111 CC", "NL-6411", "Heerlen", "12-3456"])
def test_what_is_no_postcode_is_told_with_an_example(typed):
    with pytest.raises(InvalidPostcode, match="vier cijfers en twee letters, zoals 6411 CC"):
        normal(typed)


@pytest.mark.django_db
@pytest.mark.parametrize("form", [
    lambda data: ChangeForm(data), lambda data: ReportForm(data, applicant_type="vereniging"), lambda data: PaperForm(data), lambda data: ProposeForm(data),
])
def test_every_form_with_an_address_checks_it_and_loses_nothing(form):
    wrong, good = form({"postcode": "6411 C", "city": "Heerlen"}), form({"postcode": "6411cc"})
    assert "zoals 6411 CC" in str(wrong.errors["postcode"]) and 'value="6411 C"' in wrong.as_p() and 'value="Heerlen"' in wrong.as_p()
    good.is_valid()
    assert good.cleaned_data["postcode"] == "6411 CC"


@pytest.mark.django_db
def test_a_changed_address_is_stored_with_the_postcode_in_one_form(live):
    life = live("received")
    new = {"street": "Nieuwplein 5", "postcode": "6411bb", "city": "Heerlen"}
    party_changes.ask(applicant_id=life.applicant.pk, kind="address", new=new, actor=life.asker)
    assert PartyChange.objects.get().new["postcode"] == "6411 BB"
    with pytest.raises(ChangeRefused, match="zoals 6411 CC"):
        party_changes.ask(applicant_id=life.applicant.pk, kind="address", new={**new, "postcode": "6411"}, actor=life.asker)
