"""Reading the CSV tables of the lexicon, strictly: a broken table is refused with its file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import TableError


@dataclass(slots=True)  # not frozen: tens of thousands are made, and a frozen one takes three times as long
class Row:
    """One line of a table: its fields by column name, and where it stands."""

    fields: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def error(self, message: str) -> TableError:
        """A TableError that names this line."""
        return TableError(f"{self.path.name}, line {self.line}: {message}", f"Correct {self.path} and try again.")

    def choice(self, column: str, allowed: Sequence[str]) -> str:
        """The field, which must be one of ``allowed``. Raises TableError."""
        value = self[column]
        if value not in allowed:
            raise self.error(f"{column} is {value!r}; it must be one of {', '.join(filter(None, allowed))}.")
        return value

    def choices(self, column: str, allowed: Sequence[str]) -> frozenset[str]:
        """The ``|``-separated values of a field, each one of ``allowed``. Raises TableError."""
        values = split(self[column])
        for value in values:
            if value not in allowed:
                raise self.error(f"{column} holds {value!r}; allowed are {', '.join(allowed)}.")
        return frozenset(values)

    def flag(self, column: str) -> bool:
        """True for ``yes``, False for an empty field. Raises TableError."""
        return self.choice(column, ("yes", "")) == "yes"

    def number(self, column: str) -> int:
        """A whole number. Raises TableError."""
        try:
            return int(self[column])
        except ValueError:
            raise self.error(f"{column} is {self[column]!r}; it must be a whole number.") from None


def split(field: str) -> tuple[str, ...]:
    """The parts of a ``|``-separated field; none for an empty one."""
    return tuple(part.strip() for part in field.split("|")) if field.strip() else ()


def read_table(path: Path, columns: Sequence[str], key: str | None = None) -> Iterator[Row]:
    """The rows of a UTF-8 CSV whose header is exactly ``columns``; the first column must not be empty.

    ``key`` names a column whose values must not repeat. Raises TableError: file missing or not UTF-8, wrong
    header, wrong number of fields, empty first field, repeated key.
    """
    seen: dict[str, int] = {}
    for row in _rows(path, columns):
        if not row[columns[0]]:
            raise row.error(f"{columns[0]} is empty.")
        if key is not None:
            value = row[key]
            if value in seen:
                raise row.error(f"{key} {value!r} stands already in line {seen[value]}.")
            seen[value] = row.line
        yield row


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if header != list(columns):
                raise TableError(
                    f"{path.name}, line 1: the header is {','.join(header)!r}.",
                    f"It must be {','.join(columns)!r}.",
                )
            for fields in reader:
                if not fields:
                    continue
                if len(fields) != len(columns):
                    raise TableError(
                        f"{path.name}, line {reader.line_num}: {len(fields)} fields instead of {len(columns)}.",
                        "Put a field that holds a comma between double quotes.",
                    )
                yield Row(
                    dict(zip(columns, map(str.strip, fields), strict=True)),
                    path,
                    reader.line_num,
                )
    except FileNotFoundError:
        raise TableError(f"The table {path} is missing.", "Restore data/lexicon from the distribution.") from None
    except UnicodeDecodeError as error:
        raise TableError(f"{path.name} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise TableError(f"{path.name}: {error}.", "Check the quoting of its fields.") from None
