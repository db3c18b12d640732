"""A table of dated moves and events becomes a record: the same acts as the record in TOML, and errors that name the line."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counterpoise.errors import HistoryError, InputError
from counterpoise.session.records.log_import import import_log
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario

LISTS = {"treaties": "treaty", "orders": "order", "injects": "event"}


def cell_of(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(cell_of, value))
    if isinstance(value, dict) and "with" in value:
        return cell_of(value["with"]) + (f": {value['commitment']}" if "commitment" in value else "")
    if isinstance(value, dict):
        return "; ".join(f"{name}={cell_of(one)}" for name, one in value.items())
    return value.isoformat() if isinstance(value, date) else str(value)


def as_table(text: str, delimiter: str) -> bytes:
    """Write the rows of a record as a table with a column for each key."""
    record = tomllib.loads(text)
    rows = [{"row": LISTS[name], **row} for name in LISTS for row in record.get(name, record["history"].get(name, []))]
    header = list(dict.fromkeys(key for row in rows for key in row))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([cell_of(row[key]) if key in row else "" for key in header] for row in rows)
    return file.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["middle-east-1955", "europe-1870", "rising-hegemon"])
def test_a_record_written_as_a_table_has_the_same_acts(name: str, delimiter: str, repository: Path) -> None:
    text = (repository / "scenarios" / f"{name}.history.toml").read_text(encoding="utf-8")
    scenario = parse_scenario((repository / "scenarios" / f"{name}.toml").read_text(encoding="utf-8"), name)
    whole = parse_history(text, "record", scenario)
    found = import_log(as_table(text, delimiter), "log.csv", scenario)
    assert [replace(act, path="") for act in found.history.acts] == [replace(act, path="") for act in whole.acts]
    again = parse_history(found.text, "made", scenario)
    assert [replace(act, path="") for act in again.acts] == [replace(act, path="") for act in whole.acts]


HEADER = "on,by,kind,members,commitment,about,intent,note\n"
GOOD = "1901-02-01,,,ARD;BEL,defence,,,spring\n"


def test_rows_without_a_source_name_their_line(checkerboard: str) -> None:
    found = import_log((HEADER + GOOD).encode(), "seminar.csv", parse_scenario(checkerboard, "s"))
    assert {act.source for act in found.history.acts} == {"seminar.csv, line 2"}
    assert {act.path for act in found.history.acts} == {"line 2"}


@pytest.mark.parametrize(
    ("rows", "where", "expected"),
    [
        ("1901-02-30,,,ARD;BEL,defence,,,\n", "line 3, column on", "a date"),
        ("1901-03-01,ARD,state_intent,,,GAX,hostile,\n", "line 3, column about", "GAL"),
        ("1901-03-01,ARD,state_intnet,,,GAL,hostile,\n", "line 3, column kind", "state_intent"),
        ("1901-03-01,ARD,state_intent,,,GAL,angry,\n", "line 3, column intent", "hostile"),
        ("1901-03-01,XXX,state_intent,,,GAL,hostile,\n", "line 3, column by", "ARD"),
        ("1901-03-01,,,ARD,defence,,,\n", "line 3, column members", "2"),
    ],
)
def test_a_wrong_cell_is_named_by_its_line_and_column(checkerboard: str, rows: str, where: str, expected: str) -> None:
    with pytest.raises(HistoryError) as refused:
        import_log((HEADER + GOOD + rows).encode(), "log.csv", parse_scenario(checkerboard, "s"))
    assert refused.value.path == where
    assert expected in refused.value.expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a header"),
        (HEADER, "at least one row"),
        ("when,what\n1901-01-05,x\n", "a column on"),
        (HEADER + "1901-02-01,x\n", "cells"),
        ("on,row,kind\n1901-01-05,speech,x\n", "one of treaty, order, event"),
    ],
)
def test_a_file_that_is_no_log_is_refused(checkerboard: str, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        import_log(text.encode(), "log.csv", parse_scenario(checkerboard, "s"))
