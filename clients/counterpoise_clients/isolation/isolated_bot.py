"""The bot that a game sees when the real one plays in a process of its own."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counterpoise.errors import BotError, OrderError
from counterpoise.sim.bot import Conduct, DistantBot, exception_text
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation.bot_limits import FAILURES_MAX, BotLimits
from counterpoise_clients.isolation.bot_source import BotSource
from counterpoise_clients.isolation.seat_process import SeatError, SeatProcess

IDLE_MAX = 32
"""Processes that wait for their next game."""
_idle: dict[tuple[BotSource, BotLimits], list[SeatProcess]] = {}
_idle_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class IsolatedFactory:
    """Makes bots of one source, each in a process of its own. It crosses processes."""

    source: BotSource
    limits: BotLimits
    is_quiet: bool = False
    """Whether what the bots write to standard error is kept for their authors only."""

    @property
    def fingerprint(self) -> str:
        """A SHA-256 of the files of the bot."""
        return self.source.fingerprint

    def __call__(self, seed: str) -> IsolatedBot:
        """Return a new bot; its process starts and is not waited for."""
        return IsolatedBot(self.source, self.limits, seed, is_quiet=self.is_quiet)


class IsolatedBot(DistantBot):
    """A bot in a process of its own, which ends with this object.

    ``conduct`` tells how it behaved. A bot that takes too long, ends its process, or writes what is no message passes for the
    rest of the game; one that raises an error or answers with something other than moves loses these moves.
    """

    def __init__(self, source: BotSource, limits: BotLimits, seed: str, *, is_quiet: bool = False) -> None:
        self.source, self.name = source, source.name
        self.conduct = Conduct()
        self._limits = limits
        self._process = _taken_process(source, limits)
        self.conduct.isolation = _isolation(self._process.missing)
        self._over: BotError | None = None
        self._began = 0.0
        """When the view was sent whose answer is still waited for; 0 if there is none."""
        self._close = weakref.finalize(self, _give_back, self._process, source, limits)
        self._process.begin(seed, "" if is_quiet else f"{source.name} ({seed.rpartition('/')[2]})")

    @property
    def hears(self) -> bool:
        """Whether the bot has said that it answers messages."""
        return self._over is None and self._process.ready is not None and self._process.ready.hears

    def begin_decision(self, view: View) -> None:
        """Send the view to the bot, if it is made already, and do not wait for its answer."""
        if self._over is None and self._process.ready is not None:
            self._began = time.perf_counter()
            self._process.send(view)

    def decide(self, view: View) -> Sequence[Move]:
        """Return the bot's moves; raise ``BotError`` if it has none to give."""
        return self._asked(view)

    def hear(self, view: View, message: Mapping[str, Any]) -> Sequence[Move]:
        """Return the bot's answer to a message; raise ``BotError`` if it has none to give."""
        return self._asked(view, dict(message))

    def wait_until_ready(self) -> None:
        """Wait until the bot is made; raise ``BotError`` if it cannot be."""
        self._guarded(self._process.wait_until_ready)

    def close(self) -> None:
        """End the bot's process; what it wrote to standard error stays in ``conduct``."""
        self._note_stderr()
        self._over = self._over or BotError("its game is over")
        self._close()

    def _asked(self, view: View, message: dict[str, Any] | None = None) -> list[Move]:
        began, self._began = self._began or time.perf_counter(), 0.0
        moves: list[Move] = self._guarded(lambda: [_move(raw) for raw in self._process.ask(view, message)])
        self.conduct.milliseconds.append(round((time.perf_counter() - began) * 1000, 2))
        self.conduct.in_a_row = 0
        return moves

    def _guarded(self, step: Callable[[], Any]) -> Any:
        """Do a step; note how it failed, and raise the failure as ``BotError``."""
        if self._over is not None:
            raise self._over
        try:
            return step()
        except SeatError as failure:
            self._note_stderr()
            conduct = self.conduct
            conduct.note(failure.status, failure.problem)
            conduct.in_a_row += 1
            conduct.failed += 1
            if failure.ended:
                self._over = BotError(f"{failure.status}: {failure.problem}")
            elif conduct.in_a_row >= FAILURES_MAX:
                conduct.note(
                    "FORFEIT",
                    f"{FAILURES_MAX} failed decisions in a row, the last: {failure.status}: {failure.problem}",
                )
                self._over = BotError(f"FORFEIT: {conduct.reason}")
                self._close()
            raise BotError(f"{failure.status}: {failure.problem}") from None

    def _note_stderr(self) -> None:
        if self._close.alive:
            self._process.pass_on_rest()
            self.conduct.stderr = self._process.stderr.decode(errors="replace")


def _move(raw: object) -> Move:
    try:
        return decode_move(raw)
    except OrderError as error:
        raise SeatError("INVALID", f"a move that is none: {error}", ended=False) from error
    except (TypeError, ValueError) as error:
        raise SeatError("INVALID", f"a move that is none: {exception_text(error)}", ended=False) from error


def _isolation(missing: list[str]) -> str:
    return f"not isolated: {', '.join(missing)}" if missing else "isolated"


def _taken_process(source: BotSource, limits: BotLimits) -> SeatProcess:
    """Return a process for a game: one that waits for its next, or a new one."""
    with _idle_lock:
        waiting = _idle.get((source, limits), [])
        if waiting:
            return waiting.pop()
    return SeatProcess(source, limits)


def _give_back(process: SeatProcess, source: BotSource, limits: BotLimits) -> None:
    """Keep a process that takes a new game; end any other."""
    if process.ready is not None and process.ready.new_game and process.is_open:
        with _idle_lock:
            waiting = _idle.setdefault((source, limits), [])
            if len(waiting) < IDLE_MAX:
                waiting.append(process)
                return
    process.close()
