"""Explains why a text is not valid TOML: which key is repeated and where it is first set, or what was expected at a place."""

from __future__ import annotations

import re
import tomllib

from counterpoise.sim.reading.toml_lines import LineIndex, Repeat
from counterpoise.validation_errors import Problem

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_REPEATED = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate inline")
_EXPECTED = (
    ("Unclosed array", "] at the end of a list, and commas between its values"),
    ("Unclosed inline table", "} at the end of a table, and commas between its keys"),
    ("Unterminated string", "quotation marks at the end of a text"),
    ('Expected "\'"', "quotation marks at the end of a text"),
    ("Expected '=' after a key", "key = value"),
    ("Expected newline", "one key = value per line, and nothing after it"),
    ("Expected ']' at the end of a table", "] after the name of a table"),
    ("Expected ']]'", "]] after the name of a list of tables"),
    ("Invalid statement", "key = value, [table] or [[table]]"),
    ("Invalid initial character", "a key; a table in { } must be on one line, with no comma before its }"),
    (
        "Invalid value",
        "text in quotes, a number, a date such as 1955-01-01, true or false, a list in [ ] or a table in { }",
    ),
    (
        "Found invalid character '\\n'",
        "quotation marks at the end of a text, or three at each end of a text of several lines",
    ),
    (
        "Illegal character '\\n'",
        "quotation marks at the end of a text, or three at each end of a text of several lines",
    ),
    ("Unescaped '\\'", "\\\\ for a backslash, or text in single quotes"),
)
SHOWN = 30
"""Largest number of characters of a line that an error shows."""


def explain_toml_error(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    """Return where a text is not valid TOML, what was expected there, and what is there."""
    message = str(error)
    place = _POSITION.search(message)
    fault = message[: place.start()] if place else message
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
        return Problem(where, "all keys of a table in one place", f"another key for {name}, which is already complete")
    for begins, belongs in _EXPECTED:
        if fault.startswith(begins):
            return Problem(where, f"valid TOML: {belongs}", _rest_of_line(rows, line, column))
    return Problem(where, "valid TOML", fault[:1].lower() + fault[1:])


def _explain_repeat(repeat: Repeat) -> Problem:
    """Return the problem of a key or table that is set twice."""
    where = f"{repeat.path} (line {repeat.again})"
    name = re.sub(r"\[\d+\]", "", repeat.path)
    first, now = _heading(repeat.before, name), _heading(repeat.now, name)
    if "row" in (repeat.before, repeat.now):
        return Problem(
            where,
            f"[[{name}]] before each row, and no other table or key of that name",
            f"{now}, and {first} in line {repeat.first}",
        )
    return Problem(where, "each key and each table once", f"{now} again; {first} stands first in line {repeat.first}")


def _heading(form: str, name: str) -> str:
    return {"table": f"[{name}]", "row": f"[[{name}]]"}.get(form, name.rpartition(".")[2])


def _rest_of_line(rows: list[str], line: int, column: int) -> str:
    """Return the text from a place to the end of its line."""
    rest = rows[line - 1][column - 1 :].rstrip()
    if not rest:
        return "the end of the file" if line == len(rows) else "the end of the line"
    return f"{rest if len(rest) <= SHOWN else rest[: SHOWN - 3] + '...'}"
