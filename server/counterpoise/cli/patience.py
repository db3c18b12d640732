"""Waiting for bots that play in this process, but not for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Annotated

import typer

from counterpoise.cli.output import notes
from counterpoise.errors import BotError, InputError
from counterpoise.session.policy import player_name
from counterpoise.sim.asking import in_words, moves_of
from counterpoise.sim.move import Move
from counterpoise.sim.view import View

BOT_SECONDS = 60.0
"""Longer than a served session waits: here nobody is kept waiting by a bot that thinks hard."""
WARNED_AFTER = 10.0

BotSeconds = Annotated[
    float,
    typer.Option(
        min=0.0,
        help="Seconds a bot may take for one decision; one that takes longer ends the command. 0 waits for ever.",
        metavar="SECONDS",
    ),
]


@dataclass(frozen=True, slots=True)
class Patience:
    """Asks a bot and waits so many seconds for its decision; 0 is for ever.

    A bot that does not decide is not passed over: whether it is too slow hangs on the machine, and what is played must not. It
    goes to other processes as it is.
    """

    seconds: float = BOT_SECONDS

    def __call__(self, decide: Callable[[View], object], view: View) -> list[Move]:
        """Return what a bot decides.

        Raises:
            BotError: it answered with anything but moves.
            InputError: it did not answer in time.
        """
        if not self.seconds:
            return moves_of(decide, view)
        answers: SimpleQueue[list[Move] | BotError] = SimpleQueue()

        def work() -> None:
            try:
                answers.put(moves_of(decide, view))
            except BotError as failure:
                answers.put(failure)
            except BaseException as error:  # in this thread no interruption can be the operator's
                answers.put(BotError(in_words(error)))

        # A thread cannot be ended from outside; this one is left to itself, and nobody waits for it at exit.
        Thread(target=work, name="bot", daemon=True).start()
        answer = self._wait(
            answers, f"the bot of {view.own.id} ({player_name(getattr(decide, '__self__', decide))})", view.date
        )
        if isinstance(answer, BotError):
            raise answer
        return answer

    def _wait(self, answers: SimpleQueue[list[Move] | BotError], who: str, date: str) -> list[Move] | BotError:
        early = min(self.seconds, WARNED_AFTER)
        try:
            return answers.get(timeout=early)
        except Empty:
            pass
        if early < self.seconds and parent_process() is None:  # of many processes each would say so
            notes.print(
                f"{who} has been thinking for {early:g} s on {date}; after {self.seconds:g} s this ends (--bot-seconds)",
                markup=False,
            )
        try:
            return answers.get(timeout=self.seconds - early)
        except Empty:
            raise InputError(who, date, f"a decision within {self.seconds:g} s (--bot-seconds)", "none") from None
