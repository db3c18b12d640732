"""A short proof that two worlds are the same."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from counterpoise.sim.world import World

RECENT = 100
"""How many of the latest incidents are taken in; their count and the last number stand for the earlier ones."""
_ENCODER = msgspec.json.Encoder(order="deterministic", enc_hook=str)


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
        "calls": _rows(world.calls.values()),
        "scores": _plain(world.scores),
        "incidents": [len(world.incidents), _rows(world.incidents[-RECENT:])],
    }
    return hashlib.sha256(_ENCODER.encode(content)).hexdigest()


def _rows(things: Any) -> list[Any]:
    return [_plain(thing) for thing in things]


def _plain(value: Any) -> Any:
    """Return a value as lists, maps and rounded numbers; fields go by their order, which the class fixes."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is float:
        # Adding zero turns the negative zero, which rounding can leave, into the one zero.
        return round(value, 6) + 0.0
    if kind is dict:
        return {str(key): _plain(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    return [_plain(getattr(value, name)) for name in kind.__slots__]
