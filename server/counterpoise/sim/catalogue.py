"""The catalogue of moves and injects: their kinds, their schemas, and their encoding as plain values.

It finds every file in ``moves`` and ``injects``; no other list of kinds exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from random import Random
from typing import Any, TypeVar

import msgspec

from counterpoise.errors import OrderError
from counterpoise.registry import subclasses_in
from counterpoise.sim import injects, moves
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.field_types import fields_of, is_tick_field
from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON, SHOWN_CHARACTERS_MAX, one_of

T = TypeVar("T", Move, Inject)
_encoder = msgspec.json.Encoder()

MOVES: dict[str, type[Move]] = {kind.kind: kind for kind in subclasses_in(moves, Move)}
"""The classes of moves by kind, in the order of their names."""
INJECTS: dict[str, type[Inject]] = {kind.kind: kind for kind in subclasses_in(injects, Inject)}
"""The classes of injects by kind, in the order of their names."""


def decode_move(raw: object) -> Move:
    """Return the move that a map from outside describes.

    Raises:
        OrderError: the map does not fit the schema of a move; the code is ``malformed`` and the path names the place.
    """
    return _decode(raw, MOVES, "$.move")


def decode_inject(raw: object, calendar: Calendar | None = None) -> Inject:
    """Return the inject that a map from outside describes.

    Args:
        raw: the map.
        calendar: if given, a tick may be written as a date.

    Raises:
        OrderError: the map does not fit the schema of an inject; the code is ``malformed`` and the path names the place. The
            code is ``illegal`` for a date that is not after the start.
    """
    return _decode(raw if calendar is None else _with_ticks(raw, calendar), INJECTS, "$.inject")


def encode_move(move: Move) -> dict[str, Any]:
    """Return a move as plain values: its kind and its fields."""
    plain: dict[str, Any] = {"kind": move.kind, **msgspec.to_builtins(move)}
    for name, value in plain.items():
        if type(value) is tuple:
            plain[name] = list(value)
    return plain


@cache
def move_catalogue() -> Mapping[str, dict[str, Any]]:
    """Return the ``title``, the ``description`` and the JSON ``schema`` of each kind of move, and what a page says of it.

    That is its ``group``, its ``risk`` and its ``price`` beside treasury in words, whether it is ``final``, and whether it
    ``answers`` a call.
    """
    return {
        kind: {
            **_entry(found),
            "group": found.group,
            "risk": found.RISK,
            "price": found.PRICE,
            "final": found.FINAL,
            "answers": found.answers is not Move.answers,
        }
        for kind, found in MOVES.items()
    }


@cache
def inject_catalogue() -> Mapping[str, dict[str, Any]]:
    """Return the ``title``, the ``description`` and the JSON ``schema`` of each kind of inject."""
    return {kind: _entry(found) for kind, found in INJECTS.items()}


def legal_moves(view: View) -> list[Move]:
    """Return the moves of every kind to offer the seat with this view, all legal now. Free text in them is an example."""
    if not view.own.active or view.tick >= view.end:
        return []
    position = ViewPosition(view)
    return [move for found in MOVES.values() for move in found.legal_in(position)]


def legal_kinds(position: ViewPosition) -> tuple[str, ...]:
    """Return the kinds of which a seat has a legal move in its position, in the order of ``MOVES``."""
    if not position.view.own.active or position.view.tick >= position.view.end:
        return ()
    return tuple(kind for kind, found in MOVES.items() if next(found.legal_in(position), None) is not None)


def sample_move(position: ViewPosition, chances: Random) -> Move | None:
    """Draw a legal move: first one of the kinds that have one, all equally likely, then a move of that kind likewise.

    It costs a small part of listing all legal moves.

    Args:
        position: the seat's.
        chances: the draws; equal draws give equal moves.

    Returns:
        The move, or ``None`` if the seat has no legal one.
    """
    if not position.view.own.active or position.view.tick >= position.view.end:
        return None
    kinds = list(MOVES.values())
    while kinds:
        # A kind without a legal move is dropped and another drawn, so the kinds with one stay equally likely.
        move = kinds.pop(int(chances.random() * len(kinds))).sample_in(position, chances)
        if move is not None:
            return move
    return None


def summary(found: type[Move] | type[Inject]) -> str:
    """Return the text that tells players what a move or inject does: the first paragraph of its class's docstring."""
    text = (found.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(text.split())


def _entry(found: type[Move] | type[Inject]) -> dict[str, Any]:
    _, components = msgspec.json.schema_components((found,), ref_template="{name}")
    form = components[found.__name__]
    schema = {
        "title": found.title,
        "description": summary(found),
        "type": "object",
        "properties": {"kind": {"const": found.kind}, **form["properties"]},
        "required": ["kind", *form.get("required", [])],
        "additionalProperties": False,
    }
    return {"title": found.title, "description": summary(found), "schema": schema}


def _decode(raw: object, known: Mapping[str, type[T]], root: str) -> T:
    if not isinstance(raw, dict):
        raise OrderError("malformed", root, "a map with a kind and that kind's fields", JSON.shown(raw))
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in known:
        raise OrderError("malformed", f"{root}.kind", one_of(known, kind), JSON.shown(kind))
    found = known[kind]
    given = dict(raw)
    del given["kind"]
    kind_class: type = found  # mypy takes a plain type as hashable, but not type[T]
    names = _field_names(kind_class)
    for name in given:
        if name not in names:
            path = f"{root}.{_writable(str(name))[:SHOWN_CHARACTERS_MAX]}"
            raise OrderError("malformed", path, one_of(names, name), f"the unknown key {JSON.shown(name)}")
    try:
        record = msgspec.convert(given, found, strict=True)
    except CONVERSION_ERRORS as error:
        raise OrderError("malformed", *JSON.problem(error, given, found, root)) from None
    try:
        _encoder.encode(given)
    except UnicodeError:
        path, text = next((path, text) for path, text in _texts(given, "") if text != _writable(text))
        raise OrderError("malformed", f"{root}{path}", "text that can be written as UTF-8", JSON.shown(text)) from None
    return record


def _with_ticks(raw: object, calendar: Calendar) -> object:
    """Return an inject with its dates as ticks. Other values are returned unchanged, and ``_decode`` rejects them."""
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(kind, str) or kind not in INJECTS:
        return raw
    made = dict(raw)
    for field in fields_of(INJECTS[kind]):
        value = raw.get(field.encode_name)
        if is_tick_field(field.type) and isinstance(value, str):
            path = f"$.inject.{field.encode_name}"
            try:
                tick = calendar.tick_of(date.fromisoformat(value))
            except ValueError:
                raise OrderError("malformed", path, "a date such as 1911-12-01, or a tick", JSON.shown(value)) from None
            if tick < 1:
                raise OrderError("illegal", path, f"a date after {calendar.iso(0)}", value)
            made[field.encode_name] = tick
    return made


@cache
def _field_names(kind: type) -> list[str]:
    return [field.name for field in fields_of(kind)]


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text in a plain value with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(name, path)
            yield from _texts(item, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")


def _writable(text: str) -> str:
    """Return a text with each half of a surrogate pair, which UTF-8 cannot encode, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
