"""The formats of the export, on values that are hard to write."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from quotes.errors import QuotesError
from quotes.export import data_dictionary, write_csv, write_jsonl, write_parquet
from quotes.store import Column

COLUMNS = (
    Column("id", "q.id", "integer", "A number."),
    Column("text", "q.text", "string", "A text."),
    Column("confidence", "q.confidence", "number", "A share."),
)
ROWS = [
    (2**53 - 1, 'Il a dit : "oui" ; puis, « non »', 0.25),
    (1, "deux\nlignes\r\net une tabulation\t", 1.0),
    (2, None, None),
    (3, "=1+1", 0.0),
]


@pytest.mark.parametrize(("bom", "semicolon"), [(False, False), (True, False), (False, True), (True, True)])
def test_csv_comes_back_as_it_was(bom: bool, semicolon: bool) -> None:
    out = io.BytesIO()
    assert write_csv(iter(ROWS), out, columns=COLUMNS, bom=bom, semicolon=semicolon) == 4
    assert out.getvalue().startswith(b"\xef\xbb\xbf") == bom
    text = out.getvalue().decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ","))
    assert read == [["id", "text", "confidence"], *(["" if v is None else str(v) for v in row] for row in ROWS)]


def test_no_rows_leave_the_header() -> None:
    out = io.BytesIO()
    assert write_csv([], out, columns=COLUMNS) == 0
    assert out.getvalue() == b"id,text,confidence\r\n"


def test_json_lines_come_back_as_they_were() -> None:
    out = io.BytesIO()
    assert write_jsonl(iter(ROWS), out, columns=COLUMNS) == 4
    assert [tuple(json.loads(line).values()) for line in out.getvalue().splitlines()] == ROWS


def test_parquet_comes_back_as_it_was() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    assert write_parquet(iter(ROWS), out, columns=COLUMNS) == 4
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    assert [tuple(row.values()) for row in table.to_pylist()] == ROWS
    assert table.schema.field("id").metadata == {b"description": b"A number."}


def test_parquet_without_rows() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    assert write_parquet([], out, columns=COLUMNS) == 0
    assert parquet.read_table(io.BytesIO(out.getvalue())).column_names == ["id", "text", "confidence"]


def test_parquet_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(QuotesError, match="needs the package pyarrow") as caught:
        write_parquet([], io.BytesIO(), columns=COLUMNS)
    assert "quotes[parquet]" in caught.value.hint


def test_the_dictionary_has_every_column() -> None:
    assert data_dictionary(COLUMNS).splitlines()[2:] == [
        "| `id` | integer | A number. |",
        "| `text` | string | A text. |",
        "| `confidence` | number | A share. |",
    ]
