"""Turn a log of dated moves and events into a record: a table of a seminar that was played on paper, or of another region.

A row is a treaty, an order or an event. Its other columns are named as the keys of a record's rows in ``scenarios/README.md``.
A cell holds a word, a number, a date or ``yes`` and ``no``; several values stand with ``;`` between them, and a value for each
of several states as ``EGY=0.4; SYR=0.2``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from msgspec import inspect

from counterpoise.errors import HistoryError
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.field_types import fields_of, is_tick_field
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import (
    ALIGNMENTS,
    NAMED_BY_PAIR,
    parse_history,
    reference_fields,
)
from counterpoise.sim.scenario import Scenario
from counterpoise.theory.dyadyear.reading.delimited_text import CellTable, cell_table

ROWS = {"treaty": "treaties", "order": "orders", "event": "injects"}
"""What a row may be, and the list of a record in which it then stands."""
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_PLACE = re.compile(r"^(treaties|orders|injects)\[(\d+)\](?:\.([A-Za-z_]+)(?:\[\d+\])?)?(?: \(line \d+\))?")


@dataclass(frozen=True, slots=True)
class ImportedLog:
    """A log as a record.

    Args:
        text: the record, TOML.
        history: the same, read.
        lines: the line of the log for each place in the record, such as ``orders[3]``.
        assumed: what had to be assumed about the form of the log, a sentence each.
    """

    text: str
    history: History
    lines: Mapping[str, int]
    assumed: tuple[str, ...]


def import_log(raw: bytes, source: str, scenario: Scenario) -> ImportedLog:
    """Return a log as a record of a scenario. Only playing the record shows whether an act is possible on its date.

    Args:
        raw: the bytes of the file.
        source: its name, for errors.
        scenario: the scenario whose states act in the log.

    Raises:
        HistoryError: a row is wrong; the error names its line and column.
        InputError: the file is no table.
    """
    table = cell_table(raw, source)
    rows, lines = _rows_of(table, scenario)
    text = _toml(rows, scenario, PurePath(source).name)
    try:
        history = parse_history(text, source, scenario)
    except HistoryError as error:
        raise HistoryError(source, _line_of(error.path, lines), error.expected, error.got) from None
    acts = tuple(replace(act, path=_line_of(act.path, lines)) for act in history.acts)
    return ImportedLog(text, replace(history, acts=acts), lines, tuple(table.assumed))


def _kind_of_row(row: Mapping[str, str]) -> str:
    """Return what a row is, by its column ``row`` or else by what it names: members, a state that acts, or neither."""
    return row.get("row", "").lower() or ("treaty" if row.get("members") else "order" if row.get("by") else "event")


def _rows_of(table: CellTable, scenario: Scenario) -> tuple[dict[str, list[dict[str, Any]]], dict[str, int]]:
    header = [name.strip().lower().replace(" ", "_") for name in table.header]
    for needed in ("on", "kind"):
        if needed not in header and not (needed == "kind" and "members" in header):
            raise HistoryError(table.source, f"line {table.header_line}", f"a column {needed}", ", ".join(table.header))
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ROWS.values()}
    lines: dict[str, int] = {}
    for line, cells in table.rows:
        given = {name: cell for name, cell in zip(header, cells, strict=True) if cell and name}
        what = _kind_of_row(given)
        if what not in ROWS:
            raise HistoryError(table.source, f"line {line}, row", f"one of {', '.join(ROWS)}", given.get("row", ""))
        name = ROWS[what]
        lines[f"{name}[{len(rows[name])}]"] = line
        row = dict(_values(given, what))
        row.setdefault("source", f"{PurePath(table.source).name}, line {line}")
        rows[name].append(row)
    if not lines:
        raise HistoryError(table.source, "", "at least one row below the header", "none")
    return rows, lines


def _values(given: Mapping[str, str], what: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a record's row with their values, of the types that the keys want where the cells have such values."""
    kind = given.get("kind", "")
    types = _types_of(kind, what)
    wanted = reference_fields(kind) if what == "order" and kind in MOVES else {}
    for name, cell in given.items():
        if name == "row":
            continue
        if name in ("on", "until"):
            yield name, _date(cell)
        elif name in wanted:
            yield name, _reference(cell, wanted[name])
        elif name in types:
            yield name, _value(cell, types[name])
        elif what == "treaty" and name == "members":
            yield name, _parts(cell)
        elif what == "treaty" and name == "secret":
            yield name, _TRUTHS.get(cell.lower(), cell)
        else:
            yield name, cell


def _types_of(kind: str, what: str) -> dict[str, inspect.Type]:
    known: Mapping[str, type] = MOVES if what == "order" else INJECTS if what == "event" else {}
    return {field.encode_name: field.type for field in fields_of(known[kind])} if kind in known else {}


def _reference(cell: str, of: str) -> Any:
    """Return a reference to a thing: one state, two states, or alignments as ``EGY; SYR`` or ``EGY; SYR: defence``."""
    if of in ALIGNMENTS:
        partners, _, commitment = cell.partition(":")
        return {"with": _parts(partners), **({"commitment": commitment.strip()} if commitment.strip() else {})}
    return _parts(cell) if of in NAMED_BY_PAIR else cell


def _value(cell: str, form: inspect.Type) -> Any:
    """Return a cell as the value that a type wants, or as it is if it cannot be one; the check then says what is wrong."""
    if is_tick_field(form):
        return _date(cell)
    while isinstance(form, inspect.Metadata):
        form = form.type
    if isinstance(form, inspect.UnionType):
        chosen = [one for one in form.types if not isinstance(one, inspect.NoneType)]
        return _value(cell, chosen[0]) if chosen else cell
    if isinstance(form, inspect.BoolType):
        return _TRUTHS.get(cell.lower(), cell)
    if isinstance(form, inspect.IntType | inspect.FloatType):
        return _number(cell, whole=isinstance(form, inspect.IntType))
    if isinstance(form, inspect.ListType | inspect.VarTupleType):
        return [_value(part, form.item_type) for part in _parts(cell)]
    if isinstance(form, inspect.DictType):
        pairs = [part.partition("=") for part in _parts(cell)]
        return {name.strip(): _value(value.strip(), form.value_type) for name, _, value in pairs}
    return cell


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _date(cell: str) -> Any:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell


def _number(cell: str, *, whole: bool) -> Any:
    try:
        return int(cell) if whole else float(cell)
    except ValueError:
        return cell


def _toml(rows: Mapping[str, list[dict[str, Any]]], scenario: Scenario, name: str) -> str:
    lines = [f"# A record of {scenario.id}, made from {name}. How a record is read is told in scenarios/README.md.", ""]
    for table, found in rows.items():
        if found:
            lines += [f"{table} = [", *(f"  {_literal(row)}," for row in found), "]"]
    return "\n".join([*lines, "", "[history]", f"scenario = {_literal(scenario.id)}", ""])


def _literal(value: Any) -> str:
    """Return a value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_literal(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") if isinstance(value, str) else repr(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _literal(key)


def _line_of(path: str, lines: Mapping[str, int]) -> str:
    found = _PLACE.match(path)
    if found is None or (line := lines.get(f"{found[1]}[{found[2]}]")) is None:
        return path
    return f"line {line}" + (f", column {found[3]}" if found[3] else "")
