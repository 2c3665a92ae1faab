"""The formats in which a dataset can leave, and how a file with it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from grants.control.exporting.about import About
from grants.control.exporting.datasets import Cut, Dataset
from grants.control.exporting.source import snapshot
from grants.control.exporting.writers.ods import MIMETYPE as ODS
from grants.control.exporting.writers.ods import write_ods
from grants.control.exporting.writers.parquet import write_parquet
from grants.control.exporting.writers.text import write_csv, write_excel_csv, write_json
from grants.control.exporting.writers.xlsx import write_xlsx

Write = Callable[[Dataset, Cut, IO[bytes]], About]


@dataclass(frozen=True, slots=True)
class Format:
    code: str
    name: str
    extension: str
    content_type: str
    write: Write
    explains_itself: bool
    """Does the file hold its own data dictionary? If not, a second file goes with it."""


FORMATS: dict[str, Format] = {
    form.code: form
    for form in (
        Format("csv-excel", "CSV voor Excel", "csv", "text/csv; charset=utf-8", write_excel_csv, False),
        Format("csv", "CSV voor systemen", "csv", "text/csv; charset=utf-8", write_csv, False),
        Format("xlsx", "Excel (XLSX)", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx, True),
        Format("ods", "OpenDocument (ODS)", "ods", ODS, write_ods, True),
        Format("parquet", "Parquet", "parquet", "application/vnd.apache.parquet", write_parquet, True),
        Format("json", "JSON", "json", "application/json", write_json, True),
    )
}


def export(dataset: Dataset, cut: Cut, form: Format, out: IO[bytes]) -> About:
    """Write the dataset to an open file, all rows from one snapshot."""
    with snapshot():
        return form.write(dataset, cut, out)
