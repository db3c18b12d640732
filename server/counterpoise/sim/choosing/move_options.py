"""What a seat may choose now: for each kind of move a legal example, or why there is none, and the values that are legal.

Everything follows from the moves' own rules: a value is legal if the rule does not find fault with its field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Any

from msgspec import Struct, inspect, structs

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import MOVES, encode_move
from counterpoise.sim.field_types import alternatives, choices_of, fields_of
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_position import ViewPosition

TRIED_MAX = 400
"""How many moves of a kind are tried, beside its candidates, until one is legal."""

Refuse = Callable[[Move], OrderError | None]
"""Returns why a move is refused at this moment whatever its rule says, or ``None``."""


class MoveOption(Struct, frozen=True):
    """One move as a seat may choose it now, or as it may not."""

    move: dict[str, Any]
    """The move: the draft that was asked about, or an example; empty without an example."""
    cost: float
    """Treasury that it spends, in per cent of a year's budget."""
    seen_by: list[ActorId] | None
    """The other states that see it when it acts; ``None`` if everyone does."""
    meaning: str = ""
    """What it means, if it answers a call."""
    path: str = ""
    """The field at fault if it is not legal now, as in an error."""
    expected: str = ""
    """What is allowed there, or needed; empty if the move is legal."""
    got: str = ""
    """What it is instead; if ``expected`` is empty and this is not, the whole reason."""
    choices: dict[str, list[Any]] = {}
    """For each field with a list of values, those that are legal while the other fields stay as they are."""
    reason: str = ""
    """A stable word for ``expected`` and ``got``, so that a page can word them in its language; empty if the move is legal."""
    terms: dict[str, str | int] = {}
    """What ``expected`` says of this move in particular, by name: a number, or the code of a state or of a thing."""


def options_of(view: View, refuse: Refuse = lambda _: None) -> tuple[dict[str, MoveOption], list[MoveOption]]:
    """Return the option of every kind that answers no call, and every legal answer to the seat's calls.

    Args:
        view: the seat's.
        refuse: finds moves that are legal but may not be ordered at this moment.
    """
    position = ViewPosition(view)
    kinds = {kind: found for kind, found in MOVES.items() if found.answers is Move.answers}
    called = [(call.reason, call.subject) for call in view.calls]
    answers = [
        move
        for kind, found in MOVES.items()
        if kind not in kinds
        for move in found.legal_in(position)
        if move.answers() in called
    ]
    options = {kind: _option(found, _example(found, position), position, refuse) for kind, found in kinds.items()}
    return options, [_described(move, position, refuse) for move in answers]


def legal_now(view: View, kind: str = "", refuse: Refuse = lambda _: None) -> Iterator[Move]:
    """Yield the legal moves of one kind, or of every kind, that may be ordered at this moment. Free text in them is an example.

    Args:
        view: the seat's.
        kind: the kind; empty for every kind.
        refuse: finds moves that are legal but may not be ordered at this moment.
    """
    if view.own.active and view.tick < view.end:
        position = ViewPosition(view)
        for found in (MOVES[kind],) if kind else MOVES.values():
            yield from (move for move in found.legal_in(position) if refuse(move) is None)


def option_for(view: View, move: Move, refuse: Refuse = lambda _: None) -> MoveOption:
    """Return the option that a draft is: whether it is legal now, and which values of its fields are."""
    return _option(type(move), move, ViewPosition(view), refuse)


def _option(kind: type[Move], move: Move | None, position: ViewPosition, refuse: Refuse) -> MoveOption:
    if move is None:
        name = _lacking(kind, position)
        reason, expected = (f"lacks_{name}", LISTS[name]) if name else ("", "")
        return MoveOption({}, kind.COST, None, expected=expected, reason=reason)
    return structs.replace(_described(move, position, refuse), choices=_choices(move, position))


def _described(move: Move, position: ViewPosition, refuse: Refuse) -> MoveOption:
    refusal = move.refusal(position) or refuse(move)
    seen_by = move.seen_by(position)
    option = MoveOption(encode_move(move), move.cost(), None if seen_by is None else list(seen_by), move.meaning())
    if refusal is None:
        return option
    return structs.replace(
        option,
        path=refusal.path,
        expected=refusal.expected,
        got=refusal.got,
        reason=refusal.reason,
        terms=dict(refusal.terms),
    )


def _example(kind: type[Move], position: ViewPosition) -> Move | None:
    """Return a legal move of a kind; without one, a move that tells why; ``None`` if a field has nothing to choose."""
    tried = None
    for move in kind.candidates(position):
        if move.refusal(position) is None:
            return move
        tried = tried or move
    for move in islice(_made(kind, position), TRIED_MAX):
        if move.refusal(position) is None:
            return move
        tried = tried or move
    return tried


def _made(kind: type[Move], position: ViewPosition) -> Iterator[Move]:
    """Yield moves of every choice for the required fields, where each of these is a choice."""
    required = [field for field in fields_of(kind) if field.required]
    lists = [_values(field, position) for field in required]
    if required and all(values is not None for values in lists):
        for values in product(*(values or () for values in lists)):
            yield kind(**dict(zip((field.name for field in required), values, strict=True)))


def _choices(move: Move, position: ViewPosition) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for field in fields_of(type(move)):
        values = _values(field, position)
        if values is not None:
            found[field.name] = [value for value in values if not _is_at_fault(move, field.name, value, position)]
    return found


def _is_at_fault(move: Move, name: str, value: Any, position: ViewPosition) -> bool:
    """Tell whether a value is refused for its field: a fault of another field can be mended there."""
    held = getattr(move, name)
    tried = structs.replace(
        move, **{name: (*(one for one in held if one != value), value) if type(held) is tuple else value}
    )
    refusal = tried.rule(position)
    path = f"$.move.{name}"
    return refusal is not None and (refusal.path == path or refusal.path.startswith(f"{path}["))


def _lacking(kind: type[Move], position: ViewPosition) -> str:
    """Return which list a kind of move needs and the seat does not have; empty where the seat lacks nothing."""
    empty = (choices_of(field.type) for field in fields_of(kind) if field.required and not _values(field, position))
    return next((name for name in empty if name in LISTS), "")


LISTS: Mapping[str, str] = {
    "actors": "another state",
    "crises": "a crisis",
    "wars": "a war",
    "proposals": "an offer made to you",
    "alignments": "an alignment of yours",
    "pacts": "a pact of yours",
    "others_pacts": "a pact of other states that you know of",
    "membership_votes": "a vote on the members of a pact of yours",
    "calls": "a call that waits for your answer",
    "questions": "a question that waits for your answer",
    "aid": "aid that you give",
}
"""What a field chooses from (``x-choices``), in words."""


def _listed(name: str, position: ViewPosition) -> Iterable[Any]:
    view = position.view
    match name:
        case "actors":
            return [other.id for other in view.others]
        case "aid":
            return dict.fromkeys(flow.recipient for flow in view.aid if flow.donor == position.actor)
        case "crises":
            return [one.id for one in view.crises]
        case "wars":
            return [one.id for one in view.wars]
        case "proposals":
            return [one.id for one in view.proposals if one.to == position.actor]
        case "membership_votes":
            return [one.id for one in view.membership_votes]
        case "calls":
            return dict.fromkeys(call.subject for call in view.calls)
        case "questions":
            return [one.id for one in view.questions]
        case "others_pacts":
            return [one.id for one in view.alignments if position.actor not in one.members]
        case _:
            return [one.id for one in view.alignments if position.actor in one.members]


def _values(field: inspect.Field, position: ViewPosition) -> list[Any] | None:
    """Return the values among which a field is chosen, ``None`` among them if it may be left out; ``None`` for free values."""
    parts = list(alternatives(field.type))
    name = choices_of(field.type)
    values: list[Any] = []
    if name in LISTS:
        values += _listed(name, position)
    elif any(isinstance(part, inspect.LiteralType) for part in parts):
        values += [value for part in parts if isinstance(part, inspect.LiteralType) for value in part.values]
    elif any(isinstance(part, inspect.BoolType) for part in parts):
        values += [False, True]
    else:
        return None
    return values + [None] * any(isinstance(part, inspect.NoneType) for part in parts)
