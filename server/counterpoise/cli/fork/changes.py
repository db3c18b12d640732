"""The changes that ``counterpoise fork`` is asked to make: orders and injects put in, components set."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from counterpoise.errors import InputError
from counterpoise.scenario_files import text_of
from counterpoise.session.forking import AddedInput
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.clock.calendar import Calendar
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


def added_inputs(option: str, calendar: Calendar, on: int) -> list[AddedInput]:
    """Read the value of ``--with``: one order or inject or a list of them, as JSON on the command line or in a file.

    Args:
        option: the value of the option.
        calendar: the scenario's calendar.
        on: the tick of the fork.

    Raises:
        InputError: the value is no JSON, holds no order or inject, or holds one that comes after the fork.
    """
    is_text = option.lstrip()[:1] in ("{", "[")
    source = "--with" if is_text else option
    text = option if is_text else text_of(Path(option), "a move or an inject")
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
        _added_input(row, source, f"$[{number}]" if raw is rows else "$", calendar, on)
        for number, row in enumerate(rows)
    ]


def _reject_duplicate_keys(source: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Reject duplicate JSON keys. The JSON parser would silently keep the last one."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise InputError(source, "", "each key once", f"{JSON.shown(key)} twice")
        made[key] = value
    return made


def _added_input(row: object, source: str, path: str, calendar: Calendar, on: int) -> AddedInput:
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


def component_setting(option: str, on: int) -> AddedInput:
    """Read the value of ``--set`` as an inject at the fork.

    Raises:
        InputError: the value names no component, or sets it to something impossible.
    """
    source = f"--set {option}"
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
