"""CSV in two flavours, and JSON.

For systems: UTF-8, comma, decimal point, values unaltered (RFC 4180). For Excel: UTF-8 with a byte order mark, semicolon,
decimal comma, CRLF, and an apostrophe before a text that could be taken for a formula. On PostgreSQL the database writes
the lines itself.
"""

from __future__ import annotations

import csv
import io
import json
from typing import IO

from django.db import connection

from grants.control.exporting.about import About
from grants.control.exporting.columns import for_excel, plain
from grants.control.exporting.datasets import Cut, Dataset
from grants.control.exporting.source import Seen, rows, seen

BOM = b"\xef\xbb\xbf"


def write_csv(dataset: Dataset, cut: Cut, out: IO[bytes]) -> About:
    """The file for systems."""
    by = Seen()
    out.write((",".join(column.name for column in dataset.columns) + "\n").encode())
    if connection.vendor == "postgresql":
        _copied(dataset, cut, by, out.write)
        found = iter(dataset.extra(cut) if dataset.extra else ())
    else:
        found = rows(dataset, cut)
    for row in found:
        out.write(by.take(row).encode())
    return About.of(dataset, cut, by.count, by.digest)


def write_excel_csv(dataset: Dataset, cut: Cut, out: IO[bytes]) -> About:
    """The file for Excel; the digest is that of the file for systems."""
    by = Seen()
    out.write(BOM + (";".join(column.name for column in dataset.columns) + "\r\n").encode())
    if connection.vendor == "postgresql":
        _copied(dataset, cut, by, None)
        _copy(dataset, cut, True, lambda part: out.write(part.replace(b"\n", b"\r\n")))
        found = iter(dataset.extra(cut) if dataset.extra else ())
    else:
        found = rows(dataset, cut)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in seen(found, by):
        writer.writerow([for_excel(value) for value in row])
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    return About.of(dataset, cut, by.count, by.digest)


def _copied(dataset: Dataset, cut: Cut, by: Seen, write: object) -> None:
    """The lines for systems, made by the database: written where asked, and always counted."""

    def take(part: bytes) -> None:
        by.take_bytes(part)
        if callable(write):
            write(part)

    by.add(_copy(dataset, cut, False, take))


def _copy(dataset: Dataset, cut: Cut, excel: bool, write: object) -> int:
    sql, values = dataset.copy(cut, excel=excel)
    assert callable(write)
    with connection.cursor() as cursor:
        inner = cursor.cursor
        with inner.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv, DELIMITER '{';' if excel else ','}')", values) as lines:
            for part in lines:
                write(bytes(part))
        return int(inner.rowcount)


def write_json(dataset: Dataset, cut: Cut, out: IO[bytes]) -> About:
    """One object: the rows first, then what they are. Amounts are text with two decimals."""
    by = Seen()
    names = [column.name for column in dataset.columns]
    whole = {place for place, column in enumerate(dataset.columns) if column.kind in ("whole", "yes_no")}
    out.write(b'{"rows": [')
    for place, row in enumerate(seen(rows(dataset, cut), by)):
        values = [value if number in whole or value is None else plain(value) for number, value in enumerate(row)]
        line = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
        out.write((("," if place else "") + "\n" + line).encode())
    about = About.of(dataset, cut, by.count, by.digest)
    out.write(b'\n], "about": ' + json.dumps(about.as_data(), ensure_ascii=False).encode() + b"}\n")
    return about
