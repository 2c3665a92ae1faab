"""Read a bank statement (camt.053 of ISO 20022). Pure: bytes in, plain values out, or WrongStatement with a sentence.

The file comes from outside: it may be no larger than a limit, and a document type (with which entities are defined)
is refused before anything is read. A file is right as a whole or refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from grants.kernel import clock
from grants.kernel.money import CENT

MOST_BYTES = 2 * 1024 * 1024
MOST_ENTRIES = 500
OLDEST_YEAR = 2000
"""A bank that books before the euro has made a mistake; the first and last years do not fit in every time zone."""
SPACE = re.compile(r"^\{urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d{2}\}Document$")
AMOUNT = re.compile(r"^\d{1,13}(\.\d{1,5})?$")
NONE_GIVEN = {"", "NOTPROVIDED", "NONREF"}
ASK_ANEW = "Vraag de bank om een nieuw bestand. Er is niets verwerkt."


class WrongStatement(ValueError):
    """A file that is not read; `str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement. `reference` is the EndToEndId, '' when none was given; `returned` is the reason of a return ('' otherwise).

    `problem` says in Dutch why the bank's own figures do not fit together; '' when they do.
    """

    comes_in: bool
    amount: Decimal
    booked_on: date
    reference: str = ""
    bank_reference: str = ""
    text: str = ""
    returned: str = ""
    is_return: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: the bank's name for it, the account, and what was booked. `skipped` counts what was not booked yet."""

    statement_id: str
    account: str
    made_at: datetime
    entries: tuple[Entry, ...] = field(default=())
    skipped: int = 0


def read(content: bytes, today: date) -> tuple[Statement, ...]:
    """The statements in a file; nothing can be booked after `today`. Raises WrongStatement."""
    if not content.strip():
        raise WrongStatement("Het bestand is leeg. Kies het afschrift dat u van de bank hebt gekregen.")
    if len(content) > MOST_BYTES:
        raise WrongStatement(f"Het bestand is groter dan {MOST_BYTES // 1024 // 1024} MB. Vraag de bank om een afschrift per dag. Er is niets verwerkt.")
    root = _tree(content)
    if not SPACE.match(root.tag):
        raise WrongStatement("Dit is geen bankafschrift (camt.053). Kies het afschrift dat u van de bank hebt gekregen. Er is niets verwerkt.")
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    found = tuple(_statement(node, today) for node in root.findall("BkToCstmrStmt/Stmt"))
    if not found:
        raise WrongStatement(f"In het bestand staat geen afschrift. {ASK_ANEW}")
    if sum(len(s.entries) for s in found) > MOST_ENTRIES:
        raise WrongStatement(f"Het bestand heeft meer dan {MOST_ENTRIES} regels. Vraag de bank om een afschrift per dag. Er is niets verwerkt.")
    return found


def _tree(content: bytes) -> Element:
    """The XML, once it is sure that it defines no entities."""

    def refuse(*_: object) -> None:
        raise WrongStatement("In het bestand staat een DOCTYPE. Een bankafschrift heeft dat niet, en het kan schadelijk zijn. Er is niets verwerkt.")

    first = expat.ParserCreate()
    first.StartDoctypeDeclHandler = refuse
    try:
        first.Parse(content, True)
        return ElementTree.fromstring(content)
    except (expat.ExpatError, ElementTree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, WrongStatement):
            raise
        raise WrongStatement(f"Het bestand is geen leesbare XML. {ASK_ANEW}") from error


def _statement(node: Element, today: date) -> Statement:
    name = _text(node, "Id")
    if not name or len(name) > 35:
        raise WrongStatement(f"Het afschrift heeft geen nummer. {ASK_ANEW}")
    entries: list[Entry] = []
    skipped = 0
    for number, entry in enumerate(node.findall("Ntry"), 1):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if status != "BOOK":
            skipped += 1
            continue
        movements = list(_movements(entry, number, today))
        entries.extend(movements)
        skipped += not movements
    account = _text(node, "Acct/Id/IBAN").replace(" ", "")
    if not account:
        raise WrongStatement(f"Bij afschrift {name} staat geen rekeningnummer. {ASK_ANEW}")
    return Statement(name, account, _moment(_text(node, "CreDtTm"), name), tuple(entries), skipped)


def _movements(entry: Element, number: int, today: date) -> Iterator[Entry]:
    """One entry, or its parts when the bank booked several payments together; none when nothing moved."""
    amount = _amount(entry.find("Amt"), number)
    if amount == 0:
        return
    direction = _text(entry, "CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise WrongStatement(f"Bij regel {number} staat niet of het geld af of bij is. {ASK_ANEW}")
    comes_in, booked_on = direction == "CRDT", _day(entry, number, today)
    own_reference = _text(entry, "AcctSvcrRef")[:35]
    reversal = _text(entry, "RvslInd") == "true"
    parts = entry.findall("NtryDtls/TxDtls")
    if not parts:
        yield Entry(comes_in, amount, booked_on, bank_reference=own_reference, text=_text(entry, "AddtlNtryInf")[:140], is_return=reversal)
        return
    amounts = [_part_amount(part, amount if len(parts) == 1 else None, number) for part in parts]
    fits = all(a is not None for a in amounts) and sum(a for a in amounts if a is not None) == amount
    if not fits:
        problem = "De delen van deze regel zijn samen niet het bedrag van de regel. Vraag de bank hoe dit zit."
        yield Entry(comes_in, amount, booked_on, bank_reference=own_reference, problem=problem)
        return
    for part, own in zip(parts, amounts, strict=True):
        reference = _text(part, "Refs/EndToEndId")
        texts = [n.text or "" for n in part.findall("RmtInf/Ustrd")] + [n.text or "" for n in part.findall("RmtInf/Strd/CdtrRefInf/Ref")]
        why = part.find("RtrInf")
        assert own is not None
        yield Entry(
            comes_in, own, booked_on, reference="" if reference.upper() in NONE_GIVEN else reference[:35],
            bank_reference=(_text(part, "Refs/AcctSvcrRef") or own_reference)[:35], text=" ".join(" ".join(texts).split())[:140],
            returned=_reason(why), is_return=why is not None or reversal,
        )


REASONS = {
    "AC01": "het rekeningnummer klopt niet", "AC03": "het rekeningnummer klopt niet", "AC04": "de rekening is opgeheven",
    "AC06": "de rekening is geblokkeerd", "AG01": "op deze rekening kan niet worden overgemaakt", "AM05": "de betaling was dubbel",
    "BE04": "het adres van de ontvanger ontbreekt", "MD07": "de rekeninghouder is overleden", "MS02": "de ontvanger weigert het geld",
    "MS03": "de bank gaf geen reden", "RC01": "de bank van de ontvanger is niet bekend", "RR01": "er ontbreken gegevens van de betaler",
    "RR02": "er ontbreken gegevens van de betaler", "RR03": "er ontbreken gegevens van de ontvanger", "RR04": "de bank moest weigeren",
    "FOCR": "wij vroegen het geld terug",
}


def _reason(why: Element | None) -> str:
    """Why money came back, in words; the bank's code stays beside it. Free text of the bank is left out: it may hold names."""
    if why is None:
        return ""
    code = (_text(why, "Rsn/Cd") or _text(why, "Rsn/Prtry"))[:35]
    return f"Teruggekomen: {REASONS.get(code, 'de bank gaf een eigen reden')}{f' ({code})' if code else ''}."


def _amount(node: Element | None, number: int) -> Decimal:
    """Euros in whole cents, never negative: whether money came or went stands beside it."""
    text = (node.text or "").strip() if node is not None else ""
    if node is not None and node.get("Ccy") != "EUR":
        raise WrongStatement(f"Regel {number} is niet in euro. Deze rekening is in euro. {ASK_ANEW}")
    if not AMOUNT.match(text):
        raise WrongStatement(f"Regel {number} heeft bedrag '{text[:30]}'. Een bedrag is een getal zonder minteken. {ASK_ANEW}")
    amount = Decimal(text)
    if amount != amount.quantize(CENT):
        raise WrongStatement(f"Regel {number} heeft bedrag '{text[:30]}'. Een bedrag heeft ten hoogste twee decimalen: hele centen. {ASK_ANEW}")
    return amount.quantize(CENT)


def _part_amount(part: Element, whole: Decimal | None, number: int) -> Decimal | None:
    """The amount of a part; `whole` when the entry has one part that names none; None when it is not known."""
    for place in ("Amt", "AmtDtls/TxAmt/Amt"):
        node = part.find(place)
        if node is not None and (place == "Amt" or node.get("Ccy") == "EUR"):
            return _amount(node, number)
    return whole


def _day(entry: Element, number: int, today: date) -> date:
    text = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")[:10]
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise WrongStatement(f"Regel {number} heeft geen goede boekdatum. {ASK_ANEW}") from error
    if day > today:
        raise WrongStatement(f"Regel {number} is geboekt op een dag die nog moet komen. {ASK_ANEW}")
    if day.year < OLDEST_YEAR:
        raise WrongStatement(f"Regel {number} heeft geen goede boekdatum. {ASK_ANEW}")
    return day


def _moment(text: str, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongStatement(f"Bij afschrift {name} staat niet wanneer het is gemaakt. {ASK_ANEW}") from error
    if not OLDEST_YEAR <= found.year < 9999:
        raise WrongStatement(f"Bij afschrift {name} staat niet wanneer het is gemaakt. {ASK_ANEW}")
    return found if found.tzinfo else found.replace(tzinfo=clock.AMSTERDAM)


def _text(node: Element, path: str) -> str:
    found = node.find(path)
    return (found.text or "").strip() if found is not None else ""
