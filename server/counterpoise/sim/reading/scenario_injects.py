"""Checks rows of scenario and history files against the kinds of injects and moves of the simulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, get_type_hints

import msgspec
from msgspec import inspect

from counterpoise.errors import OrderError
from counterpoise.sim.field_types import choices_of, fields_of, is_tick_field
from counterpoise.sim.reading.scenario_schema import ScenarioFile, WhenTable, file_json_schema
from counterpoise.validation_errors import A_DATE, TOML, Problem, one_of, value_at

MOMENT_KEYS = ("on", "when", "optional")
"""The keys that say when an inject happens; each inject has exactly one of them."""
FILE_KEYS = (*MOMENT_KEYS, "kind")
"""The keys of an inject that belong to the file; the others are fields of the inject."""
TITLE_MAX = 80


class RowContext(NamedTuple):
    """The scenario's names and dates, against which rows are checked."""

    actors: tuple[str, ...]
    families: tuple[str, ...]
    start: date
    end: date
    lives: Mapping[str, tuple[date | None, date | None]]
    """The dates on which each state enters and leaves, if the scenario gives them."""


def scenario_inject_problems(file: ScenarioFile) -> list[Problem]:
    """Return every problem of the injects of a file that matches the schema."""
    head = file.scenario
    lives = {code: (actor.enters, actor.leaves) for code, actor in file.actors.items()}
    context = RowContext(tuple(file.actors), file.ideology.families, head.start, head.end, lives)
    problems: list[Problem] = []
    for number, row in enumerate(file.injects):
        path = f"injects[{number}]"
        moment = list(_moment_problems(context, row, path))
        problems += moment + _inject_problems(context, row, path, FILE_KEYS, dated=not moment)
    return problems


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
    if len(given) != 1:
        yield Problem(path, "exactly one of on, when and optional", " and ".join(given) or "none of them")
        return
    if given == ["on"]:
        yield from date_problems(context, row["on"], f"{path}.on")
    elif given == ["when"]:
        yield from _condition_problems(context, row["when"], f"{path}.when")
    elif not (isinstance(row["optional"], str) and 0 < len(row["optional"]) <= TITLE_MAX):
        yield Problem(
            f"{path}.optional", f"the text of a button, 1 to {TITLE_MAX} characters", describe_given(row["optional"])
        )


def _condition_problems(context: RowContext, raw: object, path: str) -> Iterator[Problem]:
    try:
        when = msgspec.convert(raw, WhenTable)
    except msgspec.ValidationError as error:
        yield TOML.problem(error, raw, WhenTable, path)
        return
    if when.incident is None and when.at_war is None and when.allied is None:
        yield Problem(path, "at least one of incident, at_war and allied", "none of them")
    if when.actors and when.incident is None:
        yield Problem(f"{path}.actors", "the key incident beside actors", "no incident")
    for key in ("actors", "at_war", "allied"):
        for place, code in enumerate(getattr(when, key) or ()):
            if code not in context.actors:
                yield Problem(f"{path}.{key}[{place}]", one_of(context.actors, code), TOML.shown(code))
    for key in ("at_war", "allied"):
        pair = getattr(when, key)
        if pair is not None and pair[0] == pair[1]:
            yield Problem(f"{path}.{key}", "two different states", TOML.shown(list(pair)))
    for key in ("since", "until"):
        if getattr(when, key) is not None:
            yield from date_problems(context, getattr(when, key), f"{path}.{key}")
    if when.since is not None and when.until is not None and when.until < when.since:
        yield Problem(f"{path}.until", f"a date from {when.since} on", TOML.shown(when.until))


def recorded_inject_problems(
    context: RowContext, row: dict[str, Any], path: str, reserved: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield every problem of a dated inject; ``reserved`` are the keys that belong to the file."""
    moment = list(date_problems(context, row.get("on"), f"{path}.on"))
    yield from moment
    yield from _inject_problems(context, row, path, reserved, dated=not moment)


def date_problems(context: RowContext, day: object, path: str) -> Iterator[Problem]:
    """Yield a problem unless a value is a date within the scenario."""
    if type(day) is not date:  # a time of day makes it another type
        yield Problem(path, A_DATE, describe_given(day))
    elif not context.start <= day <= context.end:
        yield Problem(path, f"a date from {context.start} to {context.end}", TOML.shown(day))


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
    hint = get_type_hints(kind, include_extras=True)[name]
    form = inspect.type_info(hint)
    is_moment = is_tick_field(form)
    try:
        msgspec.convert(_as_tick(value, context) if is_moment else value, hint)  # the loader turns dates into ticks
    except msgspec.ValidationError as error:
        if not is_moment:
            yield TOML.problem(error, value, hint, path)
        elif type(value) is date:
            yield Problem(path, f"a date after the start, {context.start}", TOML.shown(value))
        else:
            yield Problem(path, A_DATE, TOML.shown(value))
        return
    names = {"actors": context.actors, "families": context.families}.get(choices_of(form), ())
    for code in _as_list(value):
        if names and code not in names:
            yield Problem(path, one_of(names, code), TOML.shown(code))


def scenario_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file with every kind of inject and its fields, for editors."""
    from counterpoise.sim.catalogue import INJECTS, inject_catalogue  # late, as above

    schema = file_json_schema()
    (condition,), parts = msgspec.json.schema_components((WhenTable,), ref_template="#/$defs/{name}")
    schema["$defs"] |= parts
    day = {"type": "string", "format": "date"}
    title = {"type": "string", "minLength": 1, "maxLength": TITLE_MAX}
    moments = {"on": day, "when": condition, "optional": title}
    forms = []
    for kind, entry in inject_catalogue().items():
        form = entry["schema"]
        fields = {name: _without_choices(field) for name, field in form["properties"].items()}
        ticks = [field.encode_name for field in fields_of(INJECTS[kind]) if is_tick_field(field.type)]
        fields |= {name: {**day, "description": fields[name].get("description", "")} for name in ticks}
        one = [{"required": [key]} for key in MOMENT_KEYS]
        forms.append({**form, "properties": {**moments, **fields}, "oneOf": one})
    table = schema["$defs"]["ScenarioFile"]["properties"]["injects"]
    table["items"] = {"oneOf": forms}
    return schema


def _without_choices(field: Any) -> Any:
    """Return a field's schema without the keys for our own forms (``x-...``), which editors do not know."""
    if isinstance(field, dict):
        return {name: _without_choices(value) for name, value in field.items() if not name.startswith("x-")}
    return [_without_choices(value) for value in field] if isinstance(field, list) else field


def describe_given(value: object) -> str:
    """Return a short text for a value; ``nothing`` for a missing one."""
    return "nothing" if value is None else TOML.shown(value)
