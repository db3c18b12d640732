"""The changes that a fork is asked to make: orders and injects put in, as JSON or in words, and components set."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from typing import Any

import msgspec
from msgspec import inspect

from counterpoise.errors import InputError
from counterpoise.session.forking import AddedInput
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.field_types import fields_of, is_tick_field
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import JSON, one_of

TRAITS = ("technology", "offensive_share", "lift", "revisionism", "legitimacy", "openness", "constraint")
PERCEPTIONS = {"sees_intent": "intent", "sees_power": "power", "sees_offense": "offense"}
SETTABLE = (
    "EGY.power=xFACTOR such as x1.5, EGY.family=NAME, EGY.TRAIT=VALUE ("
    + ", ".join(TRAITS)
    + "), USR-EGY.military_aid=SHARE, "
    "USR-EGY.economic_aid=SHARE, EGY-ISR.rivalry=yes or no, EGY-ISR.claim=no, EGY-ISR.sees_intent=AMOUNT, sees_power or "
    "sees_offense (what the first sees of the second)"
)
_SETTING = re.compile(r"(?P<actor>[A-Z0-9]{2,5})(?:-(?P<other>[A-Z0-9]{2,5}))?\.(?P<name>[a-z_]+)=(?P<value>.+)")


def inputs_from_json(text: str, source: str, calendar: Calendar, on: int) -> list[AddedInput]:
    """Read one order or inject or a list of them as JSON.

    Args:
        text: the JSON.
        source: the option or file that holds it, for errors.
        calendar: the scenario's calendar.
        on: the tick of the fork.

    Raises:
        InputError: the text is no JSON, holds no order or inject, or holds one that comes after the fork.
    """
    try:
        raw = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=partial(_reject_duplicate_keys, source))
    except (ValueError, RecursionError) as error:
        raise InputError(source, "", "JSON: an object with a kind, or a list of them", str(error)) from error
    rows = raw if isinstance(raw, list) else [raw]
    if not rows:
        raise InputError(
            source, "$", "an inject or an order, or a list of them", "an empty list, which changes nothing"
        )
    return [
        added_input(row, source, f"$[{number}]" if raw is rows else "$", calendar, on)
        for number, row in enumerate(rows)
    ]


def is_in_words(option: str) -> bool:
    """Tell whether a text is an order or inject in words: ``start_war attackers=ISR``, ``ARD arm``."""
    words = option.replace(":", " ", 1).split()
    return bool(words) and (words[0] in INJECTS or (len(words) > 1 and words[1] in MOVES))


def input_in_words(option: str, source: str, calendar: Calendar, on: int) -> AddedInput:
    """Read an order or inject in words, as a report prints them: ``[SEAT] KIND FIELD=VALUE ...``, with commas in lists.

    Args:
        option: a text for which ``is_in_words`` holds.
        source: the option that holds it, for errors.
        calendar: the scenario's calendar.
        on: the tick of the fork.

    Raises:
        InputError: a word is no ``FIELD=VALUE``, or a field is no field of the kind.
    """
    words = option.replace(":", " ", 1).split()
    row: dict[str, Any] = {}
    if words[0] not in INJECTS:
        row["by"] = words.pop(0)
    kind = row["kind"] = words.pop(0)
    fields = {field.encode_name: field.type for field in fields_of(INJECTS.get(kind) or MOVES[kind])}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in (*fields, "on"):
            expected = f"FIELD=VALUE with {one_of((*fields, 'on'), name)}"
            raise InputError(source, "", expected, JSON.shown(word))
        row[name] = value if name not in fields or is_tick_field(fields[name]) else _field_value(value, fields[name])
    return added_input(row, source, "$", calendar, on)


def _field_value(text: str, form: inspect.Type) -> Any:
    """Return the value of a field from its text; a text that does not fit stays as it is and is refused with its place."""
    while isinstance(form, inspect.Metadata):
        form = form.type
    if isinstance(form, inspect.UnionType):
        kinds = [part for part in form.types if not isinstance(part, inspect.NoneType)]
        form = kinds[0] if len(kinds) == 1 else form
        return _field_value(text, form) if len(kinds) == 1 else text
    if isinstance(form, inspect.ListType | inspect.VarTupleType):
        return [_field_value(part, form.item_type) for part in text.split(",") if part]
    if isinstance(form, inspect.BoolType):
        return {"true": True, "yes": True, "false": False, "no": False}.get(text, text)
    if isinstance(form, inspect.IntType | inspect.FloatType):
        try:
            return int(text) if isinstance(form, inspect.IntType) else float(text)
        except ValueError:
            return text
    return text


def _reject_duplicate_keys(source: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Reject duplicate JSON keys. The JSON parser would silently keep the last one."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise InputError(source, "", "each key once", f"{JSON.shown(key)} twice")
        made[key] = value
    return made


def added_input(row: object, source: str, path: str, calendar: Calendar, on: int) -> AddedInput:
    """Read one order or inject from plain values.

    Args:
        row: the kind and fields of an inject, or of a move with ``by``, its seat; ``on`` is a date before the fork.
        source: the option, file or message that holds it, for errors.
        path: its place in the source.
        calendar: the scenario's calendar.
        on: the tick of the fork.

    Raises:
        InputError: it is no order or inject, or comes after the fork.
    """
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        expected = (
            "the kind and fields of an inject, or of a move with by (its seat); on (a date) if it is not the fork's"
        )
        raise InputError(source, path, expected, JSON.shown(row))
    act = {name: value for name, value in row.items() if name not in ("on", "by")}
    seat = row.get("by")
    if row["kind"] in INJECTS:  # some injects have a field called "by"
        act, seat = {name: value for name, value in row.items() if name != "on"}, None
    elif row["kind"] not in MOVES:
        raise InputError(source, f"{path}.kind", one_of((*INJECTS, *MOVES), row["kind"]), JSON.shown(row["kind"]))
    elif seat is None:
        expected = f"by with the code of the state that orders it, because {row['kind']} is an order"
        raise InputError(source, f"{path}.by", expected, JSON.shown(seat) if "by" in row else "nothing")
    tick = on
    if "on" in row:
        try:
            tick = calendar.tick_of(date.fromisoformat(str(row["on"])))
        except ValueError:
            raise InputError(source, f"{path}.on", "a date such as 1956-07-26", JSON.shown(row["on"])) from None
    if not 0 <= tick <= on:
        raise InputError(
            source, f"{path}.on", f"a date from {calendar.iso(0)} to {calendar.iso(on)}", JSON.shown(row["on"])
        )
    if seat is not None and not isinstance(seat, str):
        raise InputError(source, f"{path}.by", "the code of a state", JSON.shown(seat))
    return AddedInput(tick, None if seat is None else ActorId(seat), act, source, path)


def is_setting(option: str) -> bool:
    """Tell whether a text has the form of a setting: ``EGY.power=x1.5``."""
    return _SETTING.fullmatch(option.strip()) is not None


def component_setting(option: str, source: str, on: int) -> AddedInput:
    """Read the setting of a component as an inject at the fork.

    Raises:
        InputError: the text names no component, or sets it to something impossible.
    """
    match = _SETTING.fullmatch(option.strip())
    inject = None if match is None else _inject(match, source)
    if inject is None:
        raise InputError(source, "", f"one of {SETTABLE}", JSON.shown(option))
    return AddedInput(on, None, inject, source, None)


def _inject(match: re.Match[str], source: str) -> dict[str, Any] | None:
    """Return the inject that sets a component, or ``None`` if there is no such component."""
    actor, other, name, value = match["actor"], match["other"], match["name"], match["value"].strip()
    if other is None:
        if name == "power":
            if not value.startswith("x"):
                expected = (
                    "x and a factor, such as x2 for twice the power; the power itself, a share of all, cannot be set"
                )
                raise InputError(source, "", expected, JSON.shown(value))
            return {"kind": "shift_power", "actor": actor, "factor": _number(value.removeprefix("x"), source)}
        if name == "family":
            return {"kind": "change_regime", "actor": actor, "family": value}
        if name in TRAITS:
            return {"kind": "set_trait", "actor": actor, "trait": name, "value": _number(value, source)}
    elif name in ("military_aid", "economic_aid"):
        aid = name.removesuffix("_aid")
        return {"kind": "set_aid", "donor": actor, "recipient": other, "aid": aid, "amount": _number(value, source)}
    elif name == "rivalry" and value in ("yes", "no"):
        return {"kind": "set_rivalry", "a": actor, "b": other, "rivals": value == "yes"}
    elif name == "claim" and value == "no":
        return {"kind": "settle_claim", "challenger": actor, "target": other}
    elif name in PERCEPTIONS:
        amount = _number(value, source)
        return {"kind": "misperceive", "observer": actor, "other": other, "amount": amount, "what": PERCEPTIONS[name]}
    return None


def _number(text: str, source: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(source, "", "a number", JSON.shown(text)) from None
