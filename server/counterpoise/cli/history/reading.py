"""Read a folder of dyad-year data. A mistake is refused with its file, line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from counterpoise.cli.history.data_files import DATA_FILES, FLAG, DataFile
from counterpoise.errors import ConfigurationError, InputError, StorageError, comparison
from counterpoise.theory.dyadyear.data_tables import (
    Border,
    Capability,
    Capital,
    Dispute,
    DyadYearTables,
    Selection,
    YearSpan,
)

FOREVER = 9999
TEXTS = ("state_abb", "start_date", "end_date")
"""Columns that stay texts."""
Row = dict[str, Any]


def read_tables(folder: Path, progress: Callable[[int], None] = lambda done: None) -> DyadYearTables:
    """Return the tables of a folder.

    Raises:
        InputError: the folder or a required file does not exist, or a file is wrong; the error names file, line and column.
        StorageError: a file cannot be read.
    """
    if folder.is_file():
        raise InputError(str(folder), "", "", f"this is a file; give a folder with {', '.join(_required())}.")
    if not folder.is_dir():
        raise InputError(str(folder), "", "", f"no such folder. Give a folder with {', '.join(_required())}.")
    missing = [name for name in _required() if not (folder / name).is_file()]
    if missing:
        raise InputError(str(folder), "", "", f"these files are missing: {', '.join(missing)}.")
    known: dict[int, str] = {}
    rows: dict[str, list[Row]] = {}
    absent, notes = [], []
    for done, file in enumerate(DATA_FILES, start=1):
        path = folder / file.name
        if path.is_file():
            reader = _Reader(path, file, known)
            rows[file.name] = reader.rows()
            if file.name == "states.csv":
                spells = sorted(rows[file.name], key=lambda row: (row["ccode"], row["start_year"]))
                known.update({row["ccode"]: row["state_abb"] for row in spells})
            if reader.left_out:
                notes.append(f"{file.name}: {reader.left_out} rows about entities that are not states are skipped")
        else:
            absent.append(file.name)
            rows[file.name] = []
        progress(done)
    return _tables(known, rows, tuple(absent), tuple(notes))


def _required() -> list[str]:
    return [file.name for file in DATA_FILES if file.required]


class _Reader:
    def __init__(self, path: Path, file: DataFile, known: dict[int, str]) -> None:
        self.path, self.file, self.known = path, file, known
        self.left_out = 0
        self.seen: dict[tuple[Any, ...], int] = {}

    def error_at(self, line: int, column: str, expected: str, got: str) -> InputError:
        where = f"line {line}, column {column}" if column else f"line {line}"
        return InputError(str(self.path), where, expected, got)

    def rows(self) -> list[Row]:
        text = self._text()
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            places = self._places(header)
            found = [row for row in self._checked(reader, header, places) if row is not None]
        except csv.Error as error:
            raise self.error_at(reader.line_num, "", "a row of comma-separated values", str(error)) from error
        if not self.seen:
            raise self.error_at(2, self.file.states[0], "at least one row", "the end of the file")
        return found

    def _text(self) -> str:
        try:
            raw = self.path.read_bytes()
        except OSError as error:
            raise StorageError(str(self.path), f"cannot read this file ({error.strerror or error})") from error
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise self.error_at(line, "", "UTF-8 text", f"byte 0x{raw[error.start]:02x}") from error

    def _places(self, header: list[str]) -> dict[str, int]:
        wanted = list(self.file.columns)
        if not header:
            raise self.error_at(1, wanted[0], f"a header with {', '.join(wanted)}", "an empty file")
        for name in header:
            if header.count(name) > 1:
                raise self.error_at(1, name, "each column once", "this column twice")
        for name in wanted:
            if name not in header:
                raise self.error_at(1, name, "a column of this name", f"the columns {', '.join(header)}")
        return {name: header.index(name) for name in (*wanted, *self.file.also) if name in header}

    def _checked(self, reader: Any, header: list[str], places: dict[str, int]) -> Iterator[Row | None]:
        for cells in reader:
            line = reader.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                last = header[min(len(cells), len(header)) - 1]
                raise self.error_at(line, last, f"{len(header)} cells", f"{len(cells)}")
            if self.file.unstated and not cells[places[self.file.states[0]]].strip():
                continue
            row: Row = {}
            for name, place in places.items():
                cell = cells[place].strip()
                value, expected = self.file.columns.get(name, FLAG)(cell)
                if expected:
                    raise self.error_at(line, name, expected, repr(cell) if cell else "nothing")
                whole = value is not None and name not in ("cinc", "lat", "lon", "ideal_point")
                row[name] = cell if name in TEXTS else int(value) if whole and value == int(value or 0) else value
            yield self._consistent(row, line)

    def _consistent(self, row: Row, line: int) -> Row | None:
        """Return a row after checks across its cells; ``None`` if it is about an entity that is not a state."""
        states = [row[name] for name in self.file.states]
        key = tuple(row[name] for name in self.file.key if name not in ("ccode1", "ccode2"))
        if "ccode1" in self.file.key:
            key = (*sorted(states), *key)
        if self.file.key and self.seen.setdefault(key, line) != line:
            expected = f"one row for each {', '.join(self.file.key)}"
            raise self.error_at(line, self.file.key[0], expected, f"another row like line {self.seen[key]}")
        self.seen.setdefault((line,) if not self.file.key else key, line)
        if len(states) == 2 and states[0] == states[1]:
            raise self.error_at(line, self.file.states[1], f"another state than {self.file.states[0]}", str(states[1]))
        if self.file.name != "states.csv":
            for name, state in zip(self.file.states, states, strict=True):
                if state not in self.known:
                    if self.file.entities and state > 999:
                        self.left_out += 1
                        return None
                    raise self.error_at(line, name, "the number of a state in states.csv", str(state))
        first, last = (row.get(name) for name in self.file.spell)
        if first is not None and last is not None and last < first:
            raise self.error_at(line, self.file.spell[1], f"a year from {first} on", str(last))
        return row


def _pair(row: Row) -> tuple[int, int]:
    low, high = sorted((row["ccode1"], row["ccode2"]))
    return low, high


def _spells(rows: list[Row], one: str, other: str) -> tuple[YearSpan, ...]:
    spells = [
        YearSpan((r[one], r[other]), r["start_year"], FOREVER if r["end_year"] is None else r["end_year"]) for r in rows
    ]
    return tuple(sorted(spells, key=lambda s: (s.pair, s.first, s.last)))


def _disputes(rows: list[Row]) -> tuple[Dispute, ...]:
    found = []
    for row in rows:
        if row["onset"] == 1:
            for me, you in (("1", "2"), ("2", "1")):
                if row["sidea" + me] == 1:
                    joint = row["orig1"] == 1 and row["orig2"] == 1
                    found.append(
                        Dispute(
                            row["dispnum"],
                            row["year"],
                            row["ccode" + me],
                            row["ccode" + you],
                            row["hostlev" + me],
                            joint,
                        )
                    )
    return tuple(sorted(found, key=lambda d: (d.year, d.number, d.by, d.against)))


def _borders(rows: list[Row]) -> tuple[Border, ...]:
    found = [Border(_pair(r), r["conttype"], r["start_year"], r["end_year"]) for r in rows if r["conttype"]]
    return tuple(sorted(found, key=lambda b: (b.pair, b.first, b.last, b.kind)))


def _capitals(rows: list[Row]) -> tuple[Capital, ...]:
    found = [Capital(r["ccode"], r["lat"], r["lon"], int(r["start_date"][:4]), int(r["end_date"][:4])) for r in rows]
    return tuple(sorted(found, key=lambda c: (c.state, c.first, c.last, c.latitude, c.longitude)))


def _tables(
    names: dict[int, str], rows: dict[str, list[Row]], absent: tuple[str, ...], notes: tuple[str, ...]
) -> DyadYearTables:
    allied = rows["alliances_dyad_year.csv"]
    # ``_x``: the same promises without pacts of dozens of states, which would dominate every test.
    suffix = "_x" if allied and "defense_x" in allied[0] and "offense_x" in allied[0] else ""
    if not suffix:
        notes = (*notes, "alliances_dyad_year.csv has no defense_x and offense_x: mass pacts are counted as alliances")
    ties = {(*_pair(r), r["year"]): True for r in allied if r["defense" + suffix] or r["offense" + suffix]}
    wars = {(r[c], r["year"]): True for r in rows["wars_dyad_year.csv"] for c in ("ccode1", "ccode2")}
    aid = {
        (r["ccode"], r["year"]): float((r["economic_usd_const2020"] or 0) + (r["military_usd_const2020"] or 0))
        for r in rows["us_aid.csv"]
    }
    return DyadYearTables(
        names=dict(sorted(names.items())),
        capability={
            (r["ccode"], r["year"]): Capability(r["cinc"], r["milper"], r["tpop"])
            for r in sorted(rows["nmc.csv"], key=lambda r: (r["ccode"], r["year"]))
        },
        borders=_borders(rows["contiguity.csv"]),
        capitals=_capitals(rows["capitals.csv"]),
        disputes=_disputes(rows["mid_dyad_year.csv"]),
        ties=dict(sorted(ties.items())),
        majors=_spells(rows["major_powers.csv"], "ccode", "ccode"),
        rivalries=_spells(rows["rivalries.csv"], "ccode1", "ccode2"),
        claims=_spells(rows["territorial_claims.csv"], "ccode_challenger", "ccode_target"),
        wars=dict(sorted(wars.items())),
        polity={(r["ccode"], r["year"]): float(r["polity2"]) for r in rows["polity.csv"] if r["polity2"] is not None},
        ideal={(r["ccode"], r["year"]): float(r["ideal_point"]) for r in rows["ideal_points.csv"]},
        aid=dict(sorted(aid.items())),
        absent=absent,
        notes=notes,
    )  # fmt: skip


def check_years(tables: DyadYearTables, selection: Selection, folder: Path) -> None:
    """Check that the files cover the selected years. A year is forecast from the year before it.

    Raises:
        ConfigurationError: a file lacks years that --from and --to select; the error names the file and the years.
    """
    needed = range(selection.first - 1, selection.last)
    have = {year: True for _, year in tables.capability}
    lacking = [year for year in needed if year not in have]
    if lacking:
        expected = f"rows for {needed[0]} to {needed[-1]}, the years before those forecast"
        raise _uncovered(selection, folder / "nmc.csv", expected, lacking)
    for name, years in (
        ("mid_dyad_year.csv", [d.year for d in tables.disputes]),
        ("alliances_dyad_year.csv", [year for _, _, year in tables.ties]),
    ):
        lacking = [
            y for y in range(selection.first, selection.last + 1) if not years or y > max(years) or y < min(years)
        ]
        if lacking:
            expected = f"rows that reach from {selection.first} to {selection.last}"
            raise _uncovered(selection, folder / name, expected, lacking)


def _uncovered(selection: Selection, file: Path, expected: str, lacking: list[int]) -> ConfigurationError:
    return ConfigurationError(
        f"--from {selection.first} --to {selection.last}: {file}: column year: "
        f"{comparison(expected, f'none for {_ranges(lacking)}')}"
    )


def _ranges(years: list[int]) -> str:
    """Return years as runs: 1950-1953, 1960."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
