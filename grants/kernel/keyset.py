"""Pages by key: the next page starts after the last row that was seen, so page one and page one thousand cost the same.

A sort is a few columns that are never empty, the last of them unique. The cursor in the address is opaque: it names the
sort and the values of one row, and says on which side of that row the page lies.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.fields import DateField, DateTimeField, DecimalField, Field, IntegerField, UUIDField

from grants.kernel.typed import whole_number


class BadCursor(ValueError):
    """The cursor is not one of ours, or belongs to another sort."""


@dataclass(frozen=True, slots=True)
class Sort:
    """`columns` are never empty and the last one is unique; all run the same way, so that one index serves."""

    name: str
    label: str
    columns: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, and the cursors of the pages on both sides ('' where there is none)."""

    rows: list[Any]
    previous: str
    next: str


class RowCompare(Func):
    """`(a, b) > (x, y)`: a row-value comparison, which both databases answer from an index over (a, b)."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, columns: tuple[str, ...], operator: str, values: tuple[Value, ...]) -> None:
        self.operator = operator
        super().__init__(*(F(column) for column in columns), *values)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        found = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(found) // 2
        left, right = (", ".join(sql for sql, _ in part) for part in (found[:half], found[half:]))
        return f"({left}) {self.operator} ({right})", [value for _, values in found for value in values]


def page(rows: QuerySet[Any], sort: Sort, size: int, *, after: str = "", before: str = "", show: QuerySet[Any] | None = None) -> Page:
    """The page of `size` rows after (or before) a cursor; the first page when there is none. Raises BadCursor.

    `show` says what is read of the rows that were found (other tables, some columns). The place is looked up without it,
    so that the database has only the index of the sort to walk, and joins no more rows than are shown.
    """
    cursor, backward = (before, True) if before else (after, False)
    falling = sort.descending != backward
    if cursor:
        rows = rows.filter(RowCompare(sort.columns, "<" if falling else ">", _values(rows.model, sort, cursor)))
    order = [f"-{column}" if falling else column for column in sort.columns]
    found = rows.order_by(*order)[: size + 1]
    if show is not None:
        found = show.filter(pk__in=found.values("pk")).order_by(*order)
    found = list(found)
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_previous, has_next = (more, True) if backward else (bool(cursor), more)
    return Page(
        rows=found,
        previous=cursor_of(found[0], sort) if found and has_previous else "",
        next=cursor_of(found[-1], sort) if found and has_next else "",
    )


def page_or_first(rows: QuerySet[Any], sort: Sort, size: int, after: str) -> Page:
    """The page after a cursor; the first one when the cursor is not ours. For a list without a way back."""
    try:
        return page(rows, sort, size, after=after)
    except BadCursor:
        return page(rows, sort, size)


def cursor_of(row: Model, sort: Sort) -> str:
    """The cursor that stands for the place of this row in this sort."""
    values = [_as_text(getattr(row, column)) for column in sort.columns]
    return base64.urlsafe_b64encode(json.dumps([sort.name, *values]).encode()).decode().rstrip("=")


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _values(model: type[Model], sort: Sort, cursor: str) -> tuple[Value, ...]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or [type(part) for part in parts] != [str] * (len(sort.columns) + 1) or parts[0] != sort.name:
            raise BadCursor(cursor)
        return tuple(_value(_column(model, column), text) for column, text in zip(sort.columns, parts[1:], strict=True))
    except (ValueError, binascii.Error, InvalidOperation, RecursionError) as error:
        raise BadCursor(cursor) from error


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    """The field of a column; for a generated column, the kind of value that it holds."""
    field = model._meta.get_field(name)
    return getattr(field, "output_field", None) or field  # type: ignore[return-value]


def _number(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise BadCursor(text)
    return number


READ: tuple[tuple[type[Field[Any, Any]], Callable[[str], Any]], ...] = (
    (IntegerField, _number), (DateTimeField, datetime.fromisoformat), (DateField, date.fromisoformat), (DecimalField, Decimal), (UUIDField, UUID),
)


def _value(field: Field[Any, Any], text: str) -> Value:
    read = next((function for kind, function in READ if isinstance(field, kind)), str)
    value = read(text)
    if (isinstance(value, Decimal) and not value.is_finite()) or (isinstance(value, datetime) and value.tzinfo is None) or "\0" in text:
        raise BadCursor(text)
    return Value(value, output_field=field)
