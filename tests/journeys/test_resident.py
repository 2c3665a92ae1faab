"""A resident on her phone, without JavaScript: from the public page to a subsidy that is settled; and what that costs her."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.effort import Effort
from tests.journeys.officials import Office, assess, decide, read_letter
from tests.journeys.visitor import Visitor, fill

pytestmark = [pytest.mark.serial, pytest.mark.timeout(900)]
TITLE = "Bloembakken op de hoek"
ANSWERS = {
    "titel": TITLE,
    "samenvatting": "Wij zetten met de buurt zes bloembakken op de hoek van de straat. De kinderen van de school kiezen de planten. Buren geven ze water.",
    "gemeente": "GM0928",
    "gebied": "kerkrade-oost",
    "locatie": "Hoek Voorbeeldstraat en Demoweg",
    "toestemming": "niet_nodig",
    "toelichting": "Nu staat er alleen een hek. Met bloemen en een bank komen buren naar buiten en maken zij een praatje. Twaalf buren doen mee.",
    "doel": "S5",
    "behoeften": "relaties",
    "kosten": "3.000",
    "bedrag": "3.000",
    "ander_geld": "nee",
    "rekeninghouder": "M. Meehelper",
}
MISTAKE = "NL91ABNA0417164301"
MOST_FIELDS, MOST_MINUTES = 25, 10
CHECKS = ("inwoners", "ja", "ja", "nee", "past")


def quick_check(resident: Visitor, did: Effort) -> None:
    resident.follow("Kijk in een minuut of deze regeling bij u past")
    for fieldset, answer in zip(resident.page.locator("main fieldset").all(), CHECKS, strict=True):
        fieldset.locator(f"input[value={answer}]").check()
        did.choices += 1
    resident.press("Kijk of het past")
    assert "Deze regeling past waarschijnlijk bij u" in resident.text()
    resident.shot("past-het")
    resident.follow("Naar aanvragen")


def sign_in(resident: Visitor) -> None:
    resident.follow("Log in om aan te vragen")
    resident.page.locator("input[name=person][value=meehelper]").check()
    resident.press("Inloggen")


def say_for_whom(resident: Visitor, did: Effort) -> None:
    """She adds herself, the first time that she comes."""
    if resident.page.get_by_role("link", name="Voor wie vraagt u aan?").count():
        resident.follow("Voor wie vraagt u aan?")
        resident.shot("voor-wie")
        resident.follow("Ikzelf")
        fill(resident, name="Mo Meehelper (verzonnen)", street="Demoweg 1", postcode="6411 AA", city="Heerlen", email="mo@example.org")
        did.fields_filled |= {"name", "street", "postcode", "city", "email"}
        resident.press("Bewaren")


def fill_in(resident: Visitor) -> None:
    """Section by section; the number of her account is wrong at first."""
    resident.shot("takenlijst")
    resident.follow("Uw plan")
    while resident.page.locator("form[data-draft]").count():
        money = resident.path().split("?")[0].endswith("/geld/")
        resident.fill_in(**ANSWERS | ({"iban": MISTAKE} if money else {}))
        resident.press("Volgende")
        if money:
            assert "rekeningnummer" in resident.page.locator(".error-summary").inner_text()
            resident.shot("foutmelding")
            resident.fill_in(**ANSWERS)
            resident.press("Volgende")


def come(resident: Visitor) -> Effort:
    """From the public page to the button that begins an application."""
    did = resident.effort = Effort()
    resident.open("/")
    assert resident.page.locator("html").get_attribute("lang") == "nl"
    resident.shot("voorpagina")
    resident.follow(re.compile("inwoners"))
    quick_check(resident, did)
    sign_in(resident)
    say_for_whom(resident, did)
    return did


def apply(resident: Visitor, before: Effort) -> Effort:
    """From that button to the receipt."""
    did = resident.effort = before.onward()
    resident.press("Begin met de aanvraag")
    fill_in(resident)
    assert TITLE in resident.text()
    resident.shot("controleren")
    resident.page.get_by_role("checkbox", name=re.compile("naar waarheid")).check()
    did.fields_shown.add("verklaring")
    did.chooses("verklaring")
    resident.press("Insturen")
    resident.shot("ontvangst")
    assert resident.page.locator("html").get_attribute("lang") == "nl"
    resident.effort = None
    return did


def choose_digital_post(resident: Visitor) -> None:
    resident.open("/mijn/digitale-post/")
    resident.page.get_by_role("radio", name="Digitaal").first.check()
    resident.press("Bewaren Mo Meehelper (verzonnen)")
    assert "Nu: digitaal" in resident.text()


def test_a_resident_on_a_phone_applies_and_her_subsidy_is_settled(visit: Callable[..., Visitor]) -> None:
    resident, office = visit(javascript=False, phone=True), Office(visit)
    before = come(resident)
    did = apply(resident, before)
    print(f"\nup to the form: {before.told()}\nfrom start to receipt: {did.told()}")
    assert len(did.fields_shown) <= MOST_FIELDS and did.minutes <= MOST_MINUTES, did.told()
    assert len(before.fields_filled | did.fields_filled) <= MOST_FIELDS, before.told()
    told = re.search(r"SUB-\d{4}-\d{6}", resident.text())
    assert told, resident.text()
    resident.follow("Naar uw zaak")
    case, number = resident.path(), told[0]
    choose_digital_post(resident)

    assess(office, number, "3000")
    decide(office, number, "Direct vaststellen", "3000")

    read_letter(resident, case, "Beschikking directe vaststelling", number, "3.000,00")
    resident.shot("brief")
    resident.open(case)
    assert "Vastgesteld" in resident.text()
    resident.shot("zaak-vastgesteld")
    resident.open("/mijn/")
