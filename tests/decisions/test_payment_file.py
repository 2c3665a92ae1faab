"""The payment file: valid against the schema of ISO 20022, to the cent, and nothing that no bank can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sepaxml
import xmlschema

from decisions.payment_file import SCHEMAS, Line, Payer, WrongFile, in_cents, payment_file, sepa_text

LINE = Line("VL20261125-ABCDEF-1", "Stichting <Café> & Zn. ß", "NL91 ABNA 0417 1643 00", Decimal("1234.50"), "Subsidie SUB-2026-000001, voorschot")
ANOTHER = Line("VL20261125-ABCDEF-2", "Bo Bewoner", "NL02ABNA0123456789", Decimal("0.07"), "Subsidie SUB-2026-000002, vaststelling")
GIVEN = {
    "schema": "pain.001.001.09", "reference": "VL20261125-ABCDEF", "payer": Payer("Provincie Limburg", "NL13TEST0123456789"),
    "execute_on": date(2026, 11, 26), "made_at": datetime(2026, 11, 25, 16, 0), "lines": [LINE, ANOTHER],
}


def made(**changed):
    return payment_file(**{**GIVEN, **changed})


def values(content, schema="pain.001.001.09"):
    """What stands in the file, by tag, in order."""
    root = ElementTree.fromstring(content)
    found = {}
    for node in root.iter():
        if node.text:
            found.setdefault(node.tag.removeprefix(f"{{urn:iso:std:iso:20022:tech:xsd:{schema}}}"), []).append(node.text)
    return found


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_file_is_valid_against_the_schema_of_iso_20022(schema):
    judge = xmlschema.XMLSchema(Path(sepaxml.__file__).parent / "schemas" / f"{schema}.xsd")
    content = made(schema=schema)
    judge.validate(content.decode())
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        judge.validate(content.decode().replace("<MsgId>VL20261125-ABCDEF</MsgId>", ""))


def test_amounts_references_and_the_day_are_exactly_those_given():
    found = values(made())
    assert found["InstdAmt"] == ["1234.50", "0.07"] and set(found["CtrlSum"]) == {"1234.57"} and set(found["NbOfTxs"]) == {"2"}
    assert found["EndToEndId"] == [LINE.reference, ANOTHER.reference] and found["MsgId"] == found["PmtInfId"] == ["VL20261125-ABCDEF"]
    assert found["Dt"] == ["2026-11-26"] and found["BtchBookg"] == ["false"]
    assert found["IBAN"] == ["NL13TEST0123456789", "NL91ABNA0417164300", "NL02ABNA0123456789"]
    assert "SUB-2026-000001" in found["Ustrd"][0]


def test_names_hold_only_signs_that_every_bank_takes():
    assert values(made())["Nm"][-2:] == ["Stichting Cafe Zn. ss", "Bo Bewoner"]
    assert sepa_text("/ Ångström_łódź 漢 /", 70) == "Angstrom lodz"
    assert len(sepa_text("x" * 100, 70)) == 70


def test_the_same_batch_gives_the_same_bytes():
    assert made() == made()


@pytest.mark.parametrize("amount", ["0.01", "1234.50", "999999999.99", "10", "10.000"])
def test_an_amount_is_exact_in_cents(amount):
    assert Decimal(in_cents(Decimal(amount))) / 100 == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-0.01", "niet groter dan nul"), ("0", "niet groter dan nul"), ("NaN", "niet groter dan nul"), ("10.005", "hele centen"),
        ("0.001", "hele centen"), ("1000000000.00", "in delen"),
    ],
)
def test_an_amount_that_no_bank_can_pay_is_refused_in_words(amount, words):
    with pytest.raises(WrongFile, match=words):
        made(lines=[replace(LINE, amount=Decimal(amount))])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"lines": []}, "geen betaling"),
        ({"lines": [replace(LINE, iban="NL91ABNA0417164301")]}, "controlecijfers kloppen niet"),
        ({"lines": [replace(LINE, name="漢")]}, "naam van de ontvanger"),
        ({"payer": Payer("Provincie", "NL00XXXX0000000000")}, "PAYER_IBAN"),
        ({"schema": "pain.001.001.99"}, "kennen wij niet"),
        ({"reference": "x" * 36}, "formaat van de bank"),
    ],
)
def test_a_wrong_file_is_not_made_and_says_what_to_do(changed, words):
    with pytest.raises(WrongFile, match=words):
        made(**changed)
