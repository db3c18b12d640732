"""Checks dated rows, the injects of a scenario file say, against the kinds the simulation knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, get_type_hints

import msgspec
from msgspec import inspect

from counterpoise.sim.scenario_schema import ScenarioFile, json_schema
from counterpoise.sim.scenario_shape import A_DATE, Problem, describe, one_of, translated

RESERVED = ("on", "kind")
"""The keys of an inject that are the file's own; the rest are fields of the kind."""


class Setting(NamedTuple):
    """What a row's values are checked against: the scenario's names and its time."""

    actors: tuple[str, ...]
    families: tuple[str, ...]
    start: date
    end: date


def problems_of_injects(file: ScenarioFile) -> list[Problem]:
    """Return everything wrong with the injects of a well-shaped file."""
    head = file.scenario
    setting = Setting(tuple(file.actors), file.ideology.families, head.start, head.end)
    return [
        p for number, row in enumerate(file.injects) for p in problems_of_inject(setting, row, f"injects[{number}]")
    ]


def problems_of_inject(
    setting: Setting, row: dict[str, Any], path: str, reserved: tuple[str, ...] = RESERVED
) -> Iterator[Problem]:
    """Yield everything wrong with one inject; ``reserved`` are the keys that are the file's own."""
    from counterpoise.sim.catalogue import INJECTS  # late: it loads every move, and most scenarios have no injects

    yield from problem_of_date(setting, row.get("on"), f"{path}.on")
    yield from problems_of_kind(setting, row, path, INJECTS, reserved)


def problem_of_date(setting: Setting, day: object, path: str) -> Iterator[Problem]:
    """Yield a problem unless this is a date within the scenario."""
    if type(day) is not date:  # a time of day makes it another type
        yield Problem(path, A_DATE, said(day))
    elif not setting.start <= day <= setting.end:
        yield Problem(path, f"a date from {setting.start} to {setting.end}", describe(day))


def problems_of_kind(
    setting: Setting, row: Mapping[str, Any], path: str, known: Mapping[str, type], reserved: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield everything wrong with the kind of a row and that kind's fields."""
    kind = known.get(row["kind"]) if isinstance(row.get("kind"), str) else None
    if kind is None:
        yield Problem(f"{path}.kind", one_of(known, row.get("kind", "")), said(row.get("kind")))
        return
    fields = {field.encode_name: field for field in fields_of(kind)}
    for key, value in row.items():
        if key in fields:
            yield from _field(setting, kind, fields[key].name, value, f"{path}.{key}")
        elif key not in reserved:
            yield Problem(f"{path}.{key}", one_of((*reserved, *fields), key), f'the unknown key "{key}"')
    for name, field in fields.items():
        if field.required and name not in row:
            yield Problem(f"{path}.{name}", f"a value for {name}", "nothing")


def _field(setting: Setting, kind: type, name: str, value: object, path: str) -> Iterator[Problem]:
    hint = get_type_hints(kind, include_extras=True)[name]
    form = inspect.type_info(hint)
    plain = (value - setting.start).days if type(value) is date else value
    try:
        msgspec.convert(plain, hint)  # the loader turns dates into ticks
    except msgspec.ValidationError as error:
        bare = form.type if isinstance(form, inspect.Metadata) else form
        found = translated(error, value, path)
        yield found._replace(expected=one_of(bare.values, value)) if isinstance(bare, inspect.LiteralType) else found
        return
    names = {"actors": setting.actors, "families": setting.families}.get(list_of(form), ())
    for code in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
        if names and code not in names:
            yield Problem(path, one_of(names, code), describe(code))


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file with every kind of inject and its fields, for editors."""
    from counterpoise.sim.catalogue import inject_catalogue  # late, as above

    schema = json_schema()
    day = {"type": "string", "format": "date"}
    forms = []
    for entry in inject_catalogue().values():
        form = entry["schema"]
        fields = {name: _without_choices(field) for name, field in form["properties"].items()}
        if "until" in fields:
            fields["until"] = {**day, "description": fields["until"].get("description", "")}
        forms.append({**form, "properties": {"on": day, **fields}, "required": ["on", *form["required"]]})
    table = schema["$defs"]["ScenarioFile"]["properties"]["injects"]
    table["items"] = {"oneOf": forms}
    return schema


def _without_choices(field: Any) -> Any:
    """Return a field's schema without the hint to our own forms, which editors do not know."""
    if isinstance(field, dict):
        return {name: _without_choices(value) for name, value in field.items() if name != "x-choices"}
    return [_without_choices(value) for value in field] if isinstance(field, list) else field


def list_of(form: inspect.Type) -> str:
    """Return which of the scenario's lists a field's values come from, alone or several, by its ``x-choices``."""
    if isinstance(form, inspect.Metadata):
        return str((form.extra_json_schema or {}).get("x-choices", "")) or list_of(form.type)
    if isinstance(form, inspect.UnionType):
        return next((found for part in form.types if (found := list_of(part))), "")
    return list_of(form.item_type) if isinstance(form, inspect.ListType | inspect.VarTupleType) else ""


def fields_of(kind: type) -> tuple[inspect.Field, ...]:
    """Return the fields of a kind of move or inject."""
    shape = inspect.type_info(kind)
    return shape.fields if isinstance(shape, inspect.DataclassType | inspect.StructType) else ()


def said(value: object) -> str:
    """Say in a few words what stands there, or that nothing does."""
    return "nothing" if value is None else describe(value)
