"""What somebody typed, read as a value. Lenient about how it is written, never guessing what was meant."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from grants.law.amounts import cents
from grants.law.formats import MONTHS

TOO_MUCH = Decimal(10) ** 10

_AMOUNT_MARKS = re.compile(r"[\s\u00a0\u202f]|€|euro|eur", re.IGNORECASE)
_DUTCH_AMOUNT = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(?:\d{1,2}|-{1,2}))?")
_PLAIN_AMOUNT = re.compile(r"\d+\.\d{1,2}")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")
_WRITTEN_DAY = re.compile(rf"(\d{{1,2}}) +({'|'.join(MONTHS)}) +(\d{{4}})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_DUTCH_IBAN = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}")


class Unreadable(ValueError):
    """The answer is no value of its kind. The text is a Dutch sentence that says what to write."""


def is_empty(answer: Any) -> bool:
    """Is there no answer? Spaces, an empty list, and a table with only empty rows are no answer."""
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, (list, tuple)):
        return all(is_empty(item) for item in answer)
    if isinstance(answer, dict):
        return all(is_empty(item) for item in answer.values())
    return answer is None


def text(answer: Any) -> str:
    """The text that was typed, without the space around it. Raises `Unreadable` for something else."""
    if isinstance(answer, str):
        return answer.strip()
    if isinstance(answer, (int, Decimal)) and not isinstance(answer, bool):
        return str(answer)
    raise Unreadable("Schrijf hier een gewone tekst.")


def amount(answer: Any) -> Decimal:
    """Euros from `2500`, `2.500`, `2.500,00`, `2500.00` or `€ 2.500,-`. Raises `Unreadable`.

    `2.500` is two thousand five hundred, as Dutch people write it; `2.50` is two and a half euro.
    """
    typed = _AMOUNT_MARKS.sub("", str(answer) if isinstance(answer, float) else text(answer))
    if typed.startswith(("-", "−")):
        raise Unreadable("Een bedrag kan niet onder nul zijn. Schrijf het zonder minteken.")
    if _DUTCH_AMOUNT.fullmatch(typed):
        plain = typed.replace(".", "").replace(",", ".").rstrip("-").rstrip(".")
    elif _PLAIN_AMOUNT.fullmatch(typed):
        plain = typed
    else:
        raise Unreadable("Dit bedrag kunnen wij niet lezen. Schrijf het zo: 2.500 of 2.500,00.")
    if len(plain) > 14 or (value := Decimal(plain)) >= TOO_MUCH:
        raise Unreadable("Dit bedrag is te groot. Klopt het aantal nullen?")
    return cents(value)


def number(answer: Any) -> Decimal:
    """A number of 0 or more, with a comma or point before the decimals. Raises `Unreadable`."""
    typed = text(answer).replace(",", ".")
    if not re.fullmatch(r"\d{1,10}(\.\d{1,2})?", typed):
        raise Unreadable("Dit getal kunnen wij niet lezen. Schrijf alleen cijfers, bijvoorbeeld 25.")
    return Decimal(typed)


def day(answer: Any) -> date:
    """A day from `2025-03-01`, `1-3-2025` or `1 maart 2025`. Raises `Unreadable`."""
    if isinstance(answer, date):
        return answer
    typed = text(answer).lower()
    try:
        if found := _ISO_DAY.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DUTCH_DAY.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WRITTEN_DAY.fullmatch(typed):
            return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError as error:
        raise Unreadable("Deze dag bestaat niet. Kijk de datum nog eens na.") from error
    raise Unreadable("Deze datum kunnen wij niet lezen. Schrijf hem zo: 31-12-2026.")


def iban(answer: Any) -> str:
    """An account number without spaces, of the right length and with the right check digits. Raises `Unreadable`."""
    typed = re.sub(r"[\s\u00a0]", "", text(answer)).upper()
    if not _IBAN.fullmatch(typed) or (typed.startswith("NL") and not _DUTCH_IBAN.fullmatch(typed)):
        raise Unreadable("Dit is geen rekeningnummer. Een Nederlands nummer (IBAN) is NL, twee cijfers, vier letters en tien cijfers.")
    if int("".join(str(int(sign, 36)) for sign in typed[4:] + typed[:4])) % 97 != 1:
        raise Unreadable("Dit rekeningnummer klopt niet. Kijk of er een cijfer of letter verkeerd staat.")
    return typed


def email(answer: Any) -> str:
    """An e-mail address that can exist. Raises `Unreadable`."""
    typed = text(answer)
    if not _EMAIL.fullmatch(typed) or len(typed) > 254:
        raise Unreadable("Dit is geen e-mailadres. Het ziet eruit als naam@voorbeeld.nl.")
    return typed


def phone(answer: Any) -> str:
    """A telephone number with 8 to 15 digits, as it was typed. Raises `Unreadable`."""
    typed = text(answer)
    if not re.fullmatch(r"\+?[\d\s()-]+", typed) or not 8 <= len(re.sub(r"\D", "", typed)) <= 15:
        raise Unreadable("Dit is geen telefoonnummer. Schrijf het met cijfers, bijvoorbeeld 043 123 45 67.")
    return typed


def chosen(answer: Any) -> tuple[str, ...]:
    """The choices that were made, each once, in their order. Raises `Unreadable` for something else than a list of texts."""
    items = answer if isinstance(answer, (list, tuple)) else [answer]
    return tuple(dict.fromkeys(typed for item in items if (typed := text(item))))
