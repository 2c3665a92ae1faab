"""Read a dataset row by row: one snapshot of the database, memory that does not grow with the number of rows."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from grants.control.exporting.columns import plain
from grants.control.exporting.datasets import Cut, Dataset

AT_ONCE = 2000


@contextmanager
def snapshot() -> Iterator[None]:
    """All rows of an export, and its count and digest, are of one moment."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@dataclass(slots=True)
class Seen:
    """Counts the rows that pass and takes their digest: SHA-256 over the lines of the file for systems, without its header.

    So the digest is the same in every format.
    """

    count: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)
    _line: io.StringIO = field(default_factory=io.StringIO)

    def take(self, row: tuple[Any, ...]) -> str:
        """Count one row; answers its line."""
        self._line.seek(0)
        self._line.truncate()
        csv.writer(self._line, lineterminator="\n").writerow([plain(value) for value in row])
        line = self._line.getvalue()
        self._hash.update(line.encode())
        self.count += 1
        return line

    def take_bytes(self, part: bytes) -> None:
        """Take lines as they are; their number is told by `add`."""
        self._hash.update(part)

    def add(self, rows: int) -> None:
        self.count += rows

    @property
    def digest(self) -> str:
        return str(self._hash.hexdigest())


def rows(dataset: Dataset, cut: Cut) -> Iterator[tuple[Any, ...]]:
    """The rows of a dataset as Python values, streamed. Call it within `snapshot()`."""
    readers = [column.read for column in dataset.columns]
    sql, values = dataset.query(cut)
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while found := cursor.fetchmany(AT_ONCE):
            for row in found:
                yield tuple(read(value) for read, value in zip(readers, row, strict=True))
    if dataset.extra:
        yield from dataset.extra(cut)


def seen(found: Iterator[tuple[Any, ...]], by: Seen) -> Iterator[tuple[Any, ...]]:
    """The same rows, counted on their way."""
    for row in found:
        by.take(row)
        yield row
