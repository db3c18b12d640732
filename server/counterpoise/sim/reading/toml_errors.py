"""Says in plain words why a text is no TOML: which key stands twice, and where first; what belongs where the reading stopped."""

from __future__ import annotations

import re
import tomllib

from counterpoise.sim.reading.toml_lines import LineIndex, Repeat
from counterpoise.validation_errors import Problem

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_REPEATED = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate inline")
_EXPECTED = (
    ("Unclosed array", "] where a list ends, and commas between its values"),
    ("Unclosed inline table", "} where a table ends, and commas between its keys"),
    ("Unterminated string", "quotation marks where a text ends"),
    ('Expected "\'"', "quotation marks where a text ends"),
    ("Expected '=' after a key", "key = value"),
    ("Expected newline", "one key = value in a line, and nothing after it"),
    ("Expected ']' at the end of a table", "] after the name of a table"),
    ("Expected ']]'", "]] after the name of a list of tables"),
    ("Invalid statement", "key = value, [table] or [[table]]"),
    ("Invalid initial character", "a key; a table in { } stands on one line and has no comma before its }"),
    (
        "Invalid value",
        "text in quotes, a number, a date such as 1955-01-01, true or false, a list in [ ] or a table in { }",
    ),
    (
        "Found invalid character '\\n'",
        "quotation marks where a text ends, or three at each end of one of several lines",
    ),
    ("Illegal character '\\n'", "quotation marks where a text ends, or three at each end of one of several lines"),
    ("Unescaped '\\'", "\\\\ for a backslash, or text in single quotes"),
)
SHOWN = 30


def explain_toml_error(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    """Return where a text stops being TOML, what belongs there, and what stands there instead."""
    said = str(error)
    place = _POSITION.search(said)
    fault = said[: place.start()] if place else said
    rows = text.split("\n")
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (len(rows), len(rows[-1]) + 1)
    if fault.startswith(_REPEATED):
        before = "\n".join((*rows[: line - 1], rows[line - 1][: column - 1]))
        repeats = LineIndex(before).repeats
        if repeats:
            return _explain_repeat(repeats[-1])
    where = f"line {line}, column {column}" if place and place[1] else f"line {line}"
    if fault.startswith(_REPEATED):
        name = ".".join(re.findall(r"'([^']*)'", fault))
        return Problem(where, "all keys of a table in one place", f"more for {name}, which is complete already")
    for begins, belongs in _EXPECTED:
        if fault.startswith(begins):
            return Problem(where, f"valid TOML: {belongs}", _rest_of_line(rows, line, column))
    return Problem(where, "valid TOML", fault[:1].lower() + fault[1:])


def _explain_repeat(found: Repeat) -> Problem:
    """Say which key or table stands twice."""
    where = f"{found.path} (line {found.again})"
    name = re.sub(r"\[\d+\]", "", found.path)
    first, now = _heading(found.before, name), _heading(found.now, name)
    if "row" in (found.before, found.now):
        return Problem(
            where,
            f"[[{name}]] before each row of it, and nothing else of that name",
            f"{now}, and {first} in line {found.first}",
        )
    return Problem(where, "each key and each table once", f"{now} again; {first} stands in line {found.first}")


def _heading(form: str, name: str) -> str:
    return {"table": f"[{name}]", "row": f"[[{name}]]"}.get(form, name.rpartition(".")[2])


def _rest_of_line(rows: list[str], line: int, column: int) -> str:
    """Return what stands at a place, to the end of its line."""
    rest = rows[line - 1][column - 1 :].rstrip()
    if not rest:
        return "the end of the file" if line == len(rows) else "the end of the line"
    return f"{rest if len(rest) <= SHOWN else rest[: SHOWN - 3] + '...'}"
