"""Quotations as files for other programs: CSV, JSON Lines, Parquet, with a dictionary of the columns.

Everything streams: a million quotations need no more memory than one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any

from quotes.errors import QuotesError
from quotes.store.reading import COLUMNS, Column

Rows = Iterable[tuple[Any, ...]]
_PARQUET_ROWS = 20_000


def write_csv(
    rows: Rows, out: IO[bytes], *, columns: Sequence[Column] = COLUMNS, bom: bool = False, semicolon: bool = False
) -> int:
    """UTF-8 CSV with a header. ``bom`` and ``semicolon`` are for spreadsheets of a French system. Returns the rows."""
    if bom:
        out.write(b"\xef\xbb\xbf")
    count = 0
    line: list[str] = []
    writer = csv.writer(_Appender(line.append), delimiter=";" if semicolon else ",", lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    for row in rows:
        writer.writerow(row)
        count += 1
        out.write("".join(line).encode("utf-8", "replace"))
        line.clear()
    out.write("".join(line).encode("utf-8", "replace"))
    return count


class _Appender:
    """What ``csv`` needs of a file."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write


def write_jsonl(rows: Rows, out: IO[bytes], *, columns: Sequence[Column] = COLUMNS) -> int:
    """One JSON object a line, every column in it, null where there is nothing. Returns the rows."""
    names = [column.name for column in columns]
    count = 0
    for row in rows:
        out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def write_parquet(rows: Rows, out: IO[bytes], *, columns: Sequence[Column] = COLUMNS) -> int:
    """A Parquet file with typed columns. Returns the rows. Raises :class:`QuotesError` where pyarrow is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise QuotesError("Parquet needs the package pyarrow.", "pip install 'quotes[parquet]'") from error
    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.string()}
    schema = pa.schema([pa.field(c.name, types[c.type], metadata={"description": c.meaning}) for c in columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for part in _parts(rows, _PARQUET_ROWS):
            values = zip(*part, strict=True)
            arrays = [pa.array(list(v), type=f.type) for v, f in zip(values, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(part)
    return count


def _parts(rows: Rows, size: int) -> Iterator[list[tuple[Any, ...]]]:
    iterator = iter(rows)
    while part := list(islice(iterator, size)):
        yield part


def data_dictionary(columns: Sequence[Column] = COLUMNS) -> str:
    """The columns and what they mean, as a Markdown table."""
    lines = ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns]
    return "\n".join(lines)
