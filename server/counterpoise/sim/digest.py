"""A short proof that two worlds are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec

from counterpoise.sim.trace import Trace
from counterpoise.sim.world import World

RECENT = 100
"""How many of the latest incidents are taken in; their count and the last number stand for the earlier ones."""
_EXACT = (str, int, bool, type(None))
_NOTHING = [0, 0]
"""A trace without a deed: when nothing happened is nothing to remember."""
_GETTERS: dict[type, Callable[[Any], tuple[Any, ...]]] = {}
_ENCODER = msgspec.json.Encoder(order="deterministic")


def digest(world: World) -> str:
    """Return the SHA-256, in hex, of a world's content with its numbers rounded to six places.

    It depends on nothing but the world: not on the interpreter, its hash seed, or how the world came about.
    """
    content = {
        "tick": world.tick,
        "end": world.end,
        "start": world.calendar.iso(0),
        "last_id": world.last_id,
        "actors": _rows(world.actors.values()),
        "dyads": _rows(world.dyads.values()),
        "alignments": _rows(world.alignments.values()),
        "proposals": _rows(world.proposals.values()),
        "crises": _rows(world.crises.values()),
        "wars": _rows(world.wars.values()),
        "aid": _rows(world.aid.values()),
        "conditions": _rows(world.conditions.values()),
        "campaigns": _rows(world.campaigns.values()),
        "calls": _rows(world.calls.values()),
        "leaders": _plain(world.leaders),
        "scores": _plain(world.scores),
        "incidents": [len(world.incidents), _rows(world.incidents[-RECENT:])],
    }
    return hashlib.sha256(_ENCODER.encode(content)).hexdigest()


def _rows(things: Iterable[Any]) -> list[Any]:
    return [_row(thing) for thing in things]


def _row(thing: Any) -> list[Any]:
    """Return the fields of a record, in the order in which its class declares them."""
    # This is the hot path of a long game: a world holds some ten thousand fields, most of them exact.
    return [value if type(value) in _EXACT else _plain(value) for value in _fields_of(type(thing))(thing)]


def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    getter = _GETTERS.get(kind)
    if getter is None:
        getter = _GETTERS[kind] = attrgetter(*(field.name for field in fields(kind)))
    return getter


def _plain(value: Any) -> Any:
    """Return a value as lists, maps and rounded numbers."""
    kind = type(value)
    if kind is float:
        # Adding zero turns the negative zero, which rounding can leave, into the one zero.
        return round(value, 6) + 0.0
    if kind is Trace:
        return [round(value.value, 6), value.tick] if value.value else _NOTHING
    if kind in _EXACT:
        return value
    if kind is dict:
        return {str(key): _plain(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    return _row(value)
