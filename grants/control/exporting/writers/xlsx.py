"""A workbook: the data on the first sheets, what they are on the last. Formulas and links are never made of text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from grants.control.exporting.about import About
from grants.control.exporting.datasets import Cut, Dataset
from grants.control.exporting.source import Seen, rows, seen

ROWS_A_SHEET = 1_000_000
"""A sheet holds 1,048,576 rows; we begin another one before that."""
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}


def write_xlsx(dataset: Dataset, cut: Cut, out: IO[bytes]) -> About:
    by = Seen()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {
            "money": book.add_format({"num_format": "#,##0.00"}), "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        kinds = [formats.get(column.kind) for column in dataset.columns]
        sheet = None
        for place, row in enumerate(seen(rows(dataset, cut), by)):
            line = place % ROWS_A_SHEET
            if line == 0:
                sheet = _sheet(book, dataset, head, place // ROWS_A_SHEET + 1)
            assert sheet is not None
            for number, value in enumerate(row):
                _put(sheet, line + 1, number, value, kinds[number])
        if sheet is None:
            _sheet(book, dataset, head, 1)
        about = About.of(dataset, cut, by.count, by.digest)
        _explain(book, about, head)
    return about


def _sheet(book: Any, dataset: Dataset, head: Any, number: int) -> Any:
    sheet = book.add_worksheet(dataset.title[:25] if number == 1 else f"{dataset.title[:25]} {number}")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(dataset.columns):
        sheet.set_column(place, place, max(12, len(column.name) + 2))
        sheet.write_string(0, place, column.name, head)
    return sheet


def _put(sheet: Any, line: int, place: int, value: Any, shape: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        sheet.write_number(line, place, float(value), shape)
    elif isinstance(value, int):
        sheet.write_number(line, place, value)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(line, place, value, shape)
    else:
        sheet.write_string(line, place, value)


def _explain(book: Any, about: About, head: Any) -> None:
    sheet = book.add_worksheet("Toelichting")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 60)
    for line, (label, text) in enumerate(about.lines()):
        sheet.write_string(line, 0, label, head)
        sheet.write_string(line, 1, text)
    start = len(about.lines()) + 1
    for place, label in enumerate(("Kolom", "Soort", "Betekenis")):
        sheet.write_string(start, place, label, head)
    for line, parts in enumerate(about.dictionary(), start + 1):
        for place, text in enumerate(parts):
            sheet.write_string(line, place, text)
