"""Checks the injects of a scenario file against the kinds the simulation knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_type_hints

import msgspec
from msgspec import inspect

from counterpoise.sim.scenario_schema import ScenarioFile
from counterpoise.sim.scenario_shape import A_DATE, Problem, describe, one_of, translated

RESERVED = ("on", "kind")
"""The keys of an inject that are the file's own; the rest are fields of the kind."""


def problems_of_injects(file: ScenarioFile) -> list[Problem]:
    """Return everything wrong with the injects of a well-shaped file."""
    return [problem for number, row in enumerate(file.injects) for problem in _inject(file, row, f"injects[{number}]")]


def _inject(file: ScenarioFile, row: dict[str, Any], path: str) -> Iterator[Problem]:
    from counterpoise.sim.catalogue import INJECTS  # late: it loads every move, and most scenarios have no injects

    yield from _date(file, row.get("on"), f"{path}.on")
    kind = INJECTS.get(row["kind"]) if isinstance(row.get("kind"), str) else None
    if kind is None:
        yield Problem(f"{path}.kind", one_of(INJECTS, row.get("kind", "")), _said(row.get("kind")))
        return
    fields = {field.encode_name: field for field in _fields(kind)}
    for key, value in row.items():
        if key in fields:
            yield from _field(file, kind, fields[key].name, value, f"{path}.{key}")
        elif key not in RESERVED:
            yield Problem(f"{path}.{key}", one_of((*RESERVED, *fields), key), f'the unknown key "{key}"')
    for name, field in fields.items():
        if field.required and name not in row:
            yield Problem(f"{path}.{name}", f"a value for {name}", "nothing")


def _date(file: ScenarioFile, day: object, path: str) -> Iterator[Problem]:
    start, end = file.scenario.start, file.scenario.end
    if type(day) is not date:  # a time of day makes it another type
        yield Problem(path, A_DATE, _said(day))
    elif not start <= day <= end:
        yield Problem(path, f"a date from {start} to {end}", describe(day))


def _field(file: ScenarioFile, kind: type, name: str, value: object, path: str) -> Iterator[Problem]:
    hint = get_type_hints(kind, include_extras=True)[name]
    form = inspect.type_info(hint)
    plain = (value - file.scenario.start).days if type(value) is date else value
    try:
        msgspec.convert(plain, hint)  # the loader turns dates into ticks
    except msgspec.ValidationError as error:
        bare = form.type if isinstance(form, inspect.Metadata) else form
        found = translated(error, value, path)
        yield found._replace(expected=one_of(bare.values, value)) if isinstance(bare, inspect.LiteralType) else found
        return
    names = {"actors": tuple(file.actors), "families": file.ideology.families}.get(_list_of(form), ())
    for said in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
        if names and said not in names:
            yield Problem(path, one_of(names, said), describe(said))


def _list_of(form: inspect.Type) -> str:
    """Return which of the scenario's lists a field's values come from, alone or several, by its ``x-choices``."""
    if isinstance(form, inspect.Metadata):
        return str((form.extra_json_schema or {}).get("x-choices", "")) or _list_of(form.type)
    if isinstance(form, inspect.UnionType):
        return next((found for part in form.types if (found := _list_of(part))), "")
    return _list_of(form.item_type) if isinstance(form, inspect.ListType | inspect.VarTupleType) else ""


def _fields(kind: type) -> tuple[inspect.Field, ...]:
    shape = inspect.type_info(kind)
    return shape.fields if isinstance(shape, inspect.DataclassType | inspect.StructType) else ()


def _said(value: object) -> str:
    return "nothing" if value is None else describe(value)
