"""Reads a parsed file into ``scenario_schema``; when it will not go in, says of every place what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec

from counterpoise.sim.reading.scenario_schema import ROWS, ActorTable, FileTable, WaypointRow
from counterpoise.sim.scenario import COMPONENTS
from counterpoise.sim.types import Share
from counterpoise.validation_errors import PATTERNS, choices_at, fields_at

T = TypeVar("T", bound=FileTable)


class Problem(NamedTuple):
    """One mistake: where, what would have been right, what came instead."""

    path: str
    expected: str
    got: str


A_DATE = "a date such as 1955-01-01"
_NAMES = {
    "date": A_DATE,
    "float": "a number",
    "int": "a whole number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table",
}
_BOUNDS = {">=": "of at least", "<=": "of at most", ">": "above", "<": "below"}


def convert_file(raw: dict[str, Any], kind: type[T]) -> T | list[Problem]:
    """Return a file as the typed tables of a kind, or every problem that keeps it from being one."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        return list(_table_problems(raw, kind, "")) or [problem_from(error, raw, "", kind)]


def describe(value: object) -> str:
    """Say in a few words what a value is."""
    if isinstance(value, str):
        return f'"{value if len(value) <= 40 else value[:37] + "..."}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"a list of {len(value)} value{'' if len(value) == 1 else 's'}"
    if isinstance(value, dict):
        return "a table"
    try:
        words = str(value)
    except ValueError:  # an integer too long to print
        return "a number too large"
    return words if len(words) <= 40 else "a number too large"


def one_of(choices: Iterable[object], got: object) -> str:
    """List what a name may be, and the name nearest to what came."""
    names = list(dict.fromkeys(str(choice) for choice in choices))
    near = difflib.get_close_matches(str(got), names, n=1, cutoff=0.5) or difflib.get_close_matches(
        str(got).lower(), [name.lower() for name in names], n=1, cutoff=0.5
    )
    hint = f" (nearest: {near[0]})" if near else ""
    return f"one of {', '.join(names)}{hint}" if names else "nothing here"


def _table_problems(value: Any, kind: type[FileTable], path: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(path, "a table", describe(value))
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in value:
        if key not in fields:
            yield Problem(_join(path, key), one_of(fields, key), f'the unknown key "{key}"')
    for name, field in fields.items():
        where = _join(path, name)
        if name not in value:
            if field.required:
                yield Problem(where, f"a value for {name}", "nothing")
        elif name == "actors" and isinstance(value[name], dict):
            for code, actor in value[name].items():
                yield from _table_problems(actor, ActorTable, _join(where, code))
        elif name == "similarity" and isinstance(value[name], dict):
            yield from _similarity_problems(value[name], where)
        elif name in ROWS and isinstance(value[name], list):
            for number, row in enumerate(value[name]):
                yield from _value_problems(row, ROWS[name], f"{where}[{number}]")
        else:
            yield from _value_problems(value[name], field.type, where)


def _value_problems(value: Any, kind: Any, path: str) -> Iterator[Problem]:
    if isinstance(kind, type) and issubclass(kind, FileTable):
        yield from _table_problems(value, kind, path)
    elif kind is WaypointRow and isinstance(value, list) and len(value) != 1 + len(COMPONENTS):
        yield Problem(path, f"{1 + len(COMPONENTS)} values: a date, {', '.join(COMPONENTS)}", describe(value))
    else:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            yield problem_from(error, value, path, kind)


def _similarity_problems(value: dict[str, Any], path: str) -> Iterator[Problem]:
    for family, row in value.items():
        if not isinstance(row, dict):
            yield Problem(_join(path, family), "a table of families and shares", describe(row))
            continue
        for other, share in row.items():
            yield from _value_problems(share, Share, _join(_join(path, family), other))


def problem_from(error: msgspec.ValidationError, value: object, path: str, kind: Any) -> Problem:
    """Put what msgspec says of a value at ``path``, which was to become a ``kind``, into plain words."""
    message, _, inside = str(error).partition(" - at `$")
    inside = inside.removesuffix("`")
    name = message.split("`")[1] if "`" in message else ""
    whole = value
    for key, number in re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", inside):
        path = _join(path, key) if key else f"{path}[{number}]"
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list | tuple) and number and int(number) < len(value):
            value = value[int(number)]
    if message.startswith("Object contains unknown field"):
        return Problem(_join(path, name), one_of(fields_at(kind, whole, inside), name), f'the unknown key "{name}"')
    if message.startswith("Object missing required field"):
        return Problem(_join(path, name), f"a value for {name}", "nothing")
    if message.startswith(("Invalid enum value", "Invalid value")):
        return Problem(path, one_of(choices_at(kind, whole, inside), value), describe(value))
    return Problem(path, _expected(message), describe(value))


def _expected(message: str) -> str:
    if message.startswith("Invalid RFC3339"):
        return A_DATE
    if message == "Number out of range":
        return "a smaller number"
    if found := re.match(r"Expected `str` of length (>=|<=) (\d+)", message):
        return f"text {_BOUNDS[found[1]]} {found[2]} character{'' if found[2] == '1' else 's'}"
    if found := re.match(r"Expected `array` of length (>=|<=)? ?(\d+)", message):
        return f"a list {_BOUNDS.get(found[1], 'of')} {found[2]} value{'' if found[2] == '1' else 's'}"
    if found := re.match(r"Expected `str` matching regex '(.*)'", message):
        return PATTERNS.get(found[1], f"text of the form {found[1]}")
    if found := re.match(r"Expected `(\w+)` (>=|<=|>|<) (\S+)", message):
        return f"{_NAMES.get(found[1], found[1])} {_BOUNDS[found[2]]} {found[3].removesuffix('.0')}"
    if found := re.match(r"Expected `([\w |]+)`", message):
        return " or ".join(_NAMES.get(word, word) for word in found[1].split(" | ") if word != "null")
    return message.removeprefix("Expected ").split(", got ")[0].replace("`", "")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def control_character_problems(raw: Any, path: str = "") -> list[Problem]:
    """Return the texts of a file that hold control characters: they would reach every terminal and page."""
    if isinstance(raw, str):
        found = _CONTROL.search(raw)
        return [Problem(path, "text without control characters", f"U+{ord(found.group()):04X}")] if found else []
    if isinstance(raw, dict):
        return [
            p
            for key, value in raw.items()
            for p in control_character_problems(value, f"{path}.{key}" if path else str(key))
        ]
    if isinstance(raw, list):
        return [p for place, value in enumerate(raw) for p in control_character_problems(value, f"{path}[{place}]")]
    return []
