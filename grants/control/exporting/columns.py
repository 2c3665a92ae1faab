"""What a column of a dataset is, and how the database gives it and Python reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db import connection
from django.utils.dateparse import parse_datetime

Kind = Literal["text", "date", "moment", "money", "whole", "yes_no"]
"""`money` in euros with two decimals; `moment` in UTC; `date` a legal day."""

KIND_WORDS: dict[Kind, str] = {
    "text": "tekst", "date": "datum (JJJJ-MM-DD)", "moment": "moment (UTC)", "money": "euro, twee decimalen", "whole": "heel getal", "yes_no": "1 of 0",
}


@dataclass(frozen=True, slots=True)
class Column:
    """`expression` is SQL for both databases. `description` is what the data dictionary says, with the source or article."""

    name: str
    kind: Kind
    expression: str
    description: str

    def selected(self) -> str:
        """The expression as the column is read by Python."""
        if self.kind == "money":
            whole = "INTEGER" if connection.vendor == "sqlite" else "BIGINT"
            return f"CAST(ROUND({self.expression} * 100) AS {whole}) AS {self.name}"
        return f"{self.expression} AS {self.name}"

    def as_text(self, excel: bool) -> str:
        """The expression as PostgreSQL writes it in a CSV file itself: the same text as `plain` or `for_excel` gives.

        An empty text is written as nothing at all, as an empty value is.
        """
        match self.kind:
            case "money":
                number = f"CAST({self.expression} AS numeric(14, 2))"
                return f"REPLACE(CAST({number} AS text), '.', ',') AS {self.name}" if excel else f"{number} AS {self.name}"
            case "moment":
                return f"TO_CHAR({self.expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS {self.name}"
            case "text" if excel:
                text = self.expression
                return f"NULLIF(CASE WHEN SUBSTR({text}, 1, 1) IN ({DANGEROUS_SQL}) THEN '''' || {text} ELSE {text} END, '') AS {self.name}"
            case "text":
                return f"NULLIF({self.expression}, '') AS {self.name}"
            case _:
                return f"{self.expression} AS {self.name}"

    def read(self, value: Any) -> Any:
        """The Python value of what the database gave."""
        if value is None:
            return None
        match self.kind:
            case "money":
                return (Decimal(value) / 100).quantize(CENT)
            case "date":
                return value if isinstance(value, date) else date.fromisoformat(value)
            case "moment":
                found = value if isinstance(value, datetime) else parse_datetime(value)
                assert found is not None
                return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
            case "whole" | "yes_no":
                return int(value)
            case _:
                return str(value)


CENT = Decimal("0.01")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""A cell that begins so could be taken for a formula (OWASP ASVS 5, 1.2.10)."""
DANGEROUS_SQL = "'=', '+', '-', '@', CHR(9), CHR(13), CHR(10)"


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def plain(value: Any) -> str:
    """A value as the file for systems writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def for_excel(value: Any) -> str:
    """A value as the file for Excel writes it: a decimal comma, and no text that is taken for a formula."""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return guarded(value) if isinstance(value, str) else plain(value)
