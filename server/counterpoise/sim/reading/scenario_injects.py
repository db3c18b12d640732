"""Checks rows of scenario and history files against the kinds of injects and moves of the simulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, get_type_hints

import msgspec
from msgspec import inspect

from counterpoise.errors import OrderError
from counterpoise.sim.field_types import choices_of, fields_of, is_tick_field
from counterpoise.sim.reading.inject_conditions import (
    CONDITION_KEYS,
    RowContext,
    condition_problems,
    date_problems,
    role_problems,
    when_problems,
    with_sample_states,
)
from counterpoise.sim.reading.scenario_consistency import state_names
from counterpoise.sim.reading.scenario_schema import ConditionTable, ScenarioFile, Slug, WhenTable, file_json_schema
from counterpoise.validation_errors import A_DATE, TOML, Problem, one_of, one_of_states, value_at

MOMENT_KEYS = ("on", "when", "optional")
"""The keys of an inject that say when it happens."""
FILE_KEYS = (*MOMENT_KEYS, *CONDITION_KEYS, "id", "kind")
"""The keys of an inject that belong to the file; the others are fields of the inject."""
TITLE_MAX = 80
ROLE_PATTERN = r"^\{[a-z]+\}$"
"""The form of a role in place of a state's code."""


def scenario_inject_problems(file: ScenarioFile) -> list[Problem]:
    """Return every problem of the injects of a file that matches the schema."""
    head = file.scenario
    lives = {code: (actor.enters, actor.leaves) for code, actor in file.actors.items()}
    context = RowContext(state_names(file), file.ideology.families, head.start, head.end, lives, file.injects)
    problems: list[Problem] = []
    ids: set[str] = set()
    for number, row in enumerate(file.injects):
        path = f"injects[{number}]"
        moment = [*_moment_problems(context, row, path), *condition_problems(context, row, path)]
        moment += _id_problems(row, path, ids)
        roles = list(role_problems(context, row, path, FILE_KEYS))
        problems += moment + roles
        if not roles:
            sample = with_sample_states(context, row)
            dated = not moment and "when" not in row
            problems += _inject_problems(context, sample, path, FILE_KEYS, dated=dated)
    return problems


def _id_problems(row: dict[str, Any], path: str, known: set[str]) -> Iterator[Problem]:
    """Yield the problems of an inject's id, and add the id to the known ones."""
    if "id" not in row:
        return
    try:
        name = msgspec.convert(row["id"], Slug)
    except msgspec.ValidationError as error:
        yield TOML.problem(error, row["id"], Slug, f"{path}.id")
        return
    if name in known:
        yield Problem(f"{path}.id", "an id that no other inject has", TOML.shown(name))
    known.add(name)


def _inject_problems(
    context: RowContext, row: dict[str, Any], path: str, reserved: tuple[str, ...], *, dated: bool
) -> list[Problem]:
    """Return every problem of an inject's fields; consistency is checked only if each field is valid by itself."""
    from counterpoise.sim.catalogue import INJECTS  # late: it loads every move, and most scenarios have no injects

    problems = list(kind_problems(context, row, path, INJECTS, reserved))
    if problems:
        return problems
    fields = {key: value for key, value in row.items() if key not in reserved}
    return [
        *_inconsistency(row["kind"], fields, path, context),
        *(_time_problems(row, path, reserved, context) if dated else ()),
    ]


def _inconsistency(kind: str, fields: dict[str, Any], path: str, context: RowContext) -> Iterator[Problem]:
    """Yield a problem if the inject itself finds that its fields contradict each other."""
    from counterpoise.sim.catalogue import decode_inject  # late, as above

    plain = {key: _as_tick(value, context) for key, value in fields.items()}
    try:
        decode_inject({"kind": kind, **plain}).require_consistent()
    except OrderError as error:
        inside = error.path.removeprefix("$.inject")
        named = value_at(fields, inside)
        got = TOML.shown(named) if inside and named is not None else error.got
        yield Problem(path + inside, error.expected, got)


def _time_problems(row: dict[str, Any], path: str, reserved: tuple[str, ...], context: RowContext) -> Iterator[Problem]:
    """Yield the problems of an inject that is not possible on its date: an earlier end, or a state that does not exist then."""
    from counterpoise.sim.catalogue import INJECTS  # late, as above

    on = row.get("on")
    if not isinstance(on, date):
        return
    states = [field.encode_name for field in fields_of(INJECTS[row["kind"]]) if choices_of(field.type) == "actors"]
    for key, value in row.items():
        if key in reserved:
            continue
        if type(value) is date and value <= on:
            yield Problem(f"{path}.{key}", f"a date after {on}, when it happens", TOML.shown(value))
        for place, code in enumerate(_as_list(value) if key in states else ()):
            enters, leaves = context.lives.get(code, (None, None))
            where = f"{path}.{key}[{place}]" if isinstance(value, list) else f"{path}.{key}"
            if enters is not None and on < enters:
                yield Problem(where, f"a state that exists on {on}", f"{code}, which enters on {enters}")
            if leaves is not None and on >= leaves:
                yield Problem(where, f"a state that exists on {on}", f"{code}, which leaves on {leaves}")


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _as_tick(value: object, context: RowContext) -> object:
    return (value - context.start).days if type(value) is date else value


def _moment_problems(context: RowContext, row: dict[str, Any], path: str) -> Iterator[Problem]:
    """Yield the problems of the keys that say when an inject happens."""
    given = [key for key in MOMENT_KEYS if key in row]
    if not given or (len(given) > 1 and "optional" in given):
        expected = "one of on, when and optional, or on and when"
        yield Problem(path, expected, " and ".join(given) or "none of them")
        return
    if "on" in given:
        yield from date_problems(context, row["on"], f"{path}.on")
    if "when" in given:
        yield from when_problems(context, row, path)
    if "optional" in given and not (isinstance(row["optional"], str) and 0 < len(row["optional"]) <= TITLE_MAX):
        yield Problem(
            f"{path}.optional", f"the text of a button, 1 to {TITLE_MAX} characters", describe_given(row["optional"])
        )


def recorded_inject_problems(
    context: RowContext, row: dict[str, Any], path: str, reserved: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield every problem of a dated inject; ``reserved`` are the keys that belong to the file."""
    moment = list(date_problems(context, row.get("on"), f"{path}.on"))
    yield from moment
    yield from _inject_problems(context, row, path, reserved, dated=not moment)


def kind_problems(
    context: RowContext, row: Mapping[str, Any], path: str, known: Mapping[str, type], reserved: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield every problem of a row's kind and fields.

    Args:
        context: the scenario's names and dates.
        row: the row.
        path: where the row is in its file.
        known: the possible kinds.
        reserved: the keys that belong to the file; the others are fields of the kind.
    """
    kind = known.get(row["kind"]) if isinstance(row.get("kind"), str) else None
    if kind is None:
        yield Problem(f"{path}.kind", one_of(known, row.get("kind", "")), describe_given(row.get("kind")))
        return
    fields = {field.encode_name: field for field in fields_of(kind)}
    for key, value in row.items():
        if key in fields:
            yield from _field_problems(context, kind, fields[key].name, value, f"{path}.{key}")
        elif key not in reserved:
            yield Problem(f"{path}.{key}", one_of((*reserved, *fields), key), f'the unknown key "{key}"')
    for name, field in fields.items():
        if field.required and name not in row:
            yield Problem(f"{path}.{name}", f"a value for {name}", "nothing")


def _field_problems(context: RowContext, kind: type, name: str, value: object, path: str) -> Iterator[Problem]:
    hint = _type_hints(kind)[name]
    form = next(field.type for field in fields_of(kind) if field.name == name)
    is_moment = is_tick_field(form)
    try:
        msgspec.convert(_as_tick(value, context) if is_moment else value, hint)  # the loader turns dates into ticks
    except msgspec.ValidationError as error:
        unknown = list(_unknown_names(context, form, value, path))
        if unknown:
            yield from unknown
        elif not is_moment:
            yield TOML.problem(error, value, hint, path)
        elif type(value) is date:
            yield Problem(path, f"a date after the start, {context.start}", TOML.shown(value))
        else:
            yield Problem(path, A_DATE, TOML.shown(value))
        return
    yield from _unknown_names(context, form, value, path)


def _unknown_names(context: RowContext, form: inspect.Type, value: object, path: str) -> Iterator[Problem]:
    """Yield a problem for each text of a field of states or families that names none of the scenario's."""
    of = choices_of(form)
    for code in _as_list(value):
        if of == "actors" and isinstance(code, str) and code not in context.actors:
            yield Problem(path, one_of_states(context.actors, code), TOML.shown(code))
        elif of == "families" and code not in context.families:
            yield Problem(path, one_of(context.families, code), TOML.shown(code))


@cache
def _type_hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def scenario_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file with every kind of inject and its fields, for editors."""
    from counterpoise.sim.catalogue import INJECTS, inject_catalogue  # late, as above

    schema = file_json_schema()
    tables = msgspec.json.schema_components((WhenTable, ConditionTable, Slug), ref_template="#/$defs/{name}")
    (wait, condition, slug), parts = tables
    schema["$defs"] |= parts
    conditions = {"anyOf": [condition, {"type": "array", "items": condition}]}
    day = {"type": "string", "format": "date"}
    title = {"type": "string", "minLength": 1, "maxLength": TITLE_MAX}
    own = {"on": day, "when": wait, "optional": title, "if": conditions, "unless": conditions, "id": slug}
    moment = {"anyOf": [{"required": [key]} for key in MOMENT_KEYS]}
    alone = {key: {"not": {"required": ["optional"]}} for key in FILE_KEYS if key not in ("optional", "id", "kind")}
    forms = []
    for kind, entry in inject_catalogue().items():
        form = entry["schema"]
        fields = {name: _for_editors(field) for name, field in form["properties"].items()}
        ticks = [field.encode_name for field in fields_of(INJECTS[kind]) if is_tick_field(field.type)]
        fields |= {name: {**day, "description": fields[name].get("description", "")} for name in ticks}
        forms.append({**form, "properties": {**own, **fields}, **moment, "dependentSchemas": alone})
    table = schema["$defs"]["ScenarioFile"]["properties"]["injects"]
    table["items"] = {"oneOf": forms}
    return schema


def _for_editors(field: Any) -> Any:
    """Return a field's schema without the keys for our own forms (``x-...``). A state may be a role in braces."""
    if isinstance(field, dict):
        made = {name: _for_editors(value) for name, value in field.items() if not name.startswith("x-")}
        if field.get("x-choices") == "actors" and "pattern" in field:
            made["pattern"] = f"({field['pattern']})|{ROLE_PATTERN}"
        return made
    return [_for_editors(value) for value in field] if isinstance(field, list) else field


def describe_given(value: object) -> str:
    """Return a short text for a value; ``nothing`` for a missing one."""
    return "nothing" if value is None else TOML.shown(value)
