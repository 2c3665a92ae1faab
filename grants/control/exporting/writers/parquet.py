"""Parquet: typed columns, compressed, for analysis. What the export is stands in the metadata of the file."""

from __future__ import annotations

import json
from itertools import islice
from typing import IO

from grants.control.exporting.about import About
from grants.control.exporting.datasets import Cut, Dataset
from grants.control.exporting.source import Seen, rows, seen

AT_ONCE = 20_000
"""Rows in a group; more makes a smaller file and takes more memory."""


def write_parquet(dataset: Dataset, cut: Cut, out: IO[bytes]) -> About:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(), "date": pa.date32(), "moment": pa.timestamp("us", tz="UTC"), "money": pa.decimal128(14, 2), "whole": pa.int64(), "yes_no": pa.int8(),
    }
    schema = pa.schema([(column.name, types[column.kind]) for column in dataset.columns])
    by = Seen()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        found = seen(rows(dataset, cut), by)
        while group := list(islice(found, AT_ONCE)):
            columns = zip(*group, strict=True)
            writer.write_table(pa.table([pa.array(values, kind.type) for values, kind in zip(columns, schema, strict=True)], schema=schema))
        about = About.of(dataset, cut, by.count, by.digest)
        writer.add_key_value_metadata({"verleend": json.dumps(about.as_data(), ensure_ascii=False)})
    return about
