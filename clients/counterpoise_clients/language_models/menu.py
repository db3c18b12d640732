"""What a seat may order, as short text: for each kind of move the values of its fields, in place of every single move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.choosing.move_options import MoveOption, options_of
from counterpoise.sim.field_types import alternatives, choices_of, fields_of
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_position import ViewPosition

LEFT_OUT = ("give_reason", "skip_question")
"""Kinds that a menu does not have: a reason is a part of every answer, and a question may be left alone."""
ALWAYS = ("message",)
"""Kinds that are offered beside the answers where the clock waits for answers only."""
_NAMES_MIN = 4
"""States that are listed by name although there are fewer of the others."""


def menu(view: View) -> str:
    """Return the moves that a seat may order now, a kind on each line.

    A value is in the list if some move with it is legal. Not every combination is: whoever orders is told why one is refused.
    """
    if not view.own.active or view.tick >= view.end:
        return ""
    options, answers = options_of(view)
    lines = [_answer(option) for option in answers]
    if lines:
        lines.insert(0, "Answers to your calls, one for each call:")
    if view.occasion == "window" or not lines:
        kinds = [kind for kind in options if kind not in LEFT_OUT]
    else:
        kinds = [kind for kind in options if kind in ALWAYS]
    position = ViewPosition(view)
    found = [line for kind in kinds if (line := _line(MOVES[kind], options[kind], position))]
    return "\n".join(
        [*lines, "Moves (any = every other state, ? = may be left out, a number = treasury that it costs):", *found]
    )


def fields_text(plain: dict[str, Any]) -> str:
    """Return the kind of a move and its fields, as a menu and a refusal write them."""
    told = " ".join(f"{name}={_value(value)}" for name, value in plain.items() if name != "kind" and value is not None)
    return f"{plain['kind']} {told}".strip()


def _answer(option: MoveOption) -> str:
    return f"{fields_text(option.move)}: {option.meaning}" if option.meaning else fields_text(option.move)


def _line(kind: type[Move], option: MoveOption, position: ViewPosition) -> str:
    """Return the line of a kind; empty if no move of it is legal."""
    legal = list(kind.legal_in(position))
    if not legal and (option.reason or option.got or not option.move):
        return ""
    own, others = str(position.actor), [str(other.id) for other in position.view.others]
    fields = []
    for field in fields_of(kind):
        offered = option.choices.get(field.name, []) if not option.reason else []
        values = _ordered([*offered, *(_items(getattr(move, field.name)) for move in legal)], others)
        if choices_of(field.type) == "actors" and values:
            # A field is judged beside the example's other fields: the state that stands there is missing here for that alone.
            values = _ordered([*values, *(one for one in option.move.values() if one in others)], others)
        is_chosen = bool(choices_of(field.type)) or _is_closed(field.type)
        if is_chosen and not values and not field.required:
            continue
        shown = _choices(values, others, own) if is_chosen else _range(field.type)
        fields.append(f"{field.name}{'?' * (not field.required)}={f'[{shown}]' if _is_list(field.type) else shown}")
    cost = " (cost varies)" if kind.cost is not Move.cost else f" ({kind.COST:g})" if kind.COST else ""
    return " ".join([kind.kind, *fields]) + cost


def _items(value: Any) -> Any:
    return list(value) if type(value) is tuple else value


def _ordered(values: Iterable[Any], others: Sequence[str]) -> list[Any]:
    """Return each value once, the items of lists one by one, states in their own order and nothing for what is left out."""
    flat: dict[Any, None] = {}
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                flat[item if isinstance(item, str | int | float | bool) else str(item)] = None
    return sorted(flat, key=lambda value: others.index(value)) if all(value in others for value in flat) else list(flat)


def _choices(values: Sequence[Any], others: Sequence[str], own: str) -> str:
    if own in values:
        return "|".join([_choices([value for value in values if value != own], others, own), own]).strip("|")
    if values and all(value in others for value in values):
        missing = [state for state in others if state not in values]
        if not missing:
            return "any"
        if len(missing) < len(values) and len(values) > _NAMES_MIN:
            return f"any but {','.join(missing)}"
    return "|".join(_value(value) for value in values)


def _value(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _is_closed(form: inspect.Type) -> bool:
    """Tell whether the values of a field are a list of words, or true and false."""
    return any(isinstance(part, inspect.LiteralType | inspect.BoolType) for part in _parts(form))


def _is_list(form: inspect.Type) -> bool:
    return any(isinstance(part, inspect.ListType | inspect.VarTupleType) for part in _parts(form))


def _range(form: inspect.Type) -> str:
    """Return what a field with free values takes."""
    for part in _parts(form):
        if isinstance(part, inspect.IntType | inspect.FloatType):
            lowest = part.ge if part.ge is not None else part.gt
            highest = part.le if part.le is not None else part.lt
            return f"{'' if lowest is None else f'{lowest:g}'}..{'' if highest is None else f'{highest:g}'}"
        if isinstance(part, inspect.StrType):
            return f"text of {part.max_length} characters" if part.max_length else "text"
        if isinstance(part, inspect.DictType):
            return "{" + f"{_range(part.key_type)}: {_range(part.value_type)}" + "}"
    return "value"


def _parts(form: inspect.Type) -> Iterator[inspect.Type]:
    """Yield the types that a field's type admits, and those of the items of its lists."""
    for part in alternatives(form):
        yield part
        if isinstance(part, inspect.ListType | inspect.VarTupleType):
            yield from _parts(part.item_type)
