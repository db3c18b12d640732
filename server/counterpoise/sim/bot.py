"""The bot protocol, and safe calls of bots: a bot is foreign code that may raise, exit, or return anything."""

from __future__ import annotations

import re
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import CoroutineType, FrameType
from typing import Any, Literal, Protocol, runtime_checkable

from counterpoise.errors import BotError, OrderError
from counterpoise.sim.catalogue import decode_move, encode_move
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View


class Bot(Protocol):
    """A program that decides for one seat.

    It decides from the view alone and may keep its own notes between calls. Everything that plays or hosts a bot takes this
    protocol: games in process, the network runner and the gateway.
    """

    def decide(self, view: View) -> Sequence[Move]:
        """Return the moves to make at this stop of the clock; an empty list passes."""


@runtime_checkable
class TalkingBot(Bot, Protocol):
    """A bot that answers messages when they arrive. It is asked about a few messages in each window, one after the other."""

    def hear(self, view: View, message: Mapping[str, Any]) -> Sequence[Move]:
        """Return moves in answer to a message to this seat; an empty list is no answer.

        Args:
            view: what the seat sees now; ``decide`` may have ordered already.
            message: the incident of kind ``message``: its ``actors`` are the writer and those it wrote to, its ``detail`` has
                ``text``, ``thread``, ``number``, and ``offer``, ``ask`` and ``about`` where the message has them.
        """


class DistantBot(ABC):
    """A bot that decides elsewhere, so that it can begin while other bots are asked."""

    @abstractmethod
    def begin_decision(self, view: View) -> None:
        """Begin to decide. The next call is ``decide`` with the same view; whatever fails is raised there, and not here."""


Status = Literal["OK", "INVALID", "ERROR", "TIMEOUT", "FORFEIT"]
STATUSES: tuple[Status, ...] = ("OK", "INVALID", "ERROR", "TIMEOUT", "FORFEIT")
"""From the best to the gravest: it answered; with something other than moves; it raised an error or ended its process; it took
too long; it failed so often in a row that it was not asked any more."""
IN_PROCESS = "in process"


@dataclass(slots=True)
class Conduct:
    """How a bot behaved in a game. ``status`` is the gravest that happened, and ``reason`` that of the first such failure."""

    status: Status = "OK"
    reason: str = ""
    in_a_row: int = 0
    """Failed decisions since the last that was answered."""
    failed: int = 0
    """Failed decisions for which the bot was asked; it passes without being asked once it has failed for good."""
    stderr: str = ""
    """The beginning of what the bot wrote, for its author."""
    isolation: str = IN_PROCESS
    """``isolated``, ``in process``, or ``not isolated`` and why."""
    milliseconds: list[float] = field(default_factory=list)
    """The wall time from each view to its answer; it depends on the machine, its load and the bots asked at the same stop."""

    def note(self, status: Status, reason: str) -> None:
        """Note a failure."""
        if STATUSES.index(status) > STATUSES.index(self.status):
            self.status, self.reason = status, reason


MOVES_MAX = 200
"""The most moves that a bot may answer with at once. Each is checked, and each refused one is kept in the journal."""
HEARD_PER_WINDOW = 8
"""How many messages a bot is asked about in one window. Bots that answer each other would else never end."""


def answers_messages(bot: object) -> bool:
    """Tell whether a bot has the method ``hear``, and no attribute ``hears`` that is false."""
    try:
        return isinstance(bot, TalkingBot) and bool(getattr(bot, "hears", True))
    except Exception:  # a bot is foreign code: even asking it for a method may raise
        return False


def hear(bot: object, view: View, message: Mapping[str, Any]) -> object:
    """Let a bot answer a message, and return whatever it answers; ``decide_moves`` checks that."""
    assert isinstance(bot, TalkingBot), "only bots that answer messages are asked about them"
    return bot.hear(view, message)


TEXT_MAX, NAME_MAX = 200, 60
_PROJECT_PACKAGES, _BUNDLED_BOTS = ("counterpoise", "counterpoise_clients"), "counterpoise_clients.bots."
_VOWELS = tuple("aeiou")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""Characters that could control a terminal or cannot be printed."""
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


def decide_moves(decide: Callable[[View], object], view: View) -> list[Move]:
    """Call a bot's ``decide`` and return its moves.

    Raises:
        BotError: the bot raised, tried to exit the process, or returned something other than moves or more than ``MOVES_MAX``.
    """
    try:
        answer = decide(view)
        moves = list(answer) if isinstance(answer, list | tuple) else None
    except KeyboardInterrupt:
        raise  # the operator may have pressed Ctrl-C
    except BotError:
        raise  # a bot in a process of its own: what it did is told already
    except BaseException as error:  # foreign code: no other exception of a bot may end the caller
        raise BotError(describe_error(error)) from error
    if type(answer) is CoroutineType:
        answer.close()  # otherwise Python warns later that the coroutine was never awaited
        raise BotError("decide is async; it must be a plain function")
    if moves is None:
        raise BotError(f"decide returned {type_name(answer)}, expected a list of moves")
    require_few(len(moves))
    for move in moves:
        if not isinstance(move, Move):
            raise BotError(f"decide returned {type_name(move)} among its moves, expected a list of moves")
    return moves


def require_few(count: int) -> None:
    """Raise ``BotError`` if a bot answers with more moves than it may."""
    if count > MOVES_MAX:
        raise BotError(f"decide returned {count} moves, expected at most {MOVES_MAX}")


def validated_move(move: Move) -> Move:
    """Encode and decode a move, as if it had come over the wire, and return the result.

    A bot in process can put any value into a move's fields. A move that the catalogue rejects must not be played, because a
    replay would reject it too.

    Raises:
        BotError: a field's value cannot be encoded.
        OrderError: the move can be encoded, but does not fit its schema in the catalogue.
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
    """Return an exception's text and the bot's line that raised it; the same on every run."""
    line = _line_of(error)
    return exception_text(error) + ("" if line is None else f" (line {line})")


def exception_text(error: BaseException) -> str:
    """Return an exception's type and message in one printable line; the same on every run."""
    try:
        text = f"{type(error).__name__}: {error}"
    except BaseException:  # a bot's own exception may raise when it is printed
        text = type(error).__name__
    return _printable(text)[:TEXT_MAX]


def _line_of(error: BaseException) -> int | None:
    """Return the last line of the bot's own file in an error's traceback, or ``None`` if the file is not in it.

    The bot's file is the first in the traceback that is not part of this project. Lines of libraries that the bot calls would
    not help its author.
    """
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if not _is_project_frame(frame)]
    if not frames:
        return None
    bot_file = frames[0][0].f_code.co_filename
    return [line for frame, line in frames if frame.f_code.co_filename == bot_file][-1]


def _is_project_frame(frame: FrameType) -> bool:
    """Tell whether a frame is code of this project other than its bundled bots."""
    module = str(frame.f_globals.get("__name__", ""))
    return module.partition(".")[0] in _PROJECT_PACKAGES and not module.startswith(_BUNDLED_BOTS)


def type_name(value: object) -> str:
    """Return the type of a value with its article, such as ``a str``; ``nothing`` for ``None``."""
    if value is None:
        return "nothing"
    name = _printable(type(value).__name__)[:NAME_MAX]
    return f"{'an' if name[:1].lower() in _VOWELS else 'a'} {name}"


def _printable(text: str) -> str:
    return _CONTROL.sub(" ", _ADDRESS.sub("0x…", text))
