"""Build the tables of a folder from the bytes of its files."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath
from typing import Any

from counterpoise.theory.dyadyear.data_tables import Border, Capability, Capital, Dispute, DyadYearTables, YearSpan
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES, STATES, DataFile
from counterpoise.theory.dyadyear.reading.delimited_text import cell_table
from counterpoise.theory.dyadyear.reading.file_names import FolderContents
from counterpoise.theory.dyadyear.reading.rows import RowReader, year_of

FOREVER = 9999
Row = dict[str, Any]


class TableReader:
    """Reads the files of a folder one after the other, and builds the tables at the end."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}
        self._rows: dict[str, list[Row]] = {file.name: [] for file in DATA_FILES}
        self._assumed: list[str] = []
        self._notes: list[str] = []

    def read(self, file: DataFile, raw: bytes, source: str) -> None:
        """Read one file; the list of states is the first one.

        Args:
            file: which table it has.
            raw: its bytes.
            source: its path, for errors.

        Raises:
            InputError: the file is wrong; the error names file, line and column.
        """
        found = RowReader(file, cell_table(raw, source), self._known).read()
        self._rows[file.name] = found.rows
        self._assumed += found.assumed
        self._notes += found.notes
        if file is STATES:
            self._known, assumed = state_names(found.rows, PurePath(source).name)
            self._assumed += assumed

    def tables(self, contents: FolderContents) -> DyadYearTables:
        """Return the tables of all files that were read."""
        rows = self._rows
        ties, tie_notes = _ties(rows["alliances_dyad_year.csv"])
        wars = {(r[c], int(r["year"])): True for r in rows["wars_dyad_year.csv"] for c in ("ccode1", "ccode2")}
        aid = {
            (r["ccode"], int(r["year"])): float((r["economic_usd_const2020"] or 0) + (r["military_usd_const2020"] or 0))
            for r in rows["us_aid.csv"]
        }
        return DyadYearTables(
            names=dict(sorted(self._known.items())),
            capability={
                (r["ccode"], int(r["year"])): Capability(r["cinc"], r["milper"], r["tpop"])
                for r in sorted(rows["nmc.csv"], key=lambda r: (r["ccode"], r["year"]))
            },
            borders=_borders(rows["contiguity.csv"]),
            capitals=_capitals(rows["capitals.csv"]),
            distances=dict(
                sorted(((r["ccode1"], r["ccode2"], int(r["year"])), r["km"]) for r in rows["capital_distance.csv"])
            ),
            disputes=_disputes(rows["mid_dyad_year.csv"]),
            ties=ties,
            majors=_spans(rows["major_powers.csv"], "ccode", "ccode"),
            rivalries=_spans(rows["rivalries.csv"], "ccode1", "ccode2"),
            claims=_spans(rows["territorial_claims.csv"], "ccode_challenger", "ccode_target"),
            wars=dict(sorted(wars.items())),
            polity=_by_year(rows["polity.csv"], "polity2"),
            ideal=_by_year(rows["ideal_points.csv"], "ideal_point"),
            aid=dict(sorted(aid.items())),
            files=contents.tables,
            absent=contents.absent,
            notes=(*self._notes, *tie_notes, *contents.notes),
            assumed=(*contents.assumed, *self._assumed),
        )  # fmt: skip


def state_names(rows: list[Row], source: str) -> tuple[dict[int, str], list[str]]:
    """Return the name of each state by its number, and what was assumed about them.

    A state with several names has its latest one, a state without a name its number. States that share a name have their
    numbers added to it.
    """
    names: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row["ccode"], row["start"], row["state_abb"] or "")):
        given = names.setdefault(row["ccode"], [])
        if row["state_abb"] is not None:
            given.append(row["state_abb"].upper())
    nameless = [number for number, given in names.items() if not given]
    names.update({number: [str(number)] for number in nameless})
    assumed = [f"{source}: {number} has no name and is called by its number" for number in nameless]
    for number, given in names.items():
        different = list(dict.fromkeys(given))
        if len(different) > 1:
            assumed.append(f"{source}: {number} has the names {', '.join(different)}; the latest one is used")
    latest = {number: given[-1] for number, given in names.items()}
    bearers: dict[str, list[int]] = {}
    for number, name in latest.items():
        bearers.setdefault(name, []).append(number)
    for name, numbers in bearers.items():
        if len(numbers) > 1:
            latest.update({number: f"{name}-{number}" for number in numbers})
            several = ", ".join(latest[number] for number in numbers)
            assumed.append(f"{source}: {name} is the name of several states, which are called {several}")
    return latest, assumed


def _pair(row: Row) -> tuple[int, int]:
    return row["ccode1"], row["ccode2"]


def _last_year(row: Row) -> int:
    return FOREVER if row["end"] is None else year_of(row["end"])


def _spans(rows: list[Row], one: str, other: str) -> tuple[YearSpan, ...]:
    found = [YearSpan((row[one], row[other]), year_of(row["start"]), _last_year(row)) for row in rows]
    return tuple(sorted(found, key=lambda span: (span.pair, span.first, span.last)))


def _disputes(rows: list[Row]) -> tuple[Dispute, ...]:
    first: dict[tuple[int, int, int], int] = {}
    for row in rows:
        key = (int(row["dispnum"]), *_pair(row))
        first[key] = min(first.get(key, FOREVER), int(row["year"]))
    found = []
    for row in rows:
        number, year = int(row["dispnum"]), int(row["year"])
        # A file without onsets has -1 in all rows.
        if row["onset"] == 1 or (row["onset"] == -1 and year == first[(number, *_pair(row))]):
            for me, you in (("1", "2"), ("2", "1")):
                if row["sidea" + me] == 1:
                    joint = row["orig1"] == 1 and row["orig2"] == 1
                    level = int(row["hostlev" + me])
                    found.append(Dispute(number, year, row["ccode" + me], row["ccode" + you], level, joint))
    return tuple(sorted(found, key=lambda d: (d.year, d.number, d.by, d.against)))


def _borders(rows: list[Row]) -> tuple[Border, ...]:
    """Return the spans of contiguity. Spans of one type that follow each other, as in a row for each year, become one."""
    spans = sorted(
        (_pair(row), int(row["conttype"]), year_of(row["start"]), _last_year(row))
        for row in rows
        if 1 <= row["conttype"] <= 5
    )
    found = []
    for (pair, kind), group in groupby(spans, key=lambda span: span[:2]):
        joined: list[list[int]] = []
        for _, _, first, last in group:
            if joined and first <= joined[-1][1] + 1:
                joined[-1][1] = max(joined[-1][1], last)
            else:
                joined.append([first, last])
        found += [Border(pair, kind, first, last) for first, last in joined]
    return tuple(sorted(found, key=lambda b: (b.pair, b.first, b.last, b.kind)))


def _capitals(rows: list[Row]) -> tuple[Capital, ...]:
    found = [Capital(r["ccode"], r["lat"], r["lon"], year_of(r["start"]), _last_year(r)) for r in rows]
    return tuple(sorted(found, key=lambda c: (c.state, c.first, c.last, c.latitude, c.longitude)))


def _ties(rows: list[Row]) -> tuple[dict[tuple[int, int, int], bool], list[str]]:
    """Return the pairs with a defence or offence pact by year, and notes."""
    # ``_x``: the same promises without pacts of dozens of states, which would dominate every test.
    suffix = "_x" if rows and rows[0]["defense_x"] >= 0 and rows[0]["offense_x"] >= 0 else ""
    notes = []
    if not suffix:
        notes.append("alliances_dyad_year.csv has no defense_x and offense_x: mass pacts are counted as alliances")
    end = max((year_of(row["end"] or row["start"]) for row in rows), default=0)
    if any(row["end"] is None for row in rows):
        notes.append(
            f"alliances_dyad_year.csv: alliances without an end are counted up to {end}, the last year of the file"
        )
    ties = {}
    for row in rows:
        if row["defense" + suffix] or row["offense" + suffix]:
            for year in range(year_of(row["start"]), (end if row["end"] is None else year_of(row["end"])) + 1):
                ties[(*_pair(row), year)] = True
    return dict(sorted(ties.items())), notes


def _by_year(rows: list[Row], column: str) -> dict[tuple[int, int], float]:
    return {(row["ccode"], int(row["year"])): float(row[column]) for row in rows if row[column] is not None}
