"""Turn the cells of one file into checked rows, and say what was assumed, left out and merged on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from counterpoise.theory.dyadyear.reading.cell_values import MISSING, NumberStyle, Value, number_style
from counterpoise.theory.dyadyear.reading.columns import Column, FoundColumn, places_of
from counterpoise.theory.dyadyear.reading.data_files import OTHER_NUMBERS, STATES, DataFile
from counterpoise.theory.dyadyear.reading.delimited_text import CellTable

Row = dict[str, Value | None]
ENTITY = 999
"""Numbers above this one denote entities that are not states."""
OWN_SPAN_NAMES = ("start_date", "start_year", "end_date", "end_year", "year")
"""Names for the ends of spans that need no mention."""


@dataclass(slots=True)
class FileRows:
    """The rows of one file."""

    rows: list[Row]
    assumed: list[str]
    """What was assumed, a sentence each."""
    notes: list[str]
    """What was left out or merged, a sentence each."""


@dataclass(slots=True)
class _Tally:
    """What happened to rows that are not kept as they stand."""

    missing: Counter[str] = field(default_factory=Counter)
    """Cells with each code for a missing value."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Skipped rows by reason."""
    renumbered: Counter[tuple[int, int]] = field(default_factory=Counter)
    """Rows by the number of a state in the file and the number it is read as."""
    open_spans: int = 0
    """Spans without a last date."""
    repeated: int = 0
    mirrored: int = 0
    differing: Counter[str] = field(default_factory=Counter)
    """Merged rows by the column in which they differ."""
    example: str = ""
    """Where the first of them stands."""


class RowReader:
    """Reads the rows of one file.

    Args:
        file: the table that the file has.
        cells: the cells of the file.
        known: the states of the list of states, by number; nothing while that list itself is read.
    """

    def __init__(self, file: DataFile, cells: CellTable, known: dict[int, str]) -> None:
        self.file, self.cells, self.known = file, cells, known
        self.name = PurePath(cells.source).name
        self._tally = _Tally()
        self._assumed: list[str] = list(cells.assumed)
        self._columns = self._found_columns()
        self._headings = {found.column.name: found.heading for found in self._columns}
        self._style: NumberStyle = self._number_style()
        self._is_mirrored = "ccode1" in file.key
        self._renumbered_lines: dict[int, bool] = {}

    def read(self) -> FileRows:
        """Return the checked rows, in any order.

        Raises:
            InputError: a column is missing, a cell is wrong, or two rows contradict each other. The error names file, line
                and column, what was expected, what came and what to do.
        """
        rows = list(self._merged(self._checked()))
        if not rows:
            skipped = "".join(f"; {note}" for note in self._notes())
            line, heading = self.cells.header_line + 1, self._heading(self.file.states[0])
            raise self.cells.error_at(line, heading, "at least one row", f"the end of the file{skipped}")
        self._say_what_was_assumed()
        return FileRows(rows, self._assumed, self._notes())

    def _heading(self, column: str) -> str:
        return self._headings.get(column, column)

    def _found_columns(self) -> list[FoundColumn]:
        found, renamed, absent = [], [], []
        matches = [(column, places_of(column, self.cells.header)) for column in self.file.columns]
        for _, places in matches:
            if len(places) > 1:
                headings = ", ".join(place.heading for place in places)
                got = f"this column twice ({headings}). Rename or remove one of them"
                raise self.cells.error_at(self.cells.header_line, places[0].heading, "each column once", got)
        for column, places in matches:
            if places:
                found.append(places[0])
                heading = places[0].heading
                if heading not in (column.name, *OWN_SPAN_NAMES):
                    renamed.append(f"{heading} as {column.name}")
            elif column.default is None:
                raise self._lacks(column)
            elif not column.quiet:
                absent.append(f"no column {column.name}: assumed is that {column.default_words}")
        if renamed:
            self._assumed.append(f"{self.name}: read {', '.join(renamed)}")
        self._assumed += [f"{self.name}: {one}" for one in absent]
        return found

    def _lacks(self, column: Column) -> Exception:
        others = [other if isinstance(other, str) else other.name for other in column.aliases]
        name = others[0] if column.name in ("start", "end") else column.name
        rest = [other for other in others if other != name]
        also = f" or one of {', '.join(rest)}" if rest else ""
        got = f"the columns {', '.join(self.cells.header)}. Rename the column that has this, or add it"
        return self.cells.error_at(self.cells.header_line, name, f"a column of this name{also}", got)

    def _number_style(self) -> NumberStyle:
        places = [(one.place, one.kind.high) for one in self._columns if one.kind.form == "number"]
        if self.cells.separator == "," and not self.cells.has_quotes:
            return "point"
        style = number_style(
            (
                (cells[place], high)
                for _, cells in self.cells.rows
                for place, high in places
                if "," in cells[place] or "." in cells[place]
            ),
            self.cells.separator,
        )
        if style != "point":
            self._assumed.append(f"{self.name}: a comma in a number is a {style}")
        return style

    def _checked(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows that are about known states and lack nothing, with their lines."""
        defaults = {column.name: column.default for column in self.file.columns if column.default is not None}
        # A column of a large file has few different cells.
        values: list[dict[str, tuple[Value | None, str]]] = [{} for _ in self._columns]
        for line, cells in self.cells.rows:
            row: Row = {**defaults}
            for found, known in zip(self._columns, values, strict=True):
                cell = cells[found.place]
                if cell not in known:
                    known[cell] = self._value(found, cell)
                value, problem = known[cell]
                if problem:
                    if problem == MISSING and found.column.name in self.file.measures and self._says_nothing(cells):
                        self._tally.skipped[f"{', '.join(self.file.measures)} are all missing"] += 1
                        break
                    if problem != MISSING or found.column.missing == "refuse the file":
                        raise self._wrong(line, found, cell, problem)
                    self._tally.missing[cell] += 1
                    if found.column.missing == "skip the row":
                        self._tally.skipped[f"{found.heading} is missing"] += 1
                        break
                row[found.column.name] = value
            else:
                if self._is_about_states(row, line):
                    self._require_order(row, line)
                    yield line, row

    def _says_nothing(self, cells: list[str]) -> bool:
        measures = [found for found in self._columns if found.column.name in self.file.measures]
        return all(self._value(found, cells[found.place])[1] == MISSING for found in measures)

    def _value(self, found: FoundColumn, cell: str) -> tuple[Value | None, str]:
        value, problem = found.kind.value(cell, self._style)
        return found.convert(value) if found.convert and isinstance(value, float) else value, problem

    def _wrong(self, line: int, found: FoundColumn, cell: str, problem: str) -> Exception:
        got = repr(cell) if cell else "nothing"
        if problem == MISSING:
            got += ", a missing value. Fill in the cell, or remove the row"
        return self.cells.error_at(line, found.heading, found.kind.expected, got)

    def _is_about_states(self, row: Row, line: int) -> bool:
        """Tell whether a row is about states of the list; count it as skipped or refuse it if not."""
        states = []
        for name in self.file.states:
            state = row[name] = int(row[name] or 0)
            if state not in self.known and self.file is not STATES:
                other = OTHER_NUMBERS.get(state)
                if other in self.known:
                    self._tally.renumbered[state, other] += 1
                    self._renumbered_lines[line] = True
                    state = row[name] = other
                elif state in OTHER_NUMBERS:
                    self._tally.skipped[f"{state} is no state of the Correlates of War project"] += 1
                    return False
                elif self.file.unknown == "skip all" or (self.file.unknown == "skip entities" and state > ENTITY):
                    self._tally.skipped["an entity that is not in the list of states"] += 1
                    return False
                else:
                    got = f"{state}. Add this state to the list, or remove the row"
                    raise self.cells.error_at(line, self._heading(name), "the number of a state in states.csv", got)
            states.append(state)
        if len(states) == 2 and states[0] == states[1]:
            one, other_name = (self._heading(name) for name in self.file.states)
            raise self.cells.error_at(line, other_name, f"another state than {one}", str(states[1]))
        return True

    def _require_order(self, row: Row, line: int) -> None:
        if self.file.spans and row["end"] is None:
            self._tally.open_spans += 1
        elif self.file.spans:
            first, last = year_of(row["start"]), year_of(row["end"])
            if last < first:
                raise self.cells.error_at(line, self._heading("end"), f"a year from {first} on", str(last))

    def _merged(self, rows: Iterable[tuple[int, Row]]) -> Iterator[Row]:
        """Yield one row for each key. Rows with one key are equal, differ where values can be merged, or are refused."""
        if not self.file.key:
            yield from (row for _, row in rows)
            return
        kept: dict[tuple[Value | None, ...], tuple[int, Row, bool]] = {}
        # Rows with other numbers come last: where a state has a row under its own number, that row counts.
        for line, row in sorted(rows, key=lambda pair: pair[0] in self._renumbered_lines):
            swapped = self._is_mirrored and _number(row, "ccode1") > _number(row, "ccode2")
            oriented = _mirror_image(row) if swapped else row
            key = tuple(oriented[name] for name in self.file.key)
            line_before, before, swapped_before = kept.setdefault(key, (line, oriented, swapped))
            if before is oriented:
                continue
            if line in self._renumbered_lines:
                self._tally.skipped["the state has another row for the same time under its own number"] += 1
                continue
            if swapped == swapped_before:
                self._tally.repeated += 1
            else:
                self._tally.mirrored += 1
            self._merge(before, oriented, line_before, line)
        yield from (row for _, row, _ in kept.values())

    def _merge(self, before: Row, row: Row, line_before: int, line: int) -> None:
        """Merge a row into the row with the same key."""
        for name, value in row.items():
            other = before[name]
            if value == other:
                continue
            merge = self.file.merges.get(name)
            if merge is None or not isinstance(value, float) or not isinstance(other, float):
                key = ", ".join(self._heading(column) for column in self.file.key)
                raise self.cells.error_at(
                    line, self._heading(self.file.key[0]), f"one row for each {key}",
                    f"another row like line {line_before}, with {self._heading(name)} {_plain(value)} instead of "
                    f"{_plain(other)}. Remove one of the two",
                )  # fmt: skip
            self._tally.differing[name] += 1
            if not self._tally.example:
                self._tally.example = f"lines {line_before} and {line} in {self._heading(name)}"
            before[name] = merge(other, value)

    def _say_what_was_assumed(self) -> None:
        tally = self._tally
        if tally.missing:
            codes = ", ".join(
                f"{count} with {code!r}" if code else f"{count} empty" for code, count in sorted(tally.missing.items())
            )
            self._assumed.append(f"{self.name}: cells read as missing values: {codes}")
        if tally.open_spans:
            self._assumed.append(f"{self.name}: {counted(tally.open_spans, 'span')} without an end, read as going on")
        for (state, other), count in sorted(tally.renumbered.items()):
            self._assumed.append(f"{self.name}: read the number {state} as {other} in {counted(count, 'row')}")
        if tally.repeated:
            self._assumed.append(f"{self.name}: merged {counted(tally.repeated, 'row')} that repeat another row")
        if tally.mirrored:
            rows = counted(tally.mirrored, "row")
            self._assumed.append(f"{self.name}: merged {rows} that give a pair of states in the other direction")
        if tally.differing:
            columns = ", ".join(f"{name} {count}" for name, count in sorted(tally.differing.items()))
            rule = "nearer type" if "conttype" in self.file.merges else "larger value"
            self._assumed.append(
                f"{self.name}: merged rows differ, by column: {columns}; the first in {tally.example}; the {rule} counts"
            )

    def _notes(self) -> list[str]:
        notes = [f"skipped {counted(count, 'row')}: {reason}" for reason, count in sorted(self._tally.skipped.items())]
        if self.cells.empty_rows:
            notes.append(f"skipped {counted(self.cells.empty_rows, 'empty row')}")
        return [f"{self.name}: {note}" for note in notes]


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: ``1 row``, ``2 rows``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _mirror_image(row: Row) -> Row:
    """Return a row about a pair of states seen from the other side: columns that end in 1 and 2 change places."""
    mirrored = {**row}
    for name in row:
        if name[-1] == "1":
            other = f"{name[:-1]}2"
            mirrored[name], mirrored[other] = row[other], row[name]
    return mirrored


def _number(row: Row, name: str) -> float:
    value = row[name]
    return value if isinstance(value, int | float) else 0.0


def _plain(value: Value | None) -> str:
    return "nothing" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def year_of(date: Value | None) -> int:
    """Return the year of a date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    return int(str(date)[:4])
