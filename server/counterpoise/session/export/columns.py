"""What a column of an exported table is: its meaning, type, unit, levels and missing rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

Row = tuple[Any, ...]
ColumnType = Literal["text", "list", "json", "date", "whole", "id", "number", "flag"]
TYPES: dict[ColumnType, str] = {
    "text": "a word or a text",
    "list": "words separated by spaces; an empty cell is an empty list",
    "json": "a JSON object",
    "date": "a day of the simulated calendar, YYYY-MM-DD",
    "whole": "a whole number from -2147483647 to 2147483647",
    "id": "a whole number up to 9007199254740991, which a double holds exactly",
    "number": "a number with decimals",
    "flag": "true or false",
}
"""The types of columns. ``whole`` fits R's integers; numbers that may not are ``id``, which R reads as doubles."""
DICTIONARY_VERSION = 2
"""Rises when a table or a column is renamed, removed or gets another meaning. New ones leave it as it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: one name for one thing, in every table.
        meaning: what it holds.
        type: how a cell is to be read.
        unit: of a number.
        levels: the values that a text can take, separated by spaces; empty if there is no closed list.
        missing: what an empty cell means; empty where no cell is.
    """

    name: str
    meaning: str
    type: ColumnType = "text"
    unit: str = ""
    levels: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table: its name, its title, its columns and its rows in the order of the journal. ``None`` is a missing value."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def of_session(self, label: str) -> ExportTable:
        """Return the table with the session as its first column."""
        return replace(self, columns=(SESSION, *self.columns), rows=lambda: ((label, *row) for row in self.rows()))


def share(name: str, meaning: str, *, missing: str = "") -> Column:
    """Return a column with numbers from 0 to 1."""
    return Column(name, meaning, "number", "share, 0 to 1", missing=missing)


def number(name: str, meaning: str, unit: str = "", *, missing: str = "") -> Column:
    """Return a column with numbers."""
    return Column(name, meaning, "number", unit, missing=missing)


def whole(name: str, meaning: str, unit: str = "", *, missing: str = "") -> Column:
    """Return a column with whole numbers."""
    return Column(name, meaning, "whole", unit, missing=missing)


def identifier(name: str, meaning: str, *, missing: str = "") -> Column:
    """Return a column with numbers of things."""
    return Column(name, meaning, "id", missing=missing)


def flag(name: str, meaning: str, *, missing: str = "") -> Column:
    """Return a column that is true or false."""
    return Column(name, meaning, "flag", levels="false true", missing=missing)


def day(name: str, meaning: str, *, missing: str = "") -> Column:
    """Return a column with dates."""
    return Column(name, meaning, "date", missing=missing)


def words(name: str, meaning: str) -> Column:
    """Return a column with lists of words."""
    return Column(name, meaning, "list")


SESSION = Column(
    "session", "label of the session: its id, with a number after it where several sessions have the same id"
)
WINDOW = whole("window", "number of the decision window, from 0")
ACTOR = Column("actor", "code of a state of the scenario")
TICK = whole("tick", "day of the session, from 0", "days")


def stacked(tables: Sequence[ExportTable]) -> tuple[ExportTable, ...]:
    """Return tables of the same name as one, whose rows follow each other.

    Args:
        tables: of several sessions; tables of one name have the same columns.
    """
    by_name: dict[str, list[ExportTable]] = {}
    for table in tables:
        by_name.setdefault(table.name, []).append(table)
    return tuple(replace(parts[0], rows=partial(_rows_of, parts)) for parts in by_name.values())


def _rows_of(parts: Sequence[ExportTable]) -> Iterator[Row]:
    return (row for part in parts for row in part.rows())


def dictionary_table(tables: Sequence[ExportTable]) -> ExportTable:
    """Return the table that describes every column of the others."""
    columns = (
        Column("table", "name of the table"),
        Column("column", "name of the column"),
        Column("type", "how its cells are to be read", levels=" ".join(TYPES)),
        Column("unit", "of its numbers", missing="no unit"),
        Column("levels", "the values that it can take, separated by spaces", missing="no closed list"),
        Column("missing", "what an empty cell means", missing="no cell is empty, but for empty lists"),
        Column("meaning", "what it holds"),
        whole("dictionary_version", "rises when a table or a column is renamed, removed or gets another meaning"),
    )

    def rows() -> Iterator[Row]:
        for table in tables:
            for one in table.columns:
                yield (
                    table.name, one.name, one.type, one.unit or None, one.levels or None, one.missing or None, one.meaning,
                    DICTIONARY_VERSION,
                )  # fmt: skip

    return ExportTable("dictionary", "one row per column of every table", columns, rows)
