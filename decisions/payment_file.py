"""The payment file for the bank: pain.001 of ISO 20022, checked against its schema. Pure: values in, bytes out.

The same values give the same bytes: what the library makes up itself (identifiers, the moment) is replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

from sepaxml import SepaTransfer
from sepaxml.validation import ValidationError, try_valid_xml
from stdnum import iban as iban_numbers

from grants.kernel.money import CENT

SCHEMAS = ("pain.001.001.09", "pain.001.001.03")
MOST = Decimal("999999999.99")
WITHOUT_ACCENT = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})
NOT_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


class WrongFile(ValueError):
    """A file that cannot be made; `str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    iban: str


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer. `reference` is the EndToEndId: ours, at most 35 characters, no personal data."""

    reference: str
    name: str
    iban: str
    amount: Decimal
    text: str


def in_cents(amount: Decimal) -> int:
    """Whole cents, exactly. Raises WrongFile for an amount that no bank can pay."""
    if not amount.is_finite() or amount <= 0:
        raise WrongFile(f"Het bedrag {amount} is niet groter dan nul. Wij kunnen alleen een bedrag boven nul betalen. Kijk het besluit na.")
    if amount != amount.quantize(CENT):
        raise WrongFile(f"Het bedrag {amount} heeft delen van een cent. Een bank betaalt alleen hele centen. Kijk het besluit na.")
    if amount > MOST:
        raise WrongFile(f"Het bedrag {amount} is hoger dan een bank in een keer overmaakt. Betaal het in delen.")
    return int(amount * 100)


def sepa_text(text: str, most: int) -> str:
    """Letters, digits and signs that every SEPA bank takes, at most so many."""
    letters = unicodedata.normalize("NFKD", text.translate(WITHOUT_ACCENT))
    plain = NOT_SEPA.sub(" ", "".join(c for c in letters if not unicodedata.combining(c)))
    return re.sub(r"\s+", " ", plain).strip(" /")[:most].strip()


def payment_file(*, schema: str, reference: str, payer: Payer, execute_on: date, made_at: datetime, lines: Sequence[Line]) -> bytes:
    """The file for one batch. Raises WrongFile; then there is no file."""
    if schema not in SCHEMAS:
        raise WrongFile(f"Het bestand '{schema}' kennen wij niet. Kies {' of '.join(SCHEMAS)}.")
    if not lines:
        raise WrongFile("Er is geen betaling om in het bestand te zetten.")
    if not iban_numbers.is_valid(payer.iban):
        raise WrongFile("Het rekeningnummer van de provincie klopt niet: de controlecijfers kloppen niet. Laat de beheerder PAYER_IBAN goed zetten.")
    config = {"name": sepa_text(payer.name, 70), "IBAN": iban_numbers.compact(payer.iban), "batch": True, "currency": "EUR"}
    made = SepaTransfer(config, schema=schema, clean=False)
    for line in lines:
        made.add_payment(_payment(line, execute_on))
    root = ElementTree.fromstring(made.export(validate=False))
    space = f"{{urn:iso:std:iso:20022:tech:xsd:{schema}}}"
    given = {"MsgId": reference, "CreDtTm": f"{made_at:%Y-%m-%dT%H:%M:%S}", "PmtInfId": reference, "BtchBookg": "false"}
    for tag, value in given.items():  # each payment booked on its own, so that the statement names each reference
        for node in root.iter(space + tag):
            node.text = value
    for agent in root.iter(space + "DbtrAgt"):  # no BIC is asked within SEPA; the rules want it said
        other = ElementTree.SubElement(agent[0], space + "Othr")
        ElementTree.SubElement(other, space + "Id").text = "NOTPROVIDED"
    ElementTree.register_namespace("", space[1:-1])
    content = b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "utf-8")
    try:
        try_valid_xml(content, schema)
    except ValidationError as error:
        raise WrongFile("Het betaalbestand voldoet niet aan het formaat van de bank. Meld dit bij de beheerder. Er is niets verstuurd.") from error
    return content


def _payment(line: Line, execute_on: date) -> dict[str, object]:
    if not iban_numbers.is_valid(line.iban):
        raise WrongFile(f"Het rekeningnummer bij {line.reference} klopt niet: de controlecijfers kloppen niet. Vraag het na bij de ontvanger.")
    name = sepa_text(line.name, 70)
    if not name:
        raise WrongFile(f"De naam van de ontvanger bij {line.reference} is leeg. Vul de naam aan.")
    return {
        "name": name, "IBAN": iban_numbers.compact(line.iban), "amount": in_cents(line.amount), "execution_date": execute_on,
        "description": sepa_text(line.text, 140), "endtoend_id": line.reference,
    }
