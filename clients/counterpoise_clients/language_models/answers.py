"""What a model says, read: its moves, its reason and its notes, or what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast, get_args

from msgspec import Struct

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.move import Move
from counterpoise.sim.moves.give_reason import GiveReason, Reason
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise_clients.language_models.menu import fields_text

NOTE_MAX, NOTES_MAX, MOVES_MAX = 500, 1000, 20
"""Characters of a reason in words and of the notes that a model keeps; moves of an answer."""
FORM = """\
Answer with one JSON object and nothing else:
{"moves": [{"kind": "message", "to": ["XYZ"], "text": "..."}, ...], "reason": "threat", "why": "...", "notes": "..."}
moves: the moves that you order now, each with its kind and the fields of the menu; [] to order nothing.
reason: your main motive, one of %s. why: the reason in a sentence.
notes: what you want to remember; you get it back the next time, and nobody else sees it."""


def form() -> str:
    """Return how a model has to answer."""
    return FORM % ", ".join(get_args(Reason))


class Answer(Struct, frozen=True):
    """An answer that could be read. ``problems`` are about moves of it that are none, or are not legal now."""

    moves: list[Move]
    problems: list[str]
    notes: str


class AnswerError(ValueError):
    """An answer that cannot be read; its text tells the model what was expected."""


def read_answer(text: str, view: View) -> Answer:
    """Return what a model answers.

    Args:
        text: what it said; an object may stand among other words.
        view: what it was asked about. Its moves are tried in their order, each after what the ones before it cost.

    Raises:
        AnswerError: there is no object with a list of moves.
    """
    found = next(_objects(text), None)
    if found is None:
        raise AnswerError(
            'expected one JSON object with "moves", got ' + ("JSON that breaks off" if "{" in text else "none")
        )
    given = found["moves"]
    if not isinstance(given, list):
        raise AnswerError('expected a list in "moves", got another value')
    moves, problems = _checked(given[:MOVES_MAX], view)
    if len(given) > MOVES_MAX:
        problems.append(f"expected at most {MOVES_MAX} moves, got {len(given)}")
    if (stated := _reason(found)) is not None:
        moves.append(stated)
    notes = found.get("notes")
    return Answer(moves, problems, _writable(notes)[:NOTES_MAX] if isinstance(notes, str) else "")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects with ``moves`` that stand in a text."""
    decoder, start = json.JSONDecoder(), text.find("{")
    while start >= 0:
        end = start + 1
        try:
            found, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and "moves" in found:
            yield found
        start = text.find("{", end)


def _checked(given: list[Any], view: View) -> tuple[list[Move], list[str]]:
    """Return the moves that are legal, and what is wrong with the others."""
    position, left = ViewPosition(view), view.own.treasury
    moves: list[Move] = []
    problems: list[str] = []
    for raw in given:
        try:
            move = decode_move(
                {name: value for name, value in raw.items() if value is not None} if isinstance(raw, dict) else raw
            )
        except OrderError as error:
            problems.append(str(error))
            continue
        refusal = move.refusal(position)
        if refusal is not None:
            problems.append(f"{_told(raw)}: {refusal}")
        elif move.cost() > left:
            problems.append(
                f"{_told(raw)}: expected a treasury of {move.cost():g}, got {left:g} after the moves before it"
            )
        else:
            moves.append(move)
            left -= move.cost()
    return moves, problems


def _told(raw: dict[str, Any]) -> str:
    return fields_text(raw)[:NOTE_MAX]


def _reason(found: dict[str, Any]) -> GiveReason | None:
    """Return the game's own note of a reason; ``None`` without one."""
    reason, why = found.get("reason"), found.get("why")
    words = " ".join(_writable(why).split())[:NOTE_MAX] if isinstance(why, str) else ""
    if reason in get_args(Reason):
        return GiveReason(cast("Reason", reason), words)
    return GiveReason("other", words) if words else None


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
