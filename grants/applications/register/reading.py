"""Read a register file (semicolon CSV, one event a line). Pure: text in, rows or every error out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

COLUMNS = (
    "gebeurtenis_id", "zaaknummer", "regeling_code", "regelingbundel", "subsidievorm", "doelen", "aanvragertype", "gemeente_code",
    "ontvangen_op", "gebeurtenis", "besluitdatum", "geregistreerd_op", "bedrag", "herroept",
)
IGNORED = ("verwacht_teller", "verwacht_noemer", "reden")
CODES = (
    "aanvraag_ontvangen", "concept", "verleend", "direct_vastgesteld", "verlening_gewijzigd", "vastgesteld", "afgewezen",
    "buiten_behandeling", "aanvraag_ingetrokken", "verlening_ingetrokken", "herroeping", "vaststelling_gewijzigd",
    "vaststelling_ingetrokken", "kenmerk_gecorrigeerd",
)
FORMS = ("project", "structureel", "investering")
TYPES = ("vereniging", "stichting", "cooperatie", "natuurlijk_persoon", "bewonersinitiatief", "gemeente")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One event of one case, as the other system knew it."""

    line: int
    event_id: str
    case_number: str
    scheme_code: str
    bundle: str
    subsidy_form: str
    goals: tuple[str, ...]
    applicant_type: str
    municipality_code: str
    received_on: date
    code: str
    valid_on: date
    known_at: datetime
    amount: Decimal | None
    annuls: str

    def content(self) -> tuple[object, ...]:
        """Everything but the place in the file: equal for the same event delivered twice."""
        return tuple(getattr(self, field.name) for field in fields(self) if field.name != "line")


@dataclass(frozen=True, slots=True)
class RegisterError:
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"regel {self.line}, kolom {self.column}: {self.reason}"


class RegisterErrors(ValueError):
    """The file cannot be imported; carries every error."""

    def __init__(self, errors: list[RegisterError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, errors)))


def read_register(data: bytes) -> tuple[RegisterRow, ...]:
    """The rows of the file, a double one once. Raises RegisterErrors with every error at once."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterErrors([RegisterError(1, "-", "Het bestand is geen UTF-8. Bewaar het als UTF-8 en probeer het opnieuw.")]) from None
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    present = tuple(reader.fieldnames or ())
    errors = [RegisterError(1, name, "Deze kolom ontbreekt.") for name in COLUMNS if name not in present]
    errors += [RegisterError(1, name or "(leeg)", "Deze kolom kennen wij niet.") for name in present if name not in COLUMNS + IGNORED]
    if errors:
        raise RegisterErrors(errors)
    rows: list[RegisterRow] = []
    for raw in reader:
        row = _row(reader.line_num, raw, errors)
        if row is not None:
            rows.append(row)
    unique = _unique(rows, errors)
    if errors:
        raise RegisterErrors(errors)
    return unique


def _unique(rows: list[RegisterRow], errors: list[RegisterError]) -> tuple[RegisterRow, ...]:
    seen: dict[str, RegisterRow] = {}
    for row in rows:
        first = seen.setdefault(row.event_id, row)
        if first.content() != row.content():
            errors.append(RegisterError(row.line, "gebeurtenis_id", f"{row.event_id} staat ook op regel {first.line}, met een andere inhoud."))
    return tuple(seen.values())


def _row(line: int, raw: dict[str | None, str | list[str] | None], errors: list[RegisterError]) -> RegisterRow | None:
    before = len(errors)

    def text(name: str, *, pattern: str = r".+", wanted: str = "") -> str:
        value = str(raw.get(name) or "").strip()
        if not re.fullmatch(pattern, value):
            errors.append(RegisterError(line, name, wanted or "Deze cel is leeg, maar moet gevuld zijn."))
        return value

    def one_of(name: str, allowed: tuple[str, ...]) -> str:
        value = str(raw.get(name) or "").strip()
        if value not in allowed:
            errors.append(RegisterError(line, name, f"«{value}» kennen wij niet. Kies uit: {', '.join(allowed)}."))
        return value

    def day(name: str) -> date:
        value = str(raw.get(name) or "").strip()
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            errors.append(RegisterError(line, name, f"«{value}» is geen datum. Schrijf JJJJ-MM-DD."))
            return date.min

    if None in raw or any(value is None for value in raw.values()):
        errors.append(RegisterError(line, "-", "Deze regel heeft niet evenveel cellen als de kopregel."))
        return None
    code = one_of("gebeurtenis", CODES)
    annuls = str(raw["herroept"] or "").strip()
    if (code == "herroeping") != bool(annuls):
        errors.append(RegisterError(line, "herroept", "Alleen een herroeping verwijst naar een gebeurtenis, en moet dat ook doen."))
    row = RegisterRow(
        line=line,
        event_id=text("gebeurtenis_id"),
        case_number=text("zaaknummer", pattern=r".{1,40}", wanted="Het zaaknummer ontbreekt of is langer dan 40 tekens."),
        scheme_code=text("regeling_code", pattern=r"[\w-]{1,40}", wanted="De code mag alleen letters, cijfers en streepjes hebben."),
        bundle=text("regelingbundel", pattern=r"[\w-]{0,40}", wanted="De bundel mag alleen letters, cijfers en streepjes hebben."),
        subsidy_form=one_of("subsidievorm", FORMS),
        goals=tuple(sorted({goal.strip() for goal in str(raw["doelen"] or "").split("|") if goal.strip()})),
        applicant_type=one_of("aanvragertype", TYPES),
        municipality_code=text("gemeente_code", pattern=r"GM\d{4}", wanted="Schrijf GM en vier cijfers."),
        received_on=day("ontvangen_op"),
        code=code,
        valid_on=day("besluitdatum"),
        known_at=_moment(line, str(raw["geregistreerd_op"] or "").strip(), errors),
        amount=_amount(line, str(raw["bedrag"] or "").strip(), errors),
        annuls=annuls,
    )
    return row if len(errors) == before else None


def _moment(line: int, value: str, errors: list[RegisterError]) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    errors.append(RegisterError(line, "geregistreerd_op", f"«{value}» is geen tijdstip met tijdzone, zoals 2025-01-14T15:00:00+01:00."))
    return datetime.min


def _amount(line: int, value: str, errors: list[RegisterError]) -> Decimal | None:
    if not value:
        return None
    try:
        if not re.fullmatch(r"\d{1,11}(\.\d{1,2})?", value):
            raise InvalidOperation
        return Decimal(value).quantize(Decimal("0.01"))
    except InvalidOperation:
        errors.append(RegisterError(line, "bedrag", f"«{value}» is geen bedrag. Schrijf euro's met een punt, zoals 10000.00."))
        return None
