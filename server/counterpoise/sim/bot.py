"""Asking a bot to decide. It is foreign code: it may raise, try to leave, or answer anything."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from types import CoroutineType, FrameType
from typing import Protocol

from counterpoise.errors import BotError, OrderError
from counterpoise.sim.catalogue import decode_move, encode_move
from counterpoise.sim.move import Move
from counterpoise.sim.view import View


class Bot(Protocol):
    """A program that decides for one seat.

    It decides from the view alone and may keep its own notes between calls. Everything that plays or hosts a bot takes this
    protocol: games in process, the network runner and the gateway.
    """

    def decide(self, view: View) -> Sequence[Move]:
        """Return the moves to make at this stop of the clock; an empty list passes."""


TEXT_MAX, NAME_MAX = 200, 60
_PROJECT_PACKAGES, _BUNDLED_BOTS = ("counterpoise", "counterpoise_clients"), "counterpoise_clients.bots."
_VOWELS = tuple("aeiou")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""What could do something to a terminal, or cannot be printed."""
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


def decide_moves(decide: Callable[[View], object], view: View) -> list[Move]:
    """Return what a bot decides.

    Raises:
        BotError: it raised, called for the end of the process, or answered anything but moves.
    """
    try:
        answer = decide(view)
        moves = list(answer) if isinstance(answer, list | tuple) else None
    except KeyboardInterrupt:
        raise  # it may be the operator's
    except BaseException as error:  # foreign code: nothing else it raises may end what asks it
        raise BotError(describe_error(error)) from error
    if type(answer) is CoroutineType:
        answer.close()  # or Python complains later, wherever it happens to stand, that nobody awaited it
        raise BotError("decide is async; it must be a plain function")
    if moves is None:
        raise BotError(f"decide returned {_type_name(answer)}, expected a list of moves")
    for move in moves:
        if not isinstance(move, Move):
            raise BotError(f"decide returned {_type_name(move)} among its moves")
    return moves


def validated_move(move: Move) -> Move:
    """Return a move read back from its plain form, as it would have come over the wire.

    A bot in process can put anything into a move's fields; what the catalogue would not take from a client must not be
    played either, for no replay would take it.

    Raises:
        BotError: a field holds what cannot be written at all.
        OrderError: it can be written, but is not of the form the catalogue asks for.
    """
    try:
        plain = encode_move(move)
    except OrderError:
        raise
    except Exception as error:
        raise BotError(
            f"a move of kind {getattr(move, 'kind', '?')} that cannot be written: {describe_error(error)}"
        ) from error
    return decode_move(plain)


def describe_error(error: BaseException) -> str:
    """Say what was raised and on which line of the bot, without anything that differs from run to run."""
    line = _line_of(error)
    return exception_text(error) + ("" if line is None else f" (line {line})")


def exception_text(error: BaseException) -> str:
    """Say what was raised, in one line that does nothing to a terminal and is the same on every run."""
    try:
        told = f"{type(error).__name__}: {error}"
    except BaseException:  # an exception of a bot's own may not even have words
        told = type(error).__name__
    return _printable(told)[:TEXT_MAX]


def _line_of(error: BaseException) -> int | None:
    """Return the last line of the bot's own file that was on the way to an error; ``None`` if none was.

    The file is the first on the way that is not of those who ask. What it calls, Python's own or ours, has lines too, but they
    would tell its author nothing.
    """
    way = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if not _is_project_frame(frame)]
    if not way:
        return None
    own = way[0][0].f_code.co_filename
    return [line for frame, line in way if frame.f_code.co_filename == own][-1]


def _is_project_frame(frame: FrameType) -> bool:
    """Tell whether a frame is of this project, and not of a bot that comes with it."""
    module = str(frame.f_globals.get("__name__", ""))
    return module.partition(".")[0] in _PROJECT_PACKAGES and not module.startswith(_BUNDLED_BOTS)


def _type_name(value: object) -> str:
    if value is None:
        return "nothing"
    name = _printable(type(value).__name__)[:NAME_MAX]
    return f"{'an' if name[:1].lower() in _VOWELS else 'a'} {name}"


def _printable(text: str) -> str:
    return _CONTROL.sub(" ", _ADDRESS.sub("0x…", text))
