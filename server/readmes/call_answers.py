"""Which move answers a call, by the reason of the call: read off the moves themselves."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from msgspec import inspect

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.field_types import alternatives, fields_of
from counterpoise.sim.move import Move
from counterpoise.sim.types import CALL_DEFAULTS, CallReason


class CallAnswer(NamedTuple):
    """The move that answers the calls of one reason."""

    kind: str
    subject: str
    """The field that takes ``call.subject``."""
    field: str
    """The field that says what the answer is."""
    values: tuple[Any, ...]
    """What that field can be."""
    default: tuple[str, ...]
    """What is answered at the deadline; of several, chance draws one."""


def call_answers() -> dict[CallReason, CallAnswer | None]:
    """Return the answer to each reason of a call; ``None`` for a reason that no move answers."""
    found: dict[CallReason, CallAnswer | None] = dict.fromkeys(get_args(CallReason))
    for kind, move in MOVES.items():
        if move.answers is not Move.answers:
            reason, answer = _answer(kind, move)
            found[reason] = answer
    return found


def _answer(kind: str, move: type[Move]) -> tuple[CallReason, CallAnswer]:
    """Return the reason of the calls that a kind of move answers, and how: it is made once, and says itself what it answers."""
    values = {field.name: _values(field) for field in fields_of(move) if field.required}
    made = move(**{name: options[0] if options else 1 for name, options in values.items()})
    answered = made.answers()
    assert answered is not None, f"{kind} answers a call"
    (subject,) = (name for name, options in values.items() if not options and getattr(made, name) == answered[1])
    (field,) = (name for name in values if name != subject)
    return answered[0], CallAnswer(kind, subject, field, values[field], CALL_DEFAULTS[answered[0]])


def _values(field: inspect.Field) -> tuple[Any, ...]:
    """Return what a field is chosen from; nothing for a number of a thing."""
    parts = tuple(alternatives(field.type))
    if any(isinstance(part, inspect.BoolType) for part in parts):
        return (True, False)
    return tuple(value for part in parts if isinstance(part, inspect.LiteralType) for value in part.values)
