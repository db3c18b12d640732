"""A small world of data files, as rows by the name of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from counterpoise.theory.dyadyear.data_tables import DyadYearTables
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES
from counterpoise.theory.dyadyear.reading.file_names import FolderContents
from counterpoise.theory.dyadyear.reading.table_building import TableReader

Table = list[dict[str, Any]]
Tables = dict[str, Table]
CODES = {2: "USA", 437: "CÔT", 640: "TUR", 645: "IRQ", 651: "EGY"}
PAIRS = ((2, 640), (640, 645), (645, 651))
YEARS = (1954, 1955, 1956)


def small_world() -> Tables:
    """Return rows with numbers that are easy to misread: real values of -9, missing values, small and large numbers."""
    return {
        "states.csv": [{"ccode": c, "state_abb": n, "start_year": 1920, "end_year": 2016} for c, n in CODES.items()],
        "nmc.csv": [
            {
                "ccode": c, "year": y, "milper": None if (c, y) == (640, 1955) else 10.25 + n, "tpop": 1_234_567 + c,
                "cinc": 0.000012 if c == 437 else 0.125,
            }
            for n, c in enumerate(CODES) for y in YEARS
        ],
        "contiguity.csv": [
            {"ccode1": a, "ccode2": b, "conttype": 1 + n, "start_year": 1954, "end_year": 1956}
            for n, (a, b) in enumerate(PAIRS)
        ],
        "capitals.csv": [
            {
                "ccode": c, "lat": -9 if c == 437 else 30.044 + n, "lon": 31.236, "start_date": "1920-01-01",
                "end_date": "2016-12-31",
            }
            for n, c in enumerate(CODES)
        ],
        "major_powers.csv": [{"ccode": 2, "start_year": 1898, "end_year": 2016}],
        "mid_dyad_year.csv": [
            {
                "dispnum": 100 + n, "ccode1": a, "ccode2": b, "year": 1955 + late, "onset": 1 - late, "sidea1": 1, "sidea2": 0,
                "orig1": 1, "orig2": 1, "hostlev1": 4, "hostlev2": 2 + n,
            }
            for n, (a, b) in enumerate(PAIRS) for late in (0, 1)
        ],
        "alliances_dyad_year.csv": [
            {"ccode1": a, "ccode2": b, "year": y, "defense": n % 2, "offense": 0} for n, (a, b) in enumerate(PAIRS) for y in YEARS
        ],
        "polity.csv": [
            {"ccode": c, "year": y, "polity2": None if n == 3 else -9 + n} for n, c in enumerate(CODES) for y in YEARS
        ],
    }  # fmt: skip


def read_files(files: Mapping[str, bytes]) -> DyadYearTables:
    """Return the tables of files that have the project's own names."""
    reader = TableReader()
    for file in DATA_FILES:
        if file.name in files:
            reader.read(file, files[file.name], file.name)
    return reader.tables(FolderContents({name: name for name in files}, (), (), ()))


def csv_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as plain CSV with empty cells for missing values."""
    lines = [",".join(rows[0])]
    lines += [",".join("" if value is None else str(value) for value in row.values()) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def content(tables: DyadYearTables) -> DyadYearTables:
    """Return tables without what is said about the reading."""
    return replace(tables, files={}, absent=(), notes=(), assumed=())


@pytest.fixture(scope="session")
def base_world() -> Tables:
    """The rows of the small world; copy them before a change."""
    return small_world()


@pytest.fixture
def world() -> Tables:
    """Rows of the small world that a test may change."""
    return small_world()


@pytest.fixture(scope="session")
def read_bytes() -> Callable[[Mapping[str, bytes]], DyadYearTables]:
    """Reads the bytes of files by the name of the table; tables without bytes are those of the small world."""
    plain = {name: csv_bytes(rows) for name, rows in small_world().items()}
    return lambda files: read_files({**plain, **files})


@pytest.fixture(scope="session")
def read_rows() -> Callable[[Tables], DyadYearTables]:
    """Reads rows, written as plain CSV."""
    return lambda tables: read_files({name: csv_bytes(rows) for name, rows in tables.items()})


@pytest.fixture(scope="session")
def content_of() -> Callable[[DyadYearTables], DyadYearTables]:
    """Leaves out what is said about the reading."""
    return content
