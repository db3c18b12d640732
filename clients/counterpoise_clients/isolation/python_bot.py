"""The loop that runs in the process of a Python bot: import, make, decide, answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from math import isfinite, isnan
from pathlib import Path
from typing import Any

from counterpoise.errors import BotError, InputError, OrderError
from counterpoise.sim.bot import TalkingBot, decide_moves, describe_error, hear
from counterpoise.sim.catalogue import encode_move
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation.frames import (
    Asked,
    Failed,
    FromBot,
    Imported,
    Moves,
    Ready,
    encode,
    read_for_python,
)
from counterpoise_clients.isolation.view_parts import PartReceiver
from counterpoise_clients.python_files import bot_class


def play_python(path: Path, requests: int, answers: int) -> None:
    """Play one game with a bot's file or folder; end the process when the game ends.

    Args:
        path: the file or the folder.
        requests: a file descriptor from which frames are read.
        answers: a file descriptor to which frames are written; standard output is the bot's own.
    """
    bot: Any = None
    received = PartReceiver()
    for message in read_for_python(requests):
        if isinstance(message, Asked):
            _write(answers, _decided(bot, received.view_of(message.view), message.message))
            continue
        try:
            made = bot_class(str(path))
        except InputError as error:
            _write(answers, Failed(status="ERROR", problem=_importing(error)))
            continue
        _write(answers, Imported())
        try:
            bot = made(message.seed)
        except BaseException as error:  # foreign code: what it raises is told, whatever it is
            _write(answers, Failed(status="ERROR", problem=describe_error(error)))
            continue
        _write(answers, Ready(hears=isinstance(bot, TalkingBot)))
    os._exit(0)


def _importing(error: InputError) -> str:
    where = f"{error.path}: " if error.path else ""
    return f"{where}{error.got}"


def _decided(bot: Any, seen: View, told: dict[str, Any] | None) -> FromBot:
    try:
        moves = decide_moves(bot.decide if told is None else lambda view: hear(bot, view, told), seen)
    except BotError as error:
        raised = error.__cause__ is not None
        return Failed(status="ERROR" if raised else "INVALID", problem=error.problem)
    except KeyboardInterrupt as error:  # nobody can press Ctrl-C here, so this is the bot's own
        return Failed(status="ERROR", problem=describe_error(error))
    try:
        plain = [encode_move(move) for move in moves]
    except OrderError as error:
        return Failed(status="INVALID", problem=f"a move that is none: {error}")
    except Exception as error:  # a move's field may hold any object
        return Failed(status="INVALID", problem=f"a move that cannot be written: {describe_error(error)}")
    for move in plain:
        for place, number in _not_finite(move, "$.move"):
            shown = "NaN" if isnan(number) else f"{number}"
            return Failed(status="INVALID", problem=f"a move that is none: {place}: expected a number, got {shown}")
    return Moves(moves=plain)


def _not_finite(value: object, place: str) -> Iterator[tuple[str, float]]:
    """Yield the numbers in a value that JSON cannot hold, each with its place."""
    if isinstance(value, float) and not isfinite(value):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _not_finite(inner, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _not_finite(inner, f"{place}[{number}]")


def _write(answers: int, message: FromBot) -> None:
    # First what the bot has printed: its process may be ended once the answer is there.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the bot may have closed it
            stream.flush()
    left = memoryview(encode(message))
    while left:
        left = left[os.write(answers, left) :]
