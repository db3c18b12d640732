"""Checks and converts the conditions of a scenario's injects: ``when``, ``if`` and ``unless``, and the roles that they fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle
from typing import Any, NamedTuple, TypeVar, get_args

import msgspec

from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.reading.scenario_schema import ConditionTable, Trigger, WhenTable
from counterpoise.sim.rules.events.inject_roles import ROLES, fill_roles, has_stray_brace, roles_in
from counterpoise.sim.scenario import InjectCondition, InjectSpec, InjectWait
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import A_DATE, TOML, Problem, one_of, one_of_states

PARTS = ("incident", "inject", "at_war", "allied", "formed", "exists", "family", "in_power_since")
"""The parts of a condition; a condition has at least one of them."""
CONDITION_KEYS = ("if", "unless")
Condition = TypeVar("Condition", bound=ConditionTable)


class RowContext(NamedTuple):
    """The scenario's names and dates, against which rows are checked."""

    actors: Mapping[str, str]
    """The name of each state by its code."""
    families: tuple[str, ...]
    start: date
    end: date
    lives: Mapping[str, tuple[date | None, date | None]]
    """The dates on which each state enters and leaves, if the scenario gives them."""
    injects: tuple[Mapping[str, Any], ...] = ()
    """The rows of all injects of the scenario."""


def when_problems(context: RowContext, row: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield the problems of the condition that an inject waits for."""
    when = _converted(row["when"], WhenTable, f"{path}.when")
    if isinstance(when, Problem):
        yield when
        return
    yield from _part_problems(context, when, f"{path}.when", roles=())
    for key in ("since", "until"):
        if getattr(when, key) is not None:
            yield from date_problems(context, getattr(when, key), f"{path}.when.{key}")
    if when.since is not None and when.until is not None and when.until < when.since:
        yield Problem(f"{path}.when.until", f"a date from {when.since} on", TOML.shown(when.until))
    if when.inject is not None and row.get("id") in _awaited(context, row):
        yield Problem(f"{path}.when.inject", "an inject that does not wait for this one", TOML.shown(when.inject))


def condition_problems(context: RowContext, row: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield the problems of an inject's ``if`` and ``unless``."""
    for key in CONDITION_KEYS:
        if key not in row:
            continue
        if "optional" in row:
            yield Problem(f"{path}.{key}", "no condition beside optional: the moderator decides", f"the key {key}")
            continue
        for where, raw in _tables(row[key], f"{path}.{key}"):
            condition = _converted(raw, ConditionTable, where)
            if isinstance(condition, Problem):
                yield condition
                continue
            yield from _part_problems(context, condition, where, roles_for(context, row))
            if condition.since is not None and condition.since > context.end:
                yield Problem(f"{where}.since", f"a date up to {context.end}", TOML.shown(condition.since))


def role_problems(context: RowContext, row: Mapping[str, Any], path: str, reserved: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for every role in the fields of an inject that nothing fills, and for a brace outside a role."""
    roles = roles_for(context, row)
    for key, value in row.items():
        if key in reserved:
            continue
        for place, item in enumerate(value if isinstance(value, list) else [value]):
            where = f"{path}.{key}[{place}]" if isinstance(value, list) else f"{path}.{key}"
            yield from (_unfilled(role, roles, where) for role in roles_in(item) if role not in roles)
            if has_stray_brace(item):
                yield Problem(where, "braces around roles in small letters only, such as {attacker}", TOML.shown(item))


def with_sample_states(context: RowContext, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an inject's row with a state in place of each role, so that the row can be checked before there is a world.

    The states are different ones that the row does not name itself, as far as the scenario has enough of them.
    """
    named = [text for value in row.values() for text in (value if isinstance(value, list) else [value])]
    free = [code for code in context.actors if code not in named] + list(context.actors)
    roles = {role: ActorId(code) for role, code in zip(roles_for(context, row), cycle(free), strict=False)}
    filled: dict[str, Any] = fill_roles(dict(row), roles, {ActorId(code): code for code in context.actors})
    return filled


def roles_for(context: RowContext, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the roles that an inject's fields may name: those of the incident that it, or the inject it waits for, awaits.

    Where a mistake in a ``when`` hides which incident that is, all roles may be named: the mistake itself is reported.
    """
    ids = _ids(context)
    for waiting in (row, *_awaited(context, row).values()):
        when = waiting.get("when", {})
        incident, inject = (when.get("incident"), when.get("inject")) if isinstance(when, dict) else (when, None)
        if incident in get_args(Trigger):
            return ROLES.get(str(incident), ())
        if incident is not None or (inject is not None and inject not in ids):
            return tuple(dict.fromkeys(role for roles in ROLES.values() for role in roles))
    return ()


def date_problems(context: RowContext, day: object, path: str) -> Iterator[Problem]:
    """Yield a problem unless a value is a date within the scenario."""
    if type(day) is not date:  # a time of day makes it another type
        yield Problem(path, A_DATE, "nothing" if day is None else TOML.shown(day))
    elif not context.start <= day <= context.end:
        yield Problem(path, f"a date from {context.start} to {context.end}", TOML.shown(day))


def convert_inject(calendar: Calendar, row: Mapping[str, Any], last: date, reserved: Sequence[str]) -> InjectSpec:
    """Return an inject from its row, which has no problems.

    Args:
        calendar: of the scenario.
        row: the row.
        last: the scenario's last day.
        reserved: the keys of the row that are not fields of the inject.
    """

    def conditions(key: str) -> tuple[InjectCondition, ...]:
        tables = (msgspec.convert(raw, ConditionTable) for _, raw in _tables(row.get(key, []), key))
        return tuple(InjectCondition(**_parts(calendar, table)) for table in tables)

    when = msgspec.convert(row["when"], WhenTable) if "when" in row else None
    return InjectSpec(
        row["kind"],
        {
            key: calendar.tick_of(value) if type(value) is date else value
            for key, value in row.items()
            if key not in reserved
        },
        tick=calendar.tick_of(row["on"]) if "on" in row else None,
        when=None
        if when is None
        else InjectWait(
            **_parts(calendar, when), until=calendar.tick_of(when.until or last), after_days=when.after_days
        ),
        optional=row.get("optional", ""),
        id=row.get("id", ""),
        conditions=conditions("if"),
        exceptions=conditions("unless"),
    )


def _parts(calendar: Calendar, table: ConditionTable) -> dict[str, Any]:
    codes = {key: getattr(table, key) for key in ("at_war", "allied", "formed")}
    return {
        "incident": table.incident,
        "actors": tuple(map(ActorId, table.actors)),
        "attacker": None if table.attacker is None else ActorId(table.attacker),
        "target": None if table.target is None else ActorId(table.target),
        "inject": table.inject,
        **{key: None if pair is None else (ActorId(pair[0]), ActorId(pair[1])) for key, pair in codes.items()},
        "commitments": table.commitments,
        "exists": tuple(map(ActorId, table.exists)),
        "families": tuple((ActorId(code), _as_tuple(names)) for code, names in table.family.items()),
        "in_power_since": tuple((ActorId(code), calendar.tick_of(day)) for code, day in table.in_power_since.items()),
        "secret": table.secret,
        "since": 0 if table.since is None else calendar.tick_of(table.since),
    }


def _part_problems(context: RowContext, table: ConditionTable, path: str, roles: Sequence[str]) -> Iterator[Problem]:
    """Yield the problems of the parts of a condition; ``roles`` are those that its codes may name."""
    if not any(getattr(table, part) for part in PARTS):
        yield Problem(path, f"at least one of {', '.join(PARTS[:-1])} and {PARTS[-1]}", "none of them")
    if table.actors and table.incident is None:
        yield Problem(f"{path}.actors", "the key incident beside actors", "no incident")
    for key in ("attacker", "target"):
        if getattr(table, key) is not None and key not in ROLES.get(table.incident or "", ()):
            kinds = [kind for kind, parts in ROLES.items() if key in parts]
            yield Problem(f"{path}.{key}", f"an incident with this role beside it: {', '.join(kinds)}", "another")
    if table.commitments and table.allied is None and table.formed is None:
        yield Problem(f"{path}.commitments", "the key allied or formed beside commitments", "neither")
    for where, code in _codes(table):
        if code.startswith("{") and roles_in(code) == [code[1:-1]] and code[1:-1] in roles:
            continue
        if code not in context.actors:
            yield Problem(f"{path}.{where}", one_of_states(context.actors, code), TOML.shown(code))
    for key in ("at_war", "allied", "formed"):
        pair = getattr(table, key)
        if pair is not None and pair[0] == pair[1]:
            yield Problem(f"{path}.{key}", "two different states", f"{TOML.shown(pair[0])} twice")
    for code, names in table.family.items():
        for name in _as_tuple(names):
            if name not in context.families:
                yield Problem(f"{path}.family.{code}", one_of(context.families, name), TOML.shown(name))
    for code, day in table.in_power_since.items():
        if day > context.end:
            yield Problem(f"{path}.in_power_since.{code}", f"a date up to {context.end}", TOML.shown(day))
    yield from _chain_problems(context, table, path)


def _chain_problems(context: RowContext, table: ConditionTable, path: str) -> Iterator[Problem]:
    """Yield the problems of a condition that names another inject."""
    if table.inject is None:
        return
    ids = _ids(context)
    if table.inject not in ids:
        known = (
            one_of(ids, table.inject) if ids else "none has one yet; add the key id to the inject that this one names"
        )
        yield Problem(f"{path}.inject", f"the id of an inject of this file ({known})", TOML.shown(table.inject))
    elif not table.secret and _tells_secrets(context.injects, table.inject):
        expected = f'the key secret = true beside it, because the inject "{table.inject}" has it'
        yield Problem(f"{path}.inject", expected, "secret is not set")


def _ids(context: RowContext) -> list[str]:
    return [row["id"] for row in context.injects if isinstance(row.get("id"), str)]


def _codes(table: ConditionTable) -> Iterator[tuple[str, str]]:
    """Yield every code of a condition with its place."""
    for key in ("actors", "at_war", "allied", "formed", "exists"):
        yield from ((f"{key}[{place}]", code) for place, code in enumerate(getattr(table, key) or ()))
    yield from ((key, code) for key in ("attacker", "target") if (code := getattr(table, key)) is not None)
    yield from ((f"{key}.{code}", code) for key in ("family", "in_power_since") for code in getattr(table, key))


def _tells_secrets(rows: Sequence[Mapping[str, Any]], wanted: str) -> bool:
    row = next(row for row in rows if row.get("id") == wanted)
    tables = [raw for key in ("when", *CONDITION_KEYS) for _, raw in _tables(row.get(key, []), key)]
    return any(isinstance(raw, dict) and raw.get("secret") is True for raw in tables)


def _awaited(context: RowContext, row: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the injects that an inject waits for, by id: the one it names, the one that this one names, and so on."""
    rows = {other["id"]: other for other in context.injects if isinstance(other.get("id"), str)}
    found: dict[str, Mapping[str, Any]] = {}
    while True:
        when = row.get("when")
        following = when.get("inject") if isinstance(when, dict) else None
        if not isinstance(following, str) or following in found or following not in rows:
            return found
        row = found[following] = rows[following]


def _unfilled(role: str, roles: Sequence[str], path: str) -> Problem:
    if roles:
        return Problem(path, one_of([f"{{{name}}}" for name in roles], role), f"{{{role}}}")
    return Problem(path, "no role in braces, unless the inject waits for an incident with roles", f"{{{role}}}")


def _converted(raw: object, kind: type[Condition], path: str) -> Condition | Problem:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        return TOML.problem(error, raw, kind, path)


def _tables(raw: Any, path: str) -> list[tuple[str, Any]]:
    """Return the tables of ``if`` or ``unless`` with their places: a table, or a list of tables."""
    return [(f"{path}[{place}]", item) for place, item in enumerate(raw)] if isinstance(raw, list) else [(path, raw)]


def _as_tuple(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
