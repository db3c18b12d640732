"""Cut a file of separated values into cells, whichever program wrote it: R, pandas, Stata, Excel or a distributor."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from counterpoise.errors import InputError

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "space"}
"""Separators with their names. The one that cuts the header into most cells is taken, the first of these if several do."""


@dataclass(frozen=True, slots=True)
class CellTable:
    """The cells of a file."""

    source: str
    """Path of the file, for errors."""
    separator: str
    header_line: int
    header: list[str]
    rows: list[tuple[int, list[str]]]
    """The line and the cells of each row that is not empty, as many cells as the header has."""
    assumed: list[str]
    """What had to be assumed about the form of the file, a sentence each."""
    empty_rows: int
    """How many rows have separators only. Excel writes such rows."""
    has_quotes: bool
    """Whether the file has quotes. Without them no cell has the separator in it."""

    def error_at(self, line: int, column: str, expected: str, got: str) -> InputError:
        """Return the error for a place in the file."""
        return InputError(self.source, f"line {line}, column {column}" if column else f"line {line}", expected, got)


def cell_table(raw: bytes, source: str) -> CellTable:
    """Return the cells of a file.

    Args:
        raw: the bytes of the file.
        source: path of the file, for errors.

    Raises:
        InputError: quotes do not match, a row has too few or too many cells, or the file is empty.
    """
    name = PurePath(source).name
    text, assumed = _decoded(raw, name)
    first_line, text, declared = _first_line(text)
    separator = declared or _separator(first_line)
    if separator != ",":
        assumed.append(f"{name}: values are separated by the {SEPARATORS.get(separator, repr(separator))} character")
    table = CellTable(source, separator, 0, [], [], assumed, 0, False)
    # A space after a separator belongs to no cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()):
                records.append((reader.line_num, [cell.strip() for cell in cells]))
    except csv.Error as error:
        expected = f"a row of {SEPARATORS.get(separator, 'separated')}-separated values with matching quotes"
        raise table.error_at(reader.line_num, "", expected, str(error)) from error
    if not records:
        raise table.error_at(1, "", "a header with the names of columns", "an empty file")
    header_line, header = records[0]
    rows = [(line, cells) for line, cells in records[1:] if any(cells)]
    header = _with_row_names(header, rows, name, assumed)
    for line, cells in rows:
        if len(cells) != len(header):
            last = header[min(len(cells), len(header)) - 1]
            got = f"{len(cells)}. Look for a separator too few or too many"
            raise table.error_at(line, last, f"{len(header)} cells, as in the header", got)
    return CellTable(source, separator, header_line, header, rows, assumed, len(records) - 1 - len(rows), '"' in text)


def _decoded(raw: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file, and what was assumed. Excel writes UTF-16 as "Unicode text" and Windows-1252 as CSV."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace"), [f"{name}: the text is UTF-16"]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        assumed = [f"{name}: the text is not UTF-8; it is read as Latin-1, as Windows writes it"]
    try:
        return raw.decode("cp1252"), assumed
    except UnicodeDecodeError:
        return raw.decode("latin-1"), assumed


def _first_line(text: str) -> tuple[str, str, str]:
    """Return the header line, the text, and the separator that Excel's line ``sep=;`` declares, if there is one."""
    lines: Iterator[str] = (line for line in io.StringIO(text, newline=None) if line.strip())
    first = next(lines, "")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', first)
    if declared is None:
        return first, text, ""
    # The declaration stays as an empty line, so that the numbers of lines in errors are those of the file.
    return next(lines, ""), text.replace(first.rstrip("\r\n"), "", 1), declared[1]


def _separator(header: str) -> str:
    def count(separator: str) -> int:
        try:
            return len(next(csv.reader([header], delimiter=separator, strict=True, skipinitialspace=True), []))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=count)


def _with_row_names(header: list[str], rows: list[tuple[int, list[str]]], name: str, assumed: list[str]) -> list[str]:
    """Return the header with the columns that rows have and the header lacks.

    R's write.table puts names before each row and none in the header. Some programs end each row with a separator.
    """
    if not rows or any(len(cells) != len(header) + 1 for _, cells in rows):
        return header
    if all(cells[-1] == "" for _, cells in rows):
        return [*header, ""]
    if len(dict.fromkeys(cells[0] for _, cells in rows)) < len(rows):
        return header
    assumed.append(f"{name}: the first cell of each row is the name of the row, for which the header has no column")
    return ["", *header]
