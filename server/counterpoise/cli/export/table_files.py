"""Write tables as CSV, as JSON lines and as Parquet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from counterpoise.errors import ConfigurationError
from counterpoise.session.csv_cells import csv_cell
from counterpoise.session.export.columns import ExportTable

ROWS_OF_GROUP = 50_000
"""Rows of a table that are held in memory at once."""


def require_parquet() -> None:
    """Check, before the work starts, that Parquet can be written.

    Raises:
        ConfigurationError: the library is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise ConfigurationError(
            "--parquet needs the extra `analysis`, which is not installed: pip install 'counterpoise[analysis]'"
        ) from None


def file_names(table: ExportTable, *, parquet: bool) -> list[str]:
    """Return the names of the files of a table."""
    return [f"{table.name}.{kind}" for kind in ("csv", "jsonl", *(["parquet"] if parquet else []))]


def write_table(folder: Path, table: ExportTable, *, parquet: bool) -> int:
    """Write one table into a folder, as CSV and JSON lines and if asked for as Parquet; return its number of rows.

    A missing value is an empty cell in CSV and null in the others. A text that a spreadsheet would run as a formula begins with
    an apostrophe in CSV.
    """
    names, count = table.names, 0
    columns: list[list[Any]] = [[] for _ in names]
    writer = _ParquetWriter(folder, table) if parquet else None
    with (
        (folder / f"{table.name}.csv").open("w", newline="", encoding="utf-8") as sheet,
        (folder / f"{table.name}.jsonl").open("wb") as lines,
    ):
        rows = csv.writer(sheet, lineterminator="\n")
        rows.writerow(names)
        for row in table.rows():
            rows.writerow(["" if value is None else csv_cell(value) for value in row])
            lines.write(msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n")
            count += 1
            if writer is not None:
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
                if count % ROWS_OF_GROUP == 0:
                    columns = writer.written(columns)
    if writer is not None:
        writer.written(columns)
        writer.close()
    return count


class _ParquetWriter:
    """Writes the rows of one table in groups. Whole numbers are 32 bits wide and numbers of things doubles, as R has them."""

    def __init__(self, folder: Path, table: ExportTable) -> None:
        import pyarrow
        import pyarrow.parquet

        kinds: dict[str, Any] = {
            "date": pyarrow.date32(),
            "whole": pyarrow.int32(),
            "id": pyarrow.float64(),
            "number": pyarrow.float64(),
            "flag": pyarrow.bool_(),
        }
        fields = [
            pyarrow.field(one.name, kinds.get(one.type, pyarrow.string()), metadata={"meaning": one.meaning})
            for one in table.columns
        ]
        self._schema = pyarrow.schema(fields)
        self._made_of = pyarrow.Table.from_arrays
        self._array = pyarrow.array
        self._dates = [one.type == "date" for one in table.columns]
        self._file = pyarrow.parquet.ParquetWriter(folder / f"{table.name}.parquet", self._schema)

    def written(self, columns: Sequence[list[Any]]) -> list[list[Any]]:
        """Write a group of rows, column by column; return empty columns for the next."""
        arrays = [
            self._array([_day(value) for value in column] if is_date else column, type=field.type)
            for column, field, is_date in zip(columns, self._schema, self._dates, strict=True)
        ]
        self._file.write_table(self._made_of(arrays, schema=self._schema))
        return [[] for _ in columns]

    def close(self) -> None:
        """Write the end of the file."""
        self._file.close()


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
