"""Converts a parsed file to the tables of ``scenario_schema``, or reports every value that does not match the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from counterpoise.sim.expectation import EXPECTATIONS, AnyExpectation
from counterpoise.sim.reading.scenario_schema import ROWS, ActorTable, FileTable, WaypointRow
from counterpoise.sim.scenario import COMPONENTS
from counterpoise.sim.types import Share
from counterpoise.validation_errors import TOML, Problem, one_of

T = TypeVar("T", bound=FileTable)


def convert_file(raw: dict[str, Any], kind: type[T]) -> T | list[Problem]:
    """Return a file as typed tables, or every value in it that does not match the schema.

    Args:
        raw: the parsed file.
        kind: the table of a whole file.
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        return list(_table_problems(raw, kind, "")) or [TOML.problem(error, raw, kind, "")]


def _table_problems(value: Any, kind: type[FileTable], path: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(path, "a table", TOML.shown(value))
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in value:
        if key not in fields:
            yield Problem(_join(path, key), one_of(fields, key), f'the unknown key "{key}"')
    for name, field in fields.items():
        where = _join(path, name)
        if name not in value:
            if field.required:
                yield TOML.missing_key(where, name)
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
    elif kind is AnyExpectation:
        yield from _expectation_problems(value, path)
    elif kind is WaypointRow and isinstance(value, list) and len(value) != 1 + len(COMPONENTS):
        yield Problem(path, f"{1 + len(COMPONENTS)} values: a date, {', '.join(COMPONENTS)}", TOML.shown(value))
    else:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            yield TOML.problem(error, value, kind, path)


def _expectation_problems(value: Any, path: str) -> Iterator[Problem]:
    """Yield every problem of a row of ``expect``; its ``kind`` decides which keys it has."""
    if not isinstance(value, dict):
        yield Problem(path, "a table", TOML.shown(value))
        return
    named = value.get("kind")
    kind = EXPECTATIONS.get(named) if isinstance(named, str) else None
    if kind is None:
        if named is None:
            yield TOML.missing_key(_join(path, "kind"), "kind")
        else:
            yield Problem(_join(path, "kind"), one_of(EXPECTATIONS, named), TOML.shown(named))
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in value:
        if key != "kind" and key not in fields:
            yield Problem(_join(path, key), one_of(("kind", *fields), key), f'the unknown key "{key}"')
    for name, field in fields.items():
        where = _join(path, name)
        if name in value:
            yield from _value_problems(value[name], field.type, where)
        elif field.required:
            yield TOML.missing_key(where, name)


def _similarity_problems(value: dict[str, Any], path: str) -> Iterator[Problem]:
    for family, row in value.items():
        if not isinstance(row, dict):
            yield Problem(_join(path, family), "a table of families and shares", TOML.shown(row))
            continue
        for other, share in row.items():
            yield from _value_problems(share, Share, _join(_join(path, family), other))


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def control_character_problems(raw: Any, path: str = "") -> list[Problem]:
    """Return a problem for every text with control characters, which terminals and pages would otherwise receive."""
    if isinstance(raw, str):
        match = _CONTROL.search(raw)
        return [Problem(path, "text without control characters", f"U+{ord(match.group()):04X}")] if match else []
    if isinstance(raw, dict):
        return [
            p
            for key, value in raw.items()
            for p in control_character_problems(value, f"{path}.{key}" if path else str(key))
        ]
    if isinstance(raw, list):
        return [p for place, value in enumerate(raw) for p in control_character_problems(value, f"{path}[{place}]")]
    return []
